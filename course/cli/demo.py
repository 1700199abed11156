"""`demo [--learners N] [--seed S]`: fills the database with a synthetic cohort of known abilities."""

from __future__ import annotations

import argparse
import os
from typing import Final, TextIO

from course.bootstrap import build

_SEES: Final = {
    "learner": "a learner: half-way things, results, progress",
    "instructor": "an instructor: Classes, gradebook, assignments",
    "lead": "a cohort lead: Insight, both cohorts",
    "admin": "an admin: people, roles, cohorts",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, default=60, metavar="N", help="how many learners (60)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, another cohort (1)")
    parser.add_argument("--beside", action="store_true", help="put it beside the people that the database holds already")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Make the cohort and say how to look at it.

    Raises:
        CourseError: the database holds people, or cannot be used.
    """
    process = build(os.environ)
    process.prepare()
    made = process.demo.fill(options.learners, options.seed, beside=options.beside)
    base = process.settings.base_url
    print(
        f"{made.learners} learners and those of the year before, {made.assignments} assignments, {made.attempts} attempts, "
        f"{made.answers} answers. Nobody in it exists.",
        file=out,
    )
    if made.odd.against is not None:
        print(f"Answered against ability, for the lead to find: the question {made.odd.against}.", file=out)
    print(f"Sign in at {base} with the password {made.password} as", file=out)
    for role, login in made.logins.items():
        print(f"  {login:<22} {_SEES[role]}", file=out)
    return 0
