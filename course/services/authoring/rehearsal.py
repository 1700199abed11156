"""A notebook tried out: everything works as for a learner, and nothing is stored or counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from course.content.model import Catalogue, Module
from course.errors import NotFound
from course.learning.events import Spot
from course.learning.progress import Facts
from course.learning.scoring import Answered, is_try, mark, right
from course.learning.telling import parts_of
from course.questions import Question, by_name
from course.questions.base import Json
from course.services.study.assigned import Assigned
from course.services.study.desk import LearnerId, the_cell, the_module
from course.services.study.notebook import module_as_seen
from course.services.study.practice import asked_in_try
from course.services.study.responses import plain
from course.services.study.stages import stage_judged
from course.services.study.standing import Standing, judged
from course.services.study.views import AnsweredView, CellView, ModuleView, StageView
from course.storage.stores.practice import Try

PREFIX: Final = "preview-"
"""Before the ids of what is tried out, so that nothing a page remembers of it is taken for the learner's own."""


class Stage(StrEnum):
    """How far a notebook is when it is looked at. The words stand in addresses."""

    FRESH = "fresh"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(slots=True)
class Tried:
    """What was tried in one rehearsal; it lives as long as the page remembers it."""

    latest: dict[str, Try] = field(default_factory=dict)
    firsts: dict[str, Try] = field(default_factory=dict)
    predicted: set[Spot] = field(default_factory=set)
    steps: dict[str, dict[str, Json]] = field(default_factory=dict)
    """By question: the answers to a case that is under way."""


class Rehearsal:
    """Stands in for the study behind the cells of a notebook. Ids carry `PREFIX`. `allow` raises for those who may not look."""

    def __init__(self, catalogue: Catalogue, now: datetime, tried: Tried, allow: Callable[[], None]) -> None:
        self._catalogue, self._now, self._tried, self._allow = catalogue, now, tried, allow

    def module(self, learner: LearnerId | None, module_id: str, *, clinician: bool) -> ModuleView:
        """The notebook with every cell opened, and with the answers that were tried."""
        self._allow()
        module = the_module(self._catalogue, _own(module_id))
        view = module_as_seen(self._catalogue, module, self._standing(), (self._tried.firsts, {}, self._tried.steps), clinician=clinician)
        return replace(view, id=PREFIX + view.id, cells=tuple(map(_named, view.cells)))

    def answer_cell(
        self, learner: LearnerId, module_id: str, cell_id: str, response: object, seen: int | None = None, *, clinician: bool
    ) -> AnsweredView:
        """Grade an answer as the notebook does; a try lasts as long as the page. Raises NotFound for a cell that asks nothing."""
        self._allow()
        module, cell = the_cell(self._catalogue, _own(module_id), _own(cell_id))
        question = self._catalogue.questions.get(cell.question or "")
        if question is None:
            raise NotFound("This cell asks nothing.")
        problem = self._try(module, cell.id, question, plain(response))
        return AnsweredView(problem, None if problem else self.module(learner, module_id, clinician=clinician))

    def judge_stage(self, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
        """As the study does, which keeps nothing of it either."""
        self._allow()
        return stage_judged(self._catalogue, _own(module_id), _own(cell_id), stage, response)

    def answer_stage(self, learner: LearnerId, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
        """Judge the next stage of a case and go on; after the last one the case is a try."""
        judged = self.judge_stage(module_id, cell_id, stage, response)
        if judged.problem:
            return judged
        module, cell = the_cell(self._catalogue, _own(module_id), _own(cell_id))
        question = self._catalogue.questions[cell.question or ""]
        steps = self._tried.steps.setdefault(question.id, {})
        steps[stage] = plain(response)
        if set(steps) == set(parts_of(question)):
            self._try(module, cell.id, question, self._tried.steps.pop(question.id))
        return judged

    def predict(self, learner: LearnerId, module_id: str, cell_id: str, *, clinician: bool) -> ModuleView:
        """The figure opens. Raises NotFound for a cell that the module does not have."""
        self._allow()
        module, cell = the_cell(self._catalogue, _own(module_id), _own(cell_id))
        self._tried.predicted.add(Spot(module.id, cell.id))
        return self.module(learner, module_id, clinician=clinician)

    def begin(self, module_id: str, stage: Stage) -> None:
        """Bring the module to this stage: nothing answered, or all of it, and every prediction made."""
        self._allow()
        module = the_module(self._catalogue, _own(module_id))
        self._tried.latest.clear()
        self._tried.firsts.clear()
        self._tried.predicted.clear()
        self._tried.steps.clear()
        if stage is Stage.FRESH:
            return
        for cell in module.cells:
            question = self._catalogue.questions.get(cell.question or "")
            self._tried.predicted.add(Spot(module.id, cell.id))
            if question is not None:
                asked, _ = asked_in_try(self._catalogue, question, 1)
                self._try(module, cell.id, question, _answer(asked, stage))

    def _try(self, module: Module, cell: str, question: Question, given: Json) -> str:
        """Why it was not taken, "" when it was."""
        before = self._tried.latest.get(question.id)
        number = before.number + 1 if before is not None else 1
        asked, variant = asked_in_try(self._catalogue, question, number)
        graded = mark(Answered(asked, question.points, given))
        if graded.state is None or not is_try(graded.state):
            return graded.reason or "Give an answer first."
        one = Try("", self._now, module.id, cell, question.id, question.version, variant, number, given, graded.score, graded.state)
        self._tried.latest[question.id] = one
        self._tried.firsts.setdefault(question.id, one)
        return ""

    def _standing(self) -> Standing:
        opened = frozenset(Spot(module.id, cell.id) for module in self._catalogue.course.modules for cell in module.cells)
        answers = {name: right(one.state) for name, one in self._tried.latest.items()}
        facts = Facts(opened=opened, answers=answers, completed={}, predicted=frozenset(self._tried.predicted))
        return judged(self._catalogue, facts, (), self._tried.latest, {}, self._now, Assigned())


def _answer(question: Question, stage: Stage) -> Json:
    """The key, or one that scores nothing; where nothing is wrong, the key again."""
    kind = by_name(question.type)
    wrong = kind.sample(question.body).wrong if stage is Stage.WRONG else ()
    return wrong[0] if wrong else kind.key(question.body)


def _named(one: CellView) -> CellView:
    return replace(one, cell=replace(one.cell, id=PREFIX + one.cell.id), new=False)


def _own(name: str) -> str:
    return name.removeprefix(PREFIX)
