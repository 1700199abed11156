"""`preview QUIZ`: what a learner sees when. For authors, from the quiz's rules alone; needs no database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from course.content.files import content_root
from course.content.loader import load
from course.errors import Refused
from course.learning.moments import Moment, moments
from course.settings import ROOT


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
    rows = moments(quiz.policy)
    if options.format == "json":
        out.write(json.dumps({"quiz": quiz.id, "moments": {row.words: asdict(row.shown) for row in rows}}, indent=2) + "\n")
    else:
        out.write(_table(quiz.title, rows))
    return 0


def _table(title: str, rows: Sequence[Moment]) -> str:
    columns = ("score", "correctness", "feedback", "explanation", "key")
    width = max(len(row.words) for row in rows)
    head = " " * width + "  " + "  ".join(columns)
    lines = [
        f"{row.words:<{width}}  " + "  ".join(f"{'shown' if asdict(row.shown)[c] else '-':<{len(c)}}" for c in columns).rstrip()
        for row in rows
    ]
    return "\n".join((title, head, *lines)) + "\n"
