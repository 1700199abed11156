"""The command line. A command is one file in this folder and one line in `COMMANDS`; it is imported when it is called."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TextIO, cast

from course.errors import CourseError


class CommandModule(Protocol):
    """What the file of a command offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare options and arguments."""

    def run(self, options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
        """Do it; return the exit code. A CourseError becomes its sentence on `err` and exit code 1."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, the module that holds it, and one line of help."""

    name: str
    module: str
    help: str

    def load(self) -> CommandModule:
        return cast(CommandModule, importlib.import_module(self.module))


COMMANDS: Final[tuple[Command, ...]] = (
    Command("check", "course.cli.check", "check modules and quizzes, with every authoring rule"),
    Command("grade", "course.cli.grade", "grade one person's responses to a quiz, offline"),
    Command("item-analysis", "course.cli.item_analysis", "statistics of a quiz and its questions from a table of answers"),
    Command("preview", "course.cli.preview", "show what a learner sees when, in one quiz"),
    Command("regrade", "course.cli.regrade", "grade answers again against a question as it is now; a dry run unless --apply"),
    Command("void", "course.cli.void", "withdraw a question for everybody; a dry run unless --apply"),
    Command("override", "course.cli.override", "the history of an attempt, another grade, or voiding it; a dry run unless --apply"),
    Command("mark", "course.cli.mark", "list, show and mark what a person must grade; a dry run unless --apply"),
    Command("recompute", "course.cli.recompute", "compute scores again from the log and mend what differs; --check only says"),
    Command("calibrate", "course.cli.calibrate", "estimate how hard questions are from everybody's first attempts"),
    Command("demo", "course.cli.demo", "fill the database with a synthetic cohort, so that every page has something to show"),
    Command("people", "course.cli.people", "accounts, invitations, rosters, a person's data"),
    Command("db", "course.cli.db", "upgrade, check, back up or restore the database"),
    Command("simulate", "course.cli.simulate", "run a simulation and write its table; without a name, list them"),
    Command("schema", "course.cli.schema", "write quiz.schema.json and the reference pages in docs/ again"),
)


def main(arguments: Sequence[str], out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Run `python -m course ...` and return its exit code: 0 fine, 1 findings or refused input. Usage errors exit with 2."""
    out, err = out or sys.stdout, err or sys.stderr
    wanted = next((command for command in COMMANDS if arguments and command.name == arguments[0]), None)
    parser = argparse.ArgumentParser(prog="python -m course", description="Is ketamine addictive? The course's command line.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        added = commands.add_parser(command.name, help=command.help, description=command.help[0].upper() + command.help[1:] + ".")
        if command is wanted:
            command.load().configure(added)
    options = parser.parse_args(arguments)
    if wanted is None:
        parser.error("name a command first")
    try:
        return wanted.load().run(options, out, err)
    except CourseError as failure:
        print(failure.message, file=err)
        return 1
