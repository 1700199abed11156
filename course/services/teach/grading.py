"""The door to grading by people from pages; each use case lives in a file of its own and asks the table of permissions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from course.content.model import Catalogue
from course.services.study.desk import Desk, LearnerId
from course.services.teach import cohort_marking, correcting
from course.services.teach.correcting import AttemptHistory, Choices, Served
from course.services.teach.marking_views import AnswerToMark, MarkingQueue, Wanted
from course.services.teach.views import ChangeReport, MarkReport
from course.storage.unit_of_work import UnitOfWork


class Grading:
    """What graders, instructors and admins do with answers and results, signed by their account.

    `who` is the id of whoever asks. Every method raises NotFound or NotAllowed as the table of permissions says, Refused for
    what cannot be done now, StorageUnavailable when the database cannot answer.
    """

    def __init__(self, uow: UnitOfWork, catalogue: Callable[[], Catalogue], clock: Callable[[], datetime]) -> None:
        """`clock` gives the time in UTC."""
        self._desk = Desk(uow, catalogue, clock, seeds=lambda: 0)  # nothing is drawn here

    def queue(self, who: LearnerId | None, cohort: str, wanted: Wanted | None = None) -> MarkingQueue:
        """See `cohort_marking.queue`."""
        return cohort_marking.queue(self._desk, who, cohort, wanted)

    def answer(self, who: LearnerId | None, cohort: str, attempt: int, position: int) -> AnswerToMark:
        """See `cohort_marking.answer`."""
        return cohort_marking.answer(self._desk, who, cohort, attempt, position)

    def give(
        self,
        who: LearnerId | None,
        cohort: str,
        attempt: int,
        position: int,
        points: Mapping[str, float],
        *,
        seen: int,
        comment: str = "",
        second: bool = False,
    ) -> MarkReport:
        """See `cohort_marking.give`."""
        return cohort_marking.give(self._desk, who, cohort, attempt, position, points, comment=comment, second=second, seen=seen)

    def keep_draft(
        self,
        who: LearnerId | None,
        cohort: str,
        attempt: int,
        position: int,
        points: Mapping[str, float],
        *,
        comment: str = "",
        second: bool = False,
    ) -> None:
        """See `cohort_marking.keep_draft`."""
        cohort_marking.keep_draft(self._desk, who, cohort, attempt, position, points, comment=comment, second=second)

    def drop_draft(self, who: LearnerId | None, cohort: str, attempt: int, position: int) -> None:
        """See `cohort_marking.drop_draft`."""
        cohort_marking.drop_draft(self._desk, who, cohort, attempt, position)

    def set_anonymous(self, who: LearnerId | None, cohort: str, yes: bool) -> None:
        """See `cohort_marking.set_anonymous`."""
        cohort_marking.set_anonymous(self._desk, who, cohort, yes)

    def choices(self, who: LearnerId | None, cohort: str | None) -> Choices:
        """See `correcting.choices`."""
        return correcting.choices(self._desk, who, cohort)

    def served(self, who: LearnerId | None, cohort: str | None, question: str) -> tuple[Served, ...]:
        """See `correcting.served`."""
        return correcting.served(self._desk, who, cohort, question)

    def regrade(
        self,
        who: LearnerId | None,
        cohort: str | None,
        question: str,
        *,
        version: str | None = None,
        spare: bool = False,
        apply: bool = False,
        why: str = "",
    ) -> ChangeReport:
        """See `correcting.regrade`."""
        return correcting.regrade(self._desk, who, cohort, question, version=version, spare=spare, apply=apply, why=why)

    def void(self, who: LearnerId | None, question: str, *, undo: bool = False, apply: bool = False, why: str = "") -> ChangeReport:
        """See `correcting.void`."""
        return correcting.void(self._desk, who, question, undo=undo, apply=apply, why=why)

    def history(self, who: LearnerId | None, cohort: str, attempt: int) -> AttemptHistory:
        """See `correcting.history`."""
        return correcting.history(self._desk, who, cohort, attempt)

    def override(self, who: LearnerId | None, cohort: str, attempt: int, points: float | None, *, why: str) -> ChangeReport:
        """See `correcting.override`."""
        return correcting.override(self._desk, who, cohort, attempt, points, why=why)

    def void_attempt(self, who: LearnerId | None, cohort: str, attempt: int, *, undo: bool = False, why: str) -> ChangeReport:
        """See `correcting.void_attempt`."""
        return correcting.void_attempt(self._desk, who, cohort, attempt, undo=undo, why=why)
