"""`preview QUIZ`: what a learner sees when. For authors, from the quiz's rules alone; needs no database."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Final, TextIO

from course.content.files import content_root
from course.content.loader import load
from course.errors import Refused
from course.learning.policy import Behaviour, Kind, QuizPolicy
from course.learning.reveal import Occasion, Shown, between_tries, shown
from course.settings import ROOT

SETTLED: Final = "once a question is settled"
MOMENTS: Final[tuple[tuple[str, Occasion], ...]] = (
    ("while a question is open", Occasion(answered=False, over=False, passed=False, closed=False, posttest=False)),
    (SETTLED, Occasion(answered=True, over=False, passed=False, closed=False, posttest=False)),
    ("handed in, not passed", Occasion(answered=True, over=True, passed=False, closed=False, posttest=False)),
    ("handed in and passed", Occasion(answered=True, over=True, passed=True, closed=False, posttest=False)),
    ("no attempt is left", Occasion(answered=True, over=True, passed=False, closed=True, posttest=False)),
    ("the closing test is handed in", Occasion(answered=True, over=True, passed=False, closed=False, posttest=True)),
)
"""The moments of a quiz, soonest first, each with what has happened by then."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("quiz", metavar="QUIZ", help="a quiz id, or the path of its file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is written (default: text)")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Write a table: a row a moment, a column each for score, correctness, feedback, explanation and key.

    Raises:
        Refused: there is no such quiz, or its file does not load.
    """
    path = Path(options.quiz)
    root = content_root(path.resolve()) if path.suffix == ".yaml" and path.exists() else None
    loaded = load(root or ROOT)
    quiz = loaded.course.quizzes.get(path.stem) if loaded.course else None
    if quiz is None:
        raise Refused(f"There is no quiz `{path.stem}` that loads. `python -m course check` says what is wrong.")
    rows = _rows(quiz.policy)
    if options.format == "json":
        out.write(json.dumps({"quiz": quiz.id, "moments": {name: asdict(what) for name, what in rows}}, indent=2) + "\n")
    else:
        out.write(_table(quiz.title, rows))
    return 0


def _rows(policy: QuizPolicy) -> list[tuple[str, Shown]]:
    """Each moment with what is shown then; where a question can be tried again, the time between two tries is one."""
    rows = [(name, shown(policy.reveal, occasion)) for name, occasion in _moments(policy)]
    if policy.behaviour is Behaviour.INTERACTIVE:
        at = next(number for number, (name, _) in enumerate(rows) if name == SETTLED)
        rows.insert(at, ("between two tries", between_tries(rows[at][1])))
    return rows


def _moments(policy: QuizPolicy) -> list[tuple[str, Occasion]]:
    """Those that can come in this quiz."""
    settles = policy.behaviour is not Behaviour.DEFERRED
    return [
        (name, occasion)
        for name, occasion in MOMENTS
        if not (occasion.answered and not occasion.over and not settles)
        and not (occasion.closed and policy.attempts is None)
        and not (occasion.posttest and policy.kind is not Kind.PRETEST)
    ]


def _table(title: str, rows: list[tuple[str, Shown]]) -> str:
    columns = ("score", "correctness", "feedback", "explanation", "key")
    width = max(len(name) for name, _ in rows)
    head = " " * width + "  " + "  ".join(columns)
    lines = [
        f"{name:<{width}}  " + "  ".join(f"{'shown' if asdict(what)[c] else '-':<{len(c)}}" for c in columns).rstrip()
        for name, what in rows
    ]
    return "\n".join((title, head, *lines)) + "\n"
