"""`recompute [--check]`: every score and total computed again from the log. May be killed and run again."""

from __future__ import annotations

import argparse
import os
from typing import TextIO

from course.bootstrap import build
from course.services.study.wording import counted


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when anything stored differs")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Say what differed, one line each, and mend it unless only asked to check. 1 when something differs or cannot be graded.

    Raises:
        CourseError: the database or the content cannot be used.
    """
    process = build(os.environ)
    process.prepare()
    found = process.teach.recompute(apply=not options.check)
    for line in (*found.differing, *found.unreadable):
        print(line, file=err)
    looked = f"{counted(found.attempts, 'attempt')} and {counted(found.tries, 'try', 'tries')} in notebooks computed again"
    many = len(found.differing)
    verb = ("differs" if many == 1 else "differ") if options.check else f"differed and {'is' if many == 1 else 'are'} mended"
    differ = f"{many} {verb}" if many else "nothing differs"
    unread = f"; {len(found.unreadable)} cannot be graded by this version of the course" if found.unreadable else ""
    print(f"{looked}: {differ}{unread}.", file=out)
    return 1 if found.unreadable or (options.check and found.differing) else 0
