"""What people decided about a result, as its learner reads it: that it changed and why, what was withdrawn, marks by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Final

from course.learning.attempts import Attempt, AttemptState
from course.learning.moderation import HandMark, Waiting, verdict
from course.learning.reveal import Shown
from course.learning.rulings import ActKind
from course.questions.essay import Criterion, Essay, criteria
from course.services.study import wording
from course.services.study.grading import Paper
from course.services.study.views import HandMarkView, RubricLine
from course.storage.stores.attempts import Slot
from course.storage.stores.rulings import Ruled
from course.storage.unit_of_work import Transaction

_WHOLE: Final = {
    ActKind.ATTEMPT_VOIDED: "This attempt was voided on",
    ActKind.ATTEMPT_BACK: "This attempt was brought back and counts again since",
}
_BEING_DECIDED = "Two graders differ on this answer, and a third one decides. Until then the first mark stands."


def notices(sheet: Paper, *, numbers: bool, zone: tzinfo) -> tuple[str, ...]:
    """One sentence for each time that the whole result changed after it was first there, the latest first.

    `numbers`: the score may be shown, so what it was may be too.
    """
    return tuple(_changed(one, numbers=numbers, zone=zone) for one in reversed(tuple(_changes(sheet.decisions.rows))))


def voided(tx: Transaction, attempts: Iterable[Attempt], zone: tzinfo) -> Mapping[int, str]:
    """Of those that are voided: attempt -> that it is, since when and why."""
    return {one.id: _voided(tx.rulings.of_attempt(one.id), zone) for one in attempts if one.state is AttemptState.VOIDED}


def question_notice(sheet: Paper, slot: Slot, shows: Shown, zone: tzinfo) -> str:
    """That the question was withdrawn, or its answer graded again; "" when neither."""
    if slot.position in sheet.rulings.voided:
        void = sheet.decisions.voids[slot.version]
        return f"Withdrawn on {_day(void.at, zone)}: {_sentence(void.why)} It does not count."
    regrades = [r for r in sheet.decisions.rows if r.position == slot.position and r.kind is ActKind.REGRADE and r.scores[0] != r.scores[1]]
    if not regrades or not shows.correctness:
        return ""
    last = regrades[-1]
    said = graded_again(last.at, last.why, zone)
    if last.scores[0] is None:
        return said
    return f"{said} It gave {wording.number(last.scores[0] * slot.points)} of {wording.number(slot.points)} before."


def graded_again(at: datetime, why: str, zone: tzinfo) -> str:
    """That an answer was graded against another key, and why."""
    return f"Graded again on {_day(at, zone)}: {_sentence(why)}"


def hand_mark(sheet: Paper, slot: Slot, shows: Shown) -> HandMarkView | None:
    """What a person gave for the answer, once it is final and as far as it may be shown."""
    question = sheet.question(slot)
    if question.type != Essay.name or slot.position in sheet.rulings.voided or not shows.correctness:
        return None
    found = verdict(sheet.decisions.marks.get(slot.position, ()))
    if found.final is None:
        return None
    rubric = criteria(question.body, question.points)
    return HandMarkView(
        points=found.final.share * slot.points,
        of=slot.points,
        lines=_lines(rubric, found.final, slot.points) if shows.feedback else (),
        comment=found.final.comment if shows.feedback else "",
        note=_BEING_DECIDED if found.waiting is Waiting.DECIDING_MARK else "",
    )


def _changes(rows: tuple[Ruled, ...]) -> Iterator[Ruled]:
    """The first row of each act that changed a result which was there, or took the attempt out of every count or back."""
    seen = set()
    for one in rows:
        act = (one.kind, one.at, one.why)
        changed = one.before.points is not None and one.before != one.after
        if act not in seen and (changed or one.kind in _WHOLE):
            seen.add(act)
            yield one


def _voided(rows: tuple[Ruled, ...], zone: tzinfo) -> str:
    last = next((one for one in reversed(rows) if one.kind is ActKind.ATTEMPT_VOIDED), None)
    return "" if last is None else f"Voided on {_day(last.at, zone)}: {_sentence(last.why)}"


def _changed(one: Ruled, *, numbers: bool, zone: tzinfo) -> str:
    before = one.before
    if one.kind in _WHOLE:
        return f"{_WHOLE[one.kind]} {_day(one.at, zone)}: {_sentence(one.why)}"
    said = f"This result changed on {_day(one.at, zone)}: {_sentence(one.why)}"
    if not numbers or before.points is None or before.max is None:
        return said
    passed = "" if before.passed is one.after.passed or before.passed is None else ", passed" if before.passed else ", not passed"
    return f"{said} It was {wording.number(before.points)} of {wording.number(before.max)}{passed} before."


def _lines(rubric: tuple[Criterion, ...], final: HandMark, points: float) -> tuple[RubricLine, ...]:
    """The rubric in the points that the question carries in this quiz."""
    scale = points / sum(c.points for c in rubric)
    return tuple(RubricLine(_told(c, final.points.get(c.id, 0.0)), final.points.get(c.id, 0.0) * scale, c.points * scale) for c in rubric)


def _told(criterion: Criterion, points: float) -> str:
    """The criterion, with the words of the level that was given."""
    level = next((one.text for one in criterion.levels if one.points == points), "")
    return f"{criterion.text} ({level})" if level else criterion.text


def _day(at: datetime, zone: tzinfo) -> str:
    there = at.astimezone(zone)
    return f"{there.day} {there:%B %Y}"


def _sentence(why: str) -> str:
    return why if why.endswith((".", "!", "?")) else f"{why}."
