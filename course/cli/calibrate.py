"""`calibrate`: how hard each question is, from everybody's first attempts; mastery is estimated with it from then on."""

from __future__ import annotations

import argparse
import os
from typing import TextIO

from course.bootstrap import build
from course.services.study.wording import counted


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what it would be and keep nothing")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """One line a question: its difficulty now and before. Without it a running course makes one at most once a day by itself.

    Raises:
        Refused: no question has 30 first attempts.
        CourseError: the database or the content cannot be used.
    """
    process = build(os.environ)
    process.prepare()
    found = process.teach.calibrate(apply=not options.dry_run)
    print(f"{'question':40} {'label':8} {'before':>7} {'now':>7} {'firsts':>7}", file=out)
    for one in found.questions:
        print(f"{one.id:40} {one.label:8} {one.before:7.2f} {one.difficulty:7.2f} {one.firsts:7}", file=out)
    made = f"{counted(len(found.questions), 'question')} from {counted(found.answers, 'first attempt')}"
    print(f"Calibration {found.id}: {made}{'; nothing was kept' if options.dry_run else ''}.", file=out)
    return 0
