"""A small course in which every question type is asked: the example of each, once in a quiz graded as a whole, once in a notebook."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

from course.content.loader import load
from course.content.model import Catalogue
from course.questions import TYPES

QUIZ = "everything"
MODULE = "all-kinds"

_FIGURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="800" height="600">
  <rect width="800" height="600" fill="#F0F4F4"/>
  <g fill="#D6E5EA" stroke="#0B5C73" stroke-width="4">
    <rect x="100" y="80" width="120" height="120" rx="40"/><polygon points="240,200 300,200 280,280"/><circle cx="400" cy="300" r="60"/>
  </g>
</svg>
"""


def write(root: Path) -> Catalogue:
    """Write the course under `root` and load it, without a finding that is an error."""
    folder = root / "modules" / f"01-{MODULE}"
    (folder / "figures").mkdir(parents=True)
    (root / "quizzes").mkdir()
    (folder / "figures" / "tract.svg").write_text(_FIGURE, encoding="utf-8")
    (folder / "module.md").write_text(_module(), encoding="utf-8")
    (root / "modules" / "course.yaml").write_text(
        f"schema: 1\ncourse: {{id: small, title: A small course, summary: Every kind of question., language: en, licence: CC-BY-4.0}}\n"
        f"modules: [{MODULE}]\n",
        encoding="utf-8",
    )
    (root / "modules" / "references.yaml").write_text(_references(), encoding="utf-8")
    (root / "quizzes" / f"{QUIZ}.yaml").write_text(_quiz(QUIZ, "checkpoint", "behaviour: deferred", ""), encoding="utf-8")
    (root / "quizzes" / "tried.yaml").write_text(_quiz("tried", "practice", "behaviour: immediate", "p-"), encoding="utf-8")
    loaded = load(root)
    assert loaded.catalogue is not None
    assert [f for f in loaded.findings if f.severity == "error"] == []
    return loaded.catalogue


def _module() -> str:
    objectives = sorted(set(_named("objective")))
    aims = "".join(f"  - {{id: {o}, text: Know {o}, bloom: understand}}\n" for o in objectives)
    asked = "".join(f"```{{question}} p-{_id(kind.example)}\n:id: ask-{kind.name.replace('_', '-')}\n```\n\n" for kind in TYPES)
    return (
        f"---\nid: {MODULE}\ntitle: Every kind\nsummary: One question of every kind.\nminutes: 20\nobjectives:\n{aims}"
        f"prerequisites: []\nreviewed_on: 2026-11-23\nreview_by: 2027-11-23\n---\n\n{asked}```{{checkpoint}} {QUIZ}\n```\n"
    )


def _quiz(quiz: str, kind: str, rules: str, prefix: str) -> str:
    head = f"schema: 1\nquiz:\n  id: {quiz}\n  title: Every kind\n  module: {MODULE}\n  kind: {kind}\n  {rules}\n"
    head += "  shuffle: {questions: false, options: true}\nquestions:\n"
    return head + "".join("  - " + indent(kind.example.replace("id: ", f"id: {prefix}", 1), "    ").strip() + "\n" for kind in TYPES)


def _references() -> str:
    keys = sorted({key.strip() for found in _named("cites") for key in found.strip("[]").split(",")})
    entries = "".join(f"  {key}: {{type: article, title: On {key}, authors: [Doe J], year: 2021, container: Journal}}\n" for key in keys)
    return f"schema: 1\nreferences:\n{entries}"


def _named(key: str) -> list[str]:
    return [found for kind in TYPES for found in re.findall(rf"^{key}: (.*)$", kind.example, re.MULTILINE)]


def _id(example: str) -> str:
    return example.removeprefix("id: ").partition("\n")[0]
