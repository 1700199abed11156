"""`override ATTEMPT`: what was decided about an attempt; with a grade or --void, decides. A dry run unless --apply is given."""

from __future__ import annotations

import argparse
import json
import os
from typing import TextIO

from course.bootstrap import build
from course.services.teach.reporting import as_data, as_text, history_data, history_text


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", type=int, metavar="ATTEMPT", help="number of an attempt")
    grade = parser.add_mutually_exclusive_group()
    grade.add_argument("--points", type=float, metavar="P", help="the new grade in points of the attempt")
    grade.add_argument("--share", type=float, metavar="S", help="the new grade as a share from 0 to 1")
    grade.add_argument("--remove", action="store_true", help="let the answers make the grade again")
    grade.add_argument("--void", action="store_true", help="let the attempt count nowhere any more")
    grade.add_argument("--bring-back", action="store_true", help="let an attempt that was voided count again")
    parser.add_argument("--apply", action="store_true", help="store it; without, only say what would change")
    parser.add_argument("--by", default="", metavar="NAME", help="who does this")
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason; the learner reads it")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is told (default: text)")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Tell the history, or what a new grade or voiding changes, and with --apply store it.

    Raises:
        CourseError: no such attempt, no grade to change, a grade outside of the points, nothing to void or to bring back, or
            no name and reason.
    """
    process = build(os.environ)
    process.prepare()
    sign = {"apply": options.apply, "by": options.by, "why": options.why}
    if options.remove:
        report = process.teach.remove_override(options.attempt, **sign)
    elif options.void or options.bring_back:
        report = process.teach.void_attempt(options.attempt, undo=options.bring_back, **sign)
    elif options.points is None and options.share is None:
        view = process.teach.history(options.attempt)
        out.write(json.dumps(history_data(view), indent=2) + "\n" if options.format == "json" else history_text(view))
        return 0
    else:
        report = process.teach.override(options.attempt, share=options.share, points=options.points, **sign)
    out.write(json.dumps(as_data(report), indent=2) + "\n" if options.format == "json" else as_text(report))
    return 0
