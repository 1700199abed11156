"""The grading queue, an answer with its rubric, and a mark: as text for a grader and as plain JSON data for a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from textwrap import fill
from typing import Any

from course.learning.moderation import APART, HandMark, Waiting
from course.services.teach.reporting import dry_run, result_data, total
from course.services.teach.views import CriterionView, EssayView, MarkReport, QueueEntry, QueueView

_WIDTH = 100
_FOLLOWS = {
    Waiting.FIRST_MARK: "It waits for a mark.",
    Waiting.SECOND_MARK: "It waits for a second mark by another grader.",
    Waiting.DECIDING_MARK: f"The two marks lie more than {APART:.0%} of the points apart: a third grader decides.",
    Waiting.NOTHING: "The mark is final.",
}


def queue_text(view: QueueView) -> str:
    """One line an answer, then what to do when somebody discloses."""
    lines = [_entry_line(e) for e in view.entries] or ["Nothing waits for a grader."]
    if view.entries:
        lines += ["", "Read one with `mark show ATTEMPT QUESTION`.", "", fill(view.advice, _WIDTH)]
    return "\n".join(lines) + "\n"


def queue_data(view: QueueView) -> dict[str, Any]:
    return {"queue": [_entry_data(e) for e in view.entries], "advice": view.advice}


def essay_text(view: EssayView, *, marks: bool) -> str:
    """The question, the answer, the rubric, and earlier marks where they may be seen (`marks`: in any case)."""
    aim = (
        f" (asked for {view.least or ''}{' to ' if view.least and view.most else ''}{view.most or ''} words)"
        if view.least or view.most
        else ""
    )
    blocks = [
        _entry_line(view.entry),
        view.stem.strip(),
        f"Answer, {view.entry.words} words{aim}:\n\n{view.answer}",
        "\n".join(["Rubric:", *(line for c in view.rubric for line in _criterion_lines(c))]),
        *_marks_blocks(view, marks=marks),
        _example(view),
        fill(view.advice, _WIDTH),
    ]
    return "\n\n".join(blocks) + "\n"


def essay_data(view: EssayView, *, marks: bool) -> dict[str, Any]:
    """Without `marks`, earlier ones are left out while a second grader should judge without them."""
    return {
        **_entry_data(view.entry),
        "stem": view.stem,
        "answer": view.answer,
        "points": view.points,
        "rubric": [asdict(c) for c in view.rubric],
        "marks": [_mark_data(m) for m in view.marks] if marks or not _blind(view) else None,
        "advice": view.advice,
    }


def mark_text(report: MarkReport) -> str:
    """The mark, what it leads to, and what becomes of the result; whose it is stays out of it."""
    changes = report.changes
    lines = [f"{report.mark.by}: {report.points:g} of {report.of:g} points. {_FOLLOWS[report.waiting]}"]
    lines += [f"Attempt {one.attempt}: {total(one.before)} -> {total(one.after)}." for one in changes.attempts]
    if not changes.applied:
        lines.append(dry_run(changes.act))
    return "\n".join(lines) + "\n"


def mark_data(report: MarkReport) -> dict[str, Any]:
    return {
        "mark": _mark_data(report.mark),
        "points": report.points,
        "of": report.of,
        "waiting": report.waiting.value,
        "applied": report.changes.applied,
        "results": [
            {"attempt": one.attempt, "from": result_data(one.before), "to": result_data(one.after)} for one in report.changes.attempts
        ],
    }


def _entry_line(e: QueueEntry) -> str:
    waits = "marked" if e.waiting is Waiting.NOTHING else f"waits for a {e.waiting}"
    by = f", marked by {', '.join(e.graders)}" if e.graders else ""
    return (
        f"attempt {e.attempt}, question {e.position}: {e.quiz}/{e.question}, {e.words} words, handed in {e.handed_in:%Y-%m-%d}, {waits}{by}"
    )


def _entry_data(e: QueueEntry) -> dict[str, Any]:
    return {
        "attempt": e.attempt,
        "position": e.position,
        "quiz": e.quiz,
        "question": e.question,
        "handed_in": e.handed_in.isoformat(),
        "words": e.words,
        "waiting": e.waiting.value,
        "graders": list(e.graders),
    }


def _blind(view: EssayView) -> bool:
    """A second grader judges without the first one's mark; whoever decides sees both."""
    return view.entry.waiting is not Waiting.DECIDING_MARK


def _marks_blocks(view: EssayView, *, marks: bool) -> Iterator[str]:
    if not view.marks:
        return
    if not marks and _blind(view):
        yield f"Earlier marks: {len(view.marks)}, hidden so that yours stands for itself (--marks shows them)."
        return
    yield "\n".join(["Earlier marks:", *(_mark_line(m) for m in view.marks)])


def _criterion_lines(one: CriterionView) -> list[str]:
    return [f"  {one.id} (0 to {one.points:g}): {one.text}", *(f"    {points:g}: {text}" for points, text in one.levels)]


def _mark_line(one: HandMark) -> str:
    given = ", ".join(f"{name} {value:g}" for name, value in one.points.items())
    return f"  {one.by}, {one.at:%Y-%m-%d}: {given} ({one.share:.0%})" + (f": {one.comment}" if one.comment else "")


def _mark_data(one: HandMark) -> dict[str, Any]:
    return {
        "grader": one.by,
        "at": one.at.isoformat(),
        "points": dict(one.points),
        "share": one.share,
        "comment": one.comment,
        "wants_second": one.wants_second,
    }


def _example(view: EssayView) -> str:
    points = " ".join(f"--points {c.id}=P" for c in view.rubric)
    return f"Mark it: python -m course mark give {view.entry.attempt} {view.entry.position} {points} --comment TEXT --by NAME --apply"
