"""`regrade QUESTION`: answers graded again against the question as it is now. A dry run unless --apply is given."""

from __future__ import annotations

import argparse
import json
import os
from typing import TextIO

from course.bootstrap import build
from course.services.teach.reporting import as_data, as_text


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", metavar="QUESTION", help="id of a question")
    what.add_argument("--quiz", metavar="QUIZ", help="every question of this quiz, wherever it was asked")
    parser.add_argument("--version", metavar="VERSION", help="grade by this earlier version, by its first letters: takes a regrade back")
    parser.add_argument("--spare", action="store_true", help="leave the result of whoever would lose")
    parser.add_argument("--apply", action="store_true", help="store it; without, only say who moves from what to what")
    parser.add_argument("--by", default="", metavar="NAME", help="who does this")
    parser.add_argument(
        "--why", default="", metavar="TEXT", help="the reason; learners whose result changes read it, so do not write the key"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is told (default: text)")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Tell, and with --apply store, what changes.

    Raises:
        CourseError: no such question or quiz, or no name and reason to store it under.
    """
    process = build(os.environ)
    process.prepare()
    report = process.teach.regrade(
        options.question,
        quiz=options.quiz,
        version=options.version,
        apply=options.apply,
        spare=options.spare,
        by=options.by,
        why=options.why,
    )
    out.write(json.dumps(as_data(report), indent=2) + "\n" if options.format == "json" else as_text(report))
    return 0
