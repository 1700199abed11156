"""Who may need study support: five groups, each with its reasons in words, thresholds that a person can change.

What goes in is study alone: graded questions, what is due, days since the last visit. Nothing about use, no reflection and no
survey answer is an argument here, so none can weigh. The groups say where to look first; they are no judgement of a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from course.analytics.intervals import wilson


class SupportGroup(StrEnum):
    """In the order in which they are looked at."""

    STRUGGLING = "struggling"
    SILENT = "silent"
    ON_TRACK = "on track"
    EXCELLING = "excelling"
    UNKNOWN = "not enough information"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Editable. Shares are 0 to 1; `level` is that of the interval of the share right which must support a group.

    Raises ValueError for values that contradict each other.
    """

    silent_days: int = 14
    fewest_answers: int = 10
    struggling_below: float = 0.6
    excelling_from: float = 0.85
    excelling_done: float = 0.9
    overdue: int = 2
    failed_attempts: int = 3
    level: float = 0.8

    def __post_init__(self) -> None:
        if not 0 <= self.struggling_below < self.excelling_from <= 1:
            raise ValueError("The share for struggling must lie below the one for excelling, both from 0 to 1.")
        if not (0 <= self.excelling_done <= 1 and 0 < self.level < 1):
            raise ValueError("Shares lie from 0 to 1.")
        if min(self.silent_days, self.fewest_answers, self.overdue, self.failed_attempts) < 1:
            raise ValueError("Days and counts are at least 1.")


THRESHOLDS: Final = Thresholds()


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """One learner's study. `points`: mean share of the points over `answers` graded first tries.

    `days_silent` None: never been here. `due`, `due_done`, `overdue`: assigned work. `failed_in_a_row`: attempts at the same quiz
    that did not pass, the last ones.
    """

    answers: int
    points: float
    days_silent: int | None
    due: int = 0
    due_done: int = 0
    overdue: int = 0
    failed_in_a_row: int = 0


@dataclass(frozen=True, slots=True)
class SupportFinding:
    """`reasons`: sentences, never empty."""

    group: SupportGroup
    reasons: tuple[str, ...]


def study_support(record: StudyRecord, thresholds: Thresholds = THRESHOLDS) -> SupportFinding:
    """Struggling goes before silent, since its help is another; both only for what the record supports."""
    struggling = _struggling(record, thresholds)
    if struggling:
        return SupportFinding(SupportGroup.STRUGGLING, struggling)
    silent = _silent(record, thresholds)
    if silent:
        return SupportFinding(SupportGroup.SILENT, silent)
    if record.answers < thresholds.fewest_answers:
        reason = f"{_count(record.answers, 'answer')}; {thresholds.fewest_answers} are needed to say how it goes."
        return SupportFinding(SupportGroup.UNKNOWN, (reason,))
    low, _ = wilson(_share(record), record.answers, thresholds.level)
    right = f"{record.points:.0%} of the points in {record.answers} first tries"
    if low >= thresholds.excelling_from and _done(record) >= thresholds.excelling_done:
        return SupportFinding(SupportGroup.EXCELLING, (f"{right}, likely {thresholds.excelling_from:.0%} or more.", *_kept_up(record)))
    return SupportFinding(SupportGroup.ON_TRACK, (f"{right}.", *_kept_up(record)))


def _struggling(record: StudyRecord, thresholds: Thresholds) -> tuple[str, ...]:
    reasons = []
    if record.answers >= thresholds.fewest_answers:
        _, high = wilson(_share(record), record.answers, thresholds.level)
        if high < thresholds.struggling_below:
            reasons.append(
                f"{record.points:.0%} of the points in {record.answers} first tries, likely below {thresholds.struggling_below:.0%}."
            )
    if record.failed_in_a_row >= thresholds.failed_attempts:
        reasons.append(f"{record.failed_in_a_row} attempts in a row at the same quiz without passing.")
    return tuple(reasons)


def _silent(record: StudyRecord, thresholds: Thresholds) -> tuple[str, ...]:
    """Silence does not matter when all assigned work is done."""
    if record.due and record.due_done >= record.due:
        return ()
    reasons = []
    if record.days_silent is None and record.due:
        reasons.append(f"Has not been here yet; {_count(record.due, 'piece')} of work assigned.")
    elif record.days_silent is not None and record.days_silent >= thresholds.silent_days:
        reasons.append(f"Not here for {record.days_silent} days.")
    if record.overdue >= thresholds.overdue:
        reasons.append(f"{_count(record.overdue, 'piece')} of assigned work overdue.")
    return tuple(reasons)


def _kept_up(record: StudyRecord) -> tuple[str, ...]:
    return (f"{record.due_done} of {record.due} assigned done.",) if record.due else ()


def _done(record: StudyRecord) -> float:
    return record.due_done / record.due if record.due else 1.0


def _share(record: StudyRecord) -> float:
    return min(1.0, max(0.0, record.points))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
