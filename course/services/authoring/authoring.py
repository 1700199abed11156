"""The door to what authors and those who teach look at before learners do; each use case lives in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from course.access.permissions import Action, require_somewhere
from course.content.model import Catalogue
from course.services.authoring.contents import cell_notes, contents
from course.services.authoring.findings import Findings
from course.services.authoring.question import graded, question_preview
from course.services.authoring.quiz import quiz_preview
from course.services.authoring.rehearsal import Rehearsal, Tried
from course.services.authoring.views import AnswerLine, ContentsView, Found, ModulePreview, QuestionPreview, QuizPreview
from course.services.study.desk import LearnerId, the_module
from course.storage.unit_of_work import UnitOfWork


class Authoring:
    """Every method asks first whether the person may preview content: keys are shown. NotFound for anybody else. Nothing is stored."""

    def __init__(
        self,
        uow: UnitOfWork,
        catalogue: Callable[[], Catalogue],
        clock: Callable[[], datetime],
        findings: Findings,
        *,
        everybody: bool,
        clinician_cells: bool,
    ) -> None:
        """`everybody`: the process runs for authors, who need no account. `clinician_cells` False: this site shows them to nobody."""
        self._uow, self._catalogue, self._clock, self._findings = uow, catalogue, clock, findings
        self._everybody, self._clinician_cells = everybody, clinician_cells

    def contents(self, who: LearnerId | None) -> ContentsView:
        """The whole course, to choose from."""
        self._allow(who)
        return contents(self._catalogue(), self._findings.now())

    def look(self, who: LearnerId | None) -> Found:
        """What `check` finds now; takes seconds the first time after the content was loaded."""
        self._allow(who)
        return self._findings.look()

    def module(self, who: LearnerId | None, module_id: str, tried: Tried, *, clinician: bool) -> ModulePreview:
        """A notebook with all its cells open, and what was tried in it. Raises NotFound for an unknown module."""
        self._allow(who)
        catalogue = self._catalogue()
        module = the_module(catalogue, module_id)
        view = self.rehearsal(who, tried).module(None, module_id, clinician=clinician and self._clinician_cells)
        has_clinician = self._clinician_cells and any(cell.clinician for cell in module.cells)
        return ModulePreview(view, cell_notes(catalogue, module, self._findings.now()), has_clinician)

    def rehearsal(self, who: LearnerId | None, tried: Tried) -> Rehearsal:
        """What the cells of a notebook work with; it asks again at each step whether the person still may."""
        return Rehearsal(self._catalogue(), self._clock(), tried, lambda: self._allow(who))

    def question(self, who: LearnerId | None, question_id: str, *, seed: int = 1, quiz: str = "", moment: str = "") -> QuestionPreview:
        """See `question.question_preview`."""
        self._allow(who)
        return question_preview(self._catalogue(), self._findings.now(), question_id, seed=seed, quiz_id=quiz, moment_id=moment)

    def graded(self, who: LearnerId | None, question_id: str, response: object, *, seed: int = 1) -> AnswerLine:
        """See `question.graded`."""
        self._allow(who)
        return graded(self._catalogue(), question_id, response, seed=seed)

    def quiz(self, who: LearnerId | None, quiz_id: str, moment: str = "") -> QuizPreview:
        """See `quiz.quiz_preview`."""
        self._allow(who)
        return quiz_preview(self._catalogue(), self._findings.now(), quiz_id, moment, self._clock())

    def _allow(self, who: LearnerId | None) -> None:
        if self._everybody:
            return
        with self._uow.read() as tx:
            require_somewhere(tx.roles.actor(who), Action.CONTENT_PREVIEW)
