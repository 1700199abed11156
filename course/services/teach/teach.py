"""The door to the instructor's use cases; each lives in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from course.content.model import Catalogue
from course.services.study.desk import Desk
from course.services.teach import attempt_voiding, calibrating, marking, overriding, rebuilding, recomputing, regrading, voiding
from course.services.teach.calibrating import Calibrated
from course.services.teach.recomputing import Recomputed
from course.services.teach.views import ChangeReport, EssayView, HistoryView, MarkReport, QueueView
from course.storage.unit_of_work import UnitOfWork


class Teach:
    """What whoever answers for a course can do with its results.

    Acts with `apply` False are dry runs: they say what would change and store nothing. Those with `apply` True need a name
    and a reason, which are kept; learners read the reason. Every method raises StorageUnavailable when the database
    cannot answer, NotFound for what does not exist, Refused for what cannot be done now.
    """

    def __init__(self, uow: UnitOfWork, catalogue: Callable[[], Catalogue], clock: Callable[[], datetime]) -> None:
        """`clock` gives the time in UTC."""
        self._desk = Desk(uow, catalogue, clock, seeds=lambda: 0)  # nothing is drawn here

    def regrade(
        self,
        question: str | None = None,
        *,
        quiz: str | None = None,
        version: str | None = None,
        apply: bool = False,
        spare: bool = False,
        by: str = "",
        why: str = "",
    ) -> ChangeReport:
        """See `regrading.regrade`."""
        return regrading.regrade(self._desk, question, quiz, version=version, apply=apply, spare=spare, by=by, why=why)

    def void_attempt(self, attempt_id: int, *, undo: bool = False, apply: bool = False, by: str = "", why: str = "") -> ChangeReport:
        """See `attempt_voiding.void`."""
        return attempt_voiding.void(self._desk, attempt_id, undo=undo, apply=apply, by=by, why=why)

    def void(self, question: str, *, undo: bool = False, apply: bool = False, by: str = "", why: str = "") -> ChangeReport:
        """See `voiding.void`."""
        return voiding.void(self._desk, question, undo=undo, apply=apply, by=by, why=why)

    def override(
        self, attempt: int, *, share: float | None = None, points: float | None = None, apply: bool = False, by: str = "", why: str = ""
    ) -> ChangeReport:
        """See `overriding.override`."""
        return overriding.override(self._desk, attempt, share=share, points=points, apply=apply, by=by, why=why)

    def remove_override(self, attempt: int, *, apply: bool = False, by: str = "", why: str = "") -> ChangeReport:
        """See `overriding.remove_override`."""
        return overriding.remove_override(self._desk, attempt, apply=apply, by=by, why=why)

    def history(self, attempt: int) -> HistoryView:
        """See `overriding.history`."""
        return overriding.history(self._desk, attempt)

    def queue(self, *, quiz: str | None = None, question: str | None = None, everything: bool = False) -> QueueView:
        """See `marking.queue`."""
        return marking.queue(self._desk, quiz=quiz, question=question, everything=everything)

    def essay(self, attempt: int, position: int) -> EssayView:
        """See `marking.essay`."""
        return marking.essay(self._desk, attempt, position)

    def give(
        self,
        attempt: int,
        position: int,
        points: Mapping[str, float],
        *,
        comment: str = "",
        by: str = "",
        second: bool = False,
        apply: bool = False,
    ) -> MarkReport:
        """See `marking.give`."""
        return marking.give(self._desk, attempt, position, points, comment=comment, by=by, second=second, apply=apply)

    def recompute(self, *, apply: bool = False) -> Recomputed:
        """See `recomputing.recompute`. Needs no name: nobody decides anything."""
        return recomputing.recompute(self._desk, apply=apply)

    def build(self, *, again: bool = False) -> bool:
        """See `rebuilding.build`: what pages over a whole cohort are computed from."""
        return rebuilding.build(self._desk, again=again)

    def calibrate(self, *, apply: bool = False) -> Calibrated:
        """See `calibrating.calibrate`."""
        return calibrating.calibrate(self._desk, apply=apply)

    def calibrate_when_due(self) -> bool:
        """See `calibrating.calibrate_when_due`."""
        return calibrating.calibrate_when_due(self._desk)
