"""What the cells of a notebook ask of the course: the study itself, or a rehearsal that keeps nothing."""

from __future__ import annotations

from typing import Protocol

from course.services.study.desk import LearnerId
from course.services.study.views import AnsweredView, ModuleView, StageView


class Cells(Protocol):
    """Methods are those of `Study`, with the same promises."""

    def module(self, learner: LearnerId | None, module_id: str, *, clinician: bool) -> ModuleView: ...

    def answer_cell(
        self, learner: LearnerId, module_id: str, cell_id: str, response: object, seen: int | None = None, *, clinician: bool
    ) -> AnsweredView: ...

    def judge_stage(self, module_id: str, cell_id: str, stage: str, response: object) -> StageView: ...

    def answer_stage(self, learner: LearnerId, module_id: str, cell_id: str, stage: str, response: object) -> StageView: ...

    def predict(self, learner: LearnerId, module_id: str, cell_id: str, *, clinician: bool) -> ModuleView: ...
