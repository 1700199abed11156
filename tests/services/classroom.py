"""A study service on a small course, with a clock that the test turns by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from course.content.model import Catalogue
from course.services.study import Study
from course.services.study.views import ModuleView, PracticeView
from course.services.teach import Teach
from course.services.teach.classes import Classes
from course.services.teach.grading import Grading
from course.storage.unit_of_work import UnitOfWork
from tests.factories import small_course


@dataclass
class Classroom:
    """`study`, `teach`, `classes` and `grading` see `catalogue` and `now` as they are when they are called."""

    uow: UnitOfWork
    catalogue: Catalogue = field(default_factory=small_course)
    now: datetime = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    seed: int = 20_261_103

    def __post_init__(self) -> None:
        self.study = Study(self.uow, lambda: self.catalogue, lambda: self.now, self._next_seed)
        self.teach = Teach(self.uow, lambda: self.catalogue, lambda: self.now)
        self.classes = Classes(self.uow, lambda: self.catalogue, lambda: self.now, self._next_id)
        self.grading = Grading(self.uow, lambda: self.catalogue, lambda: self.now)

    def wait(self, **time: float) -> None:
        """Turn the clock: `wait(minutes=5)`."""
        self.now += timedelta(**time)

    def answer(self, learner: str, attempt: int, right: int | None = None, wrong: str = "b") -> None:
        """Answer every question of a running attempt; the first `right` of them rightly (None: all), a second apart."""
        for number, slot in enumerate(self.study.attempt(learner, attempt).slots):
            self.wait(seconds=1)
            self.study.save(learner, attempt, slot.position, "a" if right is None or number < right else wrong)

    def take(self, learner: str, quiz: str, right: int | None = None) -> int:
        """Begin, answer and hand in a quiz; the attempt's id."""
        attempt = self.study.start(learner, quiz, f"start-{self.seed}")
        self.answer(learner, attempt, right)
        self.wait(seconds=1)
        self.study.submit(learner, attempt, f"submit-{attempt}")
        return attempt

    def open(self, learner: str, module: str, *cells: str) -> ModuleView:
        """Open these cells of a module, one after the other; the notebook as it is then."""
        return [self.study.pass_cell(learner, module, one, clinician=True) for one in cells][-1]

    def practise(self, learner: str, module: str, cell: str, response: object, seen: int | None = None) -> PracticeView:
        """Answer a question in a notebook; the question as it stands then, whether or not that was an answer."""
        found = self.study.answer_cell(learner, module, cell, response, seen, clinician=True).module
        view = found or self.study.module(learner, module, clinician=True)
        practice = next(c.practice for c in view.cells if c.cell.id == cell)
        assert practice is not None, "a cell that asks something"
        return practice

    def read(self, learner: str, module: str = "first") -> None:
        """Open every cell of a module and answer its questions rightly."""
        for cell in self.study.module(learner, module, clinician=False).cells:
            self.wait(minutes=1)
            self.open(learner, module, cell.cell.id)
            if cell.practice is not None:
                self.practise(learner, module, cell.cell.id, "a")

    def _next_id(self) -> str:
        return f"made-{self._next_seed()}"

    def _next_seed(self) -> int:
        self.seed += 1
        return self.seed
