"""`mark list|show|give`: what waits for a grader, one answer with its rubric, and marks. `give` is a dry run unless --apply."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any, TextIO

from course.bootstrap import build
from course.services.teach import Teach
from course.services.teach.mark_reporting import (
    essay_data,
    essay_text,
    mark_data,
    mark_text,
    queue_data,
    queue_text,
)


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="answers that wait for a mark, oldest first")
    listing.add_argument("--quiz", metavar="QUIZ", help="of this quiz only")
    listing.add_argument("--question", metavar="QUESTION", help="to this question only")
    listing.add_argument("--all", action="store_true", help="those that are marked too, to mark a sample a second time")
    showing = actions.add_parser("show", help="one answer with its rubric")
    _place(showing)
    showing.add_argument("--marks", action="store_true", help="show earlier marks even when the next one should be given without them")
    giving = actions.add_parser("give", help="mark one answer")
    _place(giving)
    giving.add_argument("--points", action="append", default=[], type=_points, metavar="CRITERION=P", help="points for a criterion; repeat")
    giving.add_argument("--comment", default="", metavar="TEXT", help="what the learner reads beside the points")
    giving.add_argument("--by", default="", metavar="NAME", help="the grader")
    giving.add_argument("--second", action="store_true", help="ask for a second mark by another grader before anything is final")
    giving.add_argument("--apply", action="store_true", help="store the mark; without, only say what would follow")
    for action in (listing, showing, giving):
        action.add_argument("--format", choices=("text", "json"), default="text", help="how it is told (default: text)")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Do what was asked.

    Raises:
        CourseError: no such answer to mark, points outside of the rubric, or a mark out of turn.
    """
    process = build(os.environ)
    process.prepare()
    data, text = {"list": _list, "show": _show, "give": _give}[options.action](process.teach, options)
    out.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n" if options.format == "json" else text)
    return 0


def _list(teach: Teach, options: argparse.Namespace) -> tuple[Any, str]:
    view = teach.queue(quiz=options.quiz, question=options.question, everything=options.all)
    return queue_data(view), queue_text(view)


def _show(teach: Teach, options: argparse.Namespace) -> tuple[Any, str]:
    view = teach.essay(options.attempt, options.position)
    return essay_data(view, marks=options.marks), essay_text(view, marks=options.marks)


def _give(teach: Teach, options: argparse.Namespace) -> tuple[Any, str]:
    report = teach.give(
        options.attempt,
        options.position,
        dict(options.points),
        comment=options.comment,
        by=options.by,
        second=options.second,
        apply=options.apply,
    )
    return mark_data(report), mark_text(report)


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", type=int, metavar="ATTEMPT", help="number of the attempt")
    parser.add_argument("position", type=int, metavar="QUESTION", help="place of the question in the attempt, from 1")


def _points(text: str) -> tuple[str, float]:
    name, given, number = text.rpartition("=")
    try:
        if given:
            return name, float(number)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a criterion and its points, such as block=2")
