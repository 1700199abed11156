"""Reports of changed results as text for a person and as plain JSON data for a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from course.learning.rulings import ActKind
from course.questions.base import State
from course.services.teach.views import AttemptChange, ChangeReport, Effect, HistoryView, PracticeChange, SlotChange
from course.storage.stores.rulings import Result

_ORDER = (Effect.LOSES, Effect.GAINS, Effect.STAYS)
_HEADS = ("attempt", "learner", "quiz", "", "points", "passed", "questions")


def as_text(report: ChangeReport) -> str:
    """Who moves from what to what, those who lose first; the counts; and what to do to store it."""
    lines = [*_table(report.attempts), *_practice_lines(report.practice), *_left_lines(report)]
    if report.act in _WHOLE:
        lines = [f"{one.quiz} {one.number} of {one.learner}: {_WHOLE[report.act]}" for one in report.attempts] + lines
    elif report.attempts or report.practice:
        lines.append(", ".join(f"{report.count(e)} {_one_or_more(report.count(e), e)}" for e in _ORDER) + ".")
    else:
        lines.append("Nothing changes.")
    if report.nothing_counts:
        lines.append(f"Nothing counts any more in {_attempts(report.nothing_counts)}; an attempt without points counts as done.")
    if report.open:
        lines.append(_OPEN[report.act].format(attempts=_attempts(report.open)))
    if not report.applied:
        lines.append(dry_run(report.act))
    return "\n".join(lines) + "\n"


def dry_run(act: ActKind) -> str:
    """That nothing was stored, and what to add to store it."""
    sign = "" if act is ActKind.MARK else " --by NAME --why TEXT"
    read = "the comment" if act is ActKind.MARK else "the reason"
    return f"A dry run: nothing was stored. Add --apply{sign} to store it; learners read {read}."


def as_data(report: ChangeReport) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "act": report.act.value,
        "questions": list(report.questions),
        "applied": report.applied,
        "attempts": [_attempt_data(one) for one in report.attempts],
        "practice": [
            {"learner": p.learner, "question": p.question, "number": p.number, "effect": p.effect.value, **_moves(p)}
            for p in report.practice
        ],
        "left": [{"attempt": one.attempt, "question": one.question, "why": one.why} for one in report.left],
        "summary": {
            **{effect.value: report.count(effect) for effect in _ORDER},
            "open": report.open,
            "left": len(report.left),
            "nothing_counts": report.nothing_counts,
        },
    }


def history_text(view: HistoryView) -> str:
    """The attempt and every decision about it, oldest first."""
    head = f"Attempt {view.attempt}, {view.quiz} number {view.number}, learner {view.learner}: {_state(view)}."
    lines = [head]
    for one in view.rulings:
        where = f" question {one.position}" if one.position is not None else ""
        moved = f", {total(one.before)} -> {total(one.after)}" if one.before != one.after else ""
        lines.append(f"{one.at:%Y-%m-%d %H:%M} {one.kind.replace('_', ' ')}{where} by {one.by}{moved}: {one.why}")
    lines += [f"{v.at:%Y-%m-%d %H:%M} {v.kind} of {v.question} ({v.version[:8]}) by {v.by}: {v.why}" for v in view.voids]
    return "\n".join(lines if len(lines) > 1 else [head, "Nothing was decided about it."]) + "\n"


def history_data(view: HistoryView) -> dict[str, Any]:
    """The history as plain data."""
    return {
        "attempt": view.attempt,
        "learner": view.learner,
        "quiz": view.quiz,
        "number": view.number,
        "state": view.state.value,
        "result": result_data(view.result),
        "rulings": [
            {
                "kind": one.kind.value,
                "position": one.position,
                "at": one.at.isoformat(),
                "by": one.by,
                "why": one.why,
                "share": one.share,
                "version": {"from": one.versions[0], "to": one.versions[1]},
                "score": {"from": one.scores[0], "to": one.scores[1]},
                "result": {"from": result_data(one.before), "to": result_data(one.after)},
            }
            for one in view.rulings
        ],
        "voids": [
            {"question": v.question, "version": v.version, "kind": v.kind.value, "at": v.at.isoformat(), "by": v.by, "why": v.why}
            for v in view.voids
        ],
    }


def total(found: Result) -> str:
    """An attempt's totals in words."""
    return "no result" if found.points is None or found.max is None else f"{round(found.points, 2):g} of {round(found.max, 2):g}"


