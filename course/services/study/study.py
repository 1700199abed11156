"""The door to the student's use cases; each lives in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from course.content.model import Catalogue
from course.services.study import (
    beginning,
    due,
    finishing,
    home,
    notebook,
    progress,
    reporting,
    rounds,
    showing,
    stages,
    taking,
)
from course.services.study.desk import Desk, LearnerId
from course.services.study.views import (
    AnsweredView,
    AttemptView,
    HomeView,
    ModuleView,
    ProgressView,
    QuizIntroView,
    ResultView,
    SavedView,
    SlotView,
    StageView,
)
from course.storage.unit_of_work import UnitOfWork


class Study:
    """What a learner can do. Reading works without a profile (`None`) and shows a fresh state; writing needs one.

    Whatever is written by one call is one transaction. Every method raises StorageUnavailable when the database cannot
    answer, NotFound for what does not exist or is somebody else's.
    """

    def __init__(
        self, uow: UnitOfWork, catalogue: Callable[[], Catalogue], clock: Callable[[], datetime], seeds: Callable[[], int]
    ) -> None:
        """`clock` gives the time in UTC, `seeds` fresh random integers, at least 0 and below 2**63."""
        self._desk = Desk(uow, catalogue, clock, seeds)

    def home(self, learner: LearnerId | None, zone: tzinfo | None = None) -> HomeView:
        """See `home.home`."""
        return home.home(self._desk, learner, zone)

    def module(self, learner: LearnerId | None, module_id: str, *, clinician: bool) -> ModuleView:
        """See `notebook.module_view`."""
        return notebook.module_view(self._desk, learner, module_id, clinician=clinician)

    def pass_cell(self, learner: LearnerId, module_id: str, cell_id: str, *, clinician: bool) -> ModuleView:
        """See `notebook.pass_cell`."""
        return notebook.pass_cell(self._desk, learner, module_id, cell_id, clinician=clinician)

    def answer_cell(
        self, learner: LearnerId, module_id: str, cell_id: str, response: object, seen: int | None = None, *, clinician: bool
    ) -> AnsweredView:
        """See `notebook.answer_cell`."""
        return notebook.answer_cell(self._desk, learner, module_id, cell_id, response, seen, clinician=clinician)

    def judge_stage(self, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
        """See `stages.judge_stage`."""
        return stages.judge_stage(self._desk, module_id, cell_id, stage, response)

    def answer_stage(self, learner: LearnerId, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
        """See `stages.answer_stage`."""
        return stages.answer_stage(self._desk, learner, module_id, cell_id, stage, response)

    def predict(self, learner: LearnerId, module_id: str, cell_id: str, *, clinician: bool) -> ModuleView:
        """See `notebook.predict`."""
        return notebook.predict(self._desk, learner, module_id, cell_id, clinician=clinician)

    def quiz(self, learner: LearnerId | None, quiz_id: str) -> QuizIntroView:
        """See `beginning.quiz_intro`."""
        return beginning.quiz_intro(self._desk, learner, quiz_id)

    def start(self, learner: LearnerId, quiz_id: str, key: str) -> int:
        """See `beginning.start`."""
        return beginning.start(self._desk, learner, quiz_id, key)

    def attempt(self, learner: LearnerId | None, attempt_id: int) -> AttemptView:
        """See `showing.attempt_view`."""
        return showing.attempt_view(self._desk, learner, attempt_id)

    def save(self, learner: LearnerId, attempt_id: int, position: int, response: object, certainty: int | None = None) -> SavedView:
        """See `taking.save`."""
        return taking.save(self._desk, learner, attempt_id, position, response, certainty)

    def check(self, learner: LearnerId, attempt_id: int, position: int, response: object = None, certainty: int | None = None) -> SlotView:
        """See `taking.check`."""
        return taking.check(self._desk, learner, attempt_id, position, response, certainty)

    def take_hint(self, learner: LearnerId, attempt_id: int, position: int, number: int) -> SlotView:
        """See `taking.take_hint`."""
        return taking.take_hint(self._desk, learner, attempt_id, position, number)

    def ask_again(self, learner: LearnerId, attempt_id: int, position: int) -> int:
        """See `rounds.ask_again`."""
        return rounds.ask_again(self._desk, learner, attempt_id, position)

    def move_on(self, learner: LearnerId, attempt_id: int, position: int) -> AttemptView:
        """See `taking.move_on`."""
        return taking.move_on(self._desk, learner, attempt_id, position)

    def tell(self, learner: LearnerId, attempt_id: int, position: int, part: int) -> None:
        """See `taking.tell`."""
        taking.tell(self._desk, learner, attempt_id, position, part)

    def flag(self, learner: LearnerId, attempt_id: int, position: int, flagged: bool) -> None:
        """See `taking.flag`."""
        taking.flag(self._desk, learner, attempt_id, position, flagged)

    def skip_notice(self, learner: LearnerId, attempt_id: int, position: int) -> None:
        """See `taking.skip_notice`."""
        taking.skip_notice(self._desk, learner, attempt_id, position)

    def submit(self, learner: LearnerId, attempt_id: int, key: str) -> ResultView:
        """See `finishing.submit`."""
        return finishing.submit(self._desk, learner, attempt_id, key)

    def result(self, learner: LearnerId | None, attempt_id: int) -> ResultView:
        """See `finishing.result`."""
        return finishing.result(self._desk, learner, attempt_id)

    def sweep(self, now: datetime | None = None) -> int:
        """See `finishing.sweep`."""
        return finishing.sweep(self._desk, now)

    def progress(self, learner: LearnerId | None) -> ProgressView:
        """See `progress.progress`."""
        return progress.progress(self._desk, learner)

    def make_calendar(self, learner: LearnerId, token: str) -> None:
        """See `due.make_calendar`."""
        due.make_calendar(self._desk, learner, token)

    def drop_calendar(self, learner: LearnerId) -> None:
        """See `due.drop_calendar`."""
        due.drop_calendar(self._desk, learner)

    def has_calendar(self, learner: LearnerId | None) -> bool:
        """See `due.has_calendar`."""
        return due.has_calendar(self._desk, learner)

    def calendar(self, token: str, host: str) -> bytes:
        """See `due.calendar`."""
        return due.calendar(self._desk, token, host)

    def attempts_csv(self, learner: LearnerId | None) -> bytes:
        """See `progress.attempts_csv`."""
        return progress.attempts_csv(self._desk, learner)

    def reportable(self, learner: LearnerId | None, question: str) -> str:
        """See `reporting.reportable`."""
        return reporting.reportable(self._desk, learner, question)

    def report(self, learner: LearnerId, question: str, text: str) -> None:
        """See `reporting.report`."""
        reporting.report(self._desk, learner, question, text)
