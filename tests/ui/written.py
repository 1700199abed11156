"""A quiz with an essay beside the course's own content, for pages on which a person marks."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUIZ = """\
schema: 1
quiz: {id: written, title: In your own words, kind: followup, pass_mark: 0.5, shuffle: {questions: false, options: false}}
questions:
  - id: written-block
    type: essay
    objective: channel-block
    points: 4
    stem: Explain why ketamine blocks active receptors more than resting ones.
    rubric:
      - {id: block, text: Says that it blocks the *open* channel, points: 3}
      - {id: use, text: Says that the block grows with use, points: 1, levels: [{points: 0.5, text: Names it}, {points: 1, text: Says why}]}
    explanation: The site lies in the pore, so a channel must open before it can be blocked.
    cites: [zhang2021]
  - {id: written-true, type: true_false, stem: Is it a channel?, answer: true, explanation: It is., cites: [zhang2021], objective: channel-block}
"""
ANSWER = "It sits in the pore.\n<b>The pore</b> must be open."


def content(folder: Path) -> Path:
    """The course's content with the quiz `written` in it."""
    for name in ("modules", "quizzes"):
        shutil.copytree(ROOT / name, folder / name)
    write(folder)
    return folder


def write(folder: Path, key: str = "true") -> None:
    """The quiz with this key of its second question."""
    (folder / "quizzes" / "written.yaml").write_text(QUIZ.replace("answer: true", f"answer: {key}"), encoding="utf-8")