def result_data(found: Result) -> dict[str, Any]:
    """An attempt's totals as plain data."""
    return {"points": found.points, "max": found.max, "passed": found.passed}


_WHOLE = {
    ActKind.ATTEMPT_VOIDED: "the attempt counts nowhere any more.",
    ActKind.ATTEMPT_BACK: "the attempt counts again.",
}
_OPEN = {
    ActKind.REGRADE: "{attempts} with it still open: grade again once handed in.",
    ActKind.VOID: "{attempts} with it still open: it will not count there either.",
    ActKind.UNVOID: "{attempts} with it still open: it will count there.",
    ActKind.OVERRIDE: "",
    ActKind.OVERRIDE_REMOVED: "",
    ActKind.MARK: "",
    ActKind.ATTEMPT_VOIDED: "",
    ActKind.ATTEMPT_BACK: "",
}


def _table(changes: Sequence[AttemptChange]) -> Iterator[str]:
    """Aligned columns; unchanged attempts are counted, not listed."""
    shown = sorted((c for c in changes if c.effect is not Effect.STAYS or c.before != c.after), key=lambda c: _ORDER.index(c.effect))
    rows = [_HEADS, *(_row(one) for one in shown)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    if shown:
        for row in rows:
            yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()


def _row(one: AttemptChange) -> tuple[str, ...]:
    passed = f"{_yes(one.before.passed)} -> {_yes(one.after.passed)}" if one.before.passed != one.after.passed else _yes(one.after.passed)
    effect = one.effect.upper() if one.effect is Effect.LOSES else one.effect.value
    points = f"{total(one.before)} -> {total(one.after)}"
    return str(one.attempt), one.learner, f"{one.quiz} {one.number}", effect, points, passed, "; ".join(_slot(s) for s in one.slots)


def _slot(slot: SlotChange) -> str:
    return f"{slot.question} {_score(slot.scores[0], slot.states[0])} -> {_score(slot.scores[1], slot.states[1])}"


def _practice_lines(changes: Sequence[PracticeChange]) -> Iterator[str]:
    if changes:
        counts = {e: sum(c.effect is e for c in changes) for e in _ORDER}
        told = ", ".join(f"{count} {_one_or_more(count, e)}" for e, count in counts.items())
        yield f"{len(changes)} {'answer' if len(changes) == 1 else 'answers'} in notebooks: {told}"


def _left_lines(report: ChangeReport) -> Iterable[str]:
    reasons = sorted({(one.question, one.why) for one in report.left})
    for question, why in reasons:
        count = sum((one.question, one.why) == (question, why) for one in report.left)
        yield f"left as {'it is' if count == 1 else 'they are'}: {count} of {question} ({why})"


def _attempt_data(one: AttemptChange) -> dict[str, Any]:
    return {
        "attempt": one.attempt,
        "learner": one.learner,
        "quiz": one.quiz,
        "number": one.number,
        "effect": one.effect.value,
        "from": result_data(one.before),
        "to": result_data(one.after),
        "questions": [{"position": s.position, "question": s.question, **_moves(s)} for s in one.slots],
    }


def _moves(one: SlotChange | PracticeChange) -> dict[str, Any]:
    return {
        "version": {"from": one.versions[0], "to": one.versions[1]},
        "score": {"from": one.scores[0], "to": one.scores[1]},
        "state": {"from": one.states[0], "to": one.states[1]},
    }


def _state(view: HistoryView) -> str:
    return f"{view.state.replace('_', ' ')}, {total(view.result)}" if view.result.max is not None else view.state.replace("_", " ")


def _one_or_more(count: int, effect: Effect) -> str:
    return effect.value if count == 1 else effect.value.removesuffix("s")


def _yes(passed: bool | None) -> str:
    return "-" if passed is None else "yes" if passed else "no"


def _score(score: float | None, state: State | None) -> str:
    return "not counted" if state is None else state.value if score is None else f"{round(score, 2):g}"


def _attempts(count: int) -> str:
    return "1 attempt" if count == 1 else f"{count} attempts"
