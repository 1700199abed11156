"""`void QUESTION`: a question that counts for nobody, or (--undo) counts again. A dry run unless --apply is given."""

from __future__ import annotations

import argparse
import json
import os
from typing import TextIO

from course.bootstrap import build
from course.services.teach.reporting import as_data, as_text


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION", help="id of a question that was asked")
    parser.add_argument("--undo", action="store_true", help="let it count again")
    parser.add_argument("--apply", action="store_true", help="store it; without, only say who moves from what to what")
    parser.add_argument("--by", default="", metavar="NAME", help="who does this")
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason; learners who were asked the question read it")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is told (default: text)")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Tell, and with --apply store, what changes.

    Raises:
        CourseError: nobody was asked such a question, or no name and reason to store it under.
    """
    process = build(os.environ)
    process.prepare()
    report = process.teach.void(options.question, undo=options.undo, apply=options.apply, by=options.by, why=options.why)
    out.write(json.dumps(as_data(report), indent=2) + "\n" if options.format == "json" else as_text(report))
    return 0
