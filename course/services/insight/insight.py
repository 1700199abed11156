"""The door to what a cohort's lead sees; each use case lives in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from course.analytics.study_support import Thresholds
from course.content.model import Catalogue
from course.diagnostics import Place
from course.interop.report import Report
from course.interop.tables import NumberTable
from course.services.insight import (
    certainty,
    compare,
    details,
    gain,
    items,
    objectives,
    overview,
    question,
    questions,
    report,
    scale,
    source,
    support,
    tables,
)
from course.services.insight import desk as begin
from course.services.insight.certainty import CertaintyView
from course.services.insight.compare import CompareView
from course.services.insight.desk import Choices, Lens
from course.services.insight.gain import GainView
from course.services.insight.items import ItemsView
from course.services.insight.objectives import ObjectivesView, ObjectiveView
from course.services.insight.overview import Overview
from course.services.insight.question import QuestionView
from course.services.insight.questions import QuestionsView
from course.services.insight.scale import ScaleView
from course.services.insight.support import SupportView
from course.services.study.desk import Desk, LearnerId
from course.storage.unit_of_work import UnitOfWork


class Insight:
    """Every method asks the table of permissions first: NotFound for what is outside of the person's cohorts, NotAllowed for what
    their role does not give. Only thresholds are stored."""

    def __init__(self, uow: UnitOfWork, catalogue: Callable[[], Catalogue], clock: Callable[[], datetime]) -> None:
        """`clock` gives the time in UTC."""
        self._desk = Desk(uow, catalogue, clock, seeds=lambda: 0)  # nothing is drawn here

    def choices(self, who: LearnerId | None, cohort: str = "") -> Choices:
        """See `desk.choices`."""
        return begin.choices(self._desk, who, cohort)

    def overview(self, who: LearnerId | None, lens: Lens) -> Overview:
        """See `overview.overview`."""
        return overview.overview(self._desk, who, lens)

    def items(self, who: LearnerId | None, lens: Lens) -> ItemsView:
        """See `items.items`."""
        return items.items(self._desk, who, lens)

    def scale(self, who: LearnerId | None, lens: Lens) -> ScaleView:
        """See `scale.scale`."""
        return scale.scale(self._desk, who, lens)

    def questions(self, who: LearnerId | None, lens: Lens) -> QuestionsView:
        """See `questions.questions`: `items` and `scale` of one reading."""
        return questions.questions(self._desk, who, lens)

    def question(self, who: LearnerId | None, lens: Lens, question_id: str) -> QuestionView:
        """See `question.question`."""
        return question.question(self._desk, who, lens, question_id)

    def objectives(self, who: LearnerId | None, lens: Lens) -> ObjectivesView:
        """See `objectives.objectives`."""
        return objectives.objectives(self._desk, who, lens)

    def objective(self, who: LearnerId | None, lens: Lens, objective_id: str) -> ObjectiveView:
        """See `objectives.objective`."""
        return objectives.objective(self._desk, who, lens, objective_id)

    def gains(self, who: LearnerId | None, lens: Lens) -> GainView:
        """See `gain.gains`."""
        return gain.gains(self._desk, who, lens)

    def certainty(self, who: LearnerId | None, lens: Lens) -> CertaintyView:
        """See `certainty.certainty`."""
        return certainty.certainty(self._desk, who, lens)

    def support(self, who: LearnerId | None, lens: Lens, thresholds: Thresholds | None = None) -> SupportView:
        """See `support.support`."""
        return support.support(self._desk, who, lens, thresholds)

    def keep_thresholds(self, who: LearnerId | None, cohort: str, **values: float) -> Thresholds:
        """See `support.keep_thresholds`: the only thing here that is stored."""
        return support.keep_thresholds(self._desk, who, cohort, **values)

    def compare(self, who: LearnerId | None, lens: Lens, other: str) -> CompareView:
        """See `compare.compare`."""
        return compare.compare(self._desk, who, lens, other)

    def source(self, who: LearnerId | None, cohort: str, question_id: str) -> Place:
        """See `source.source`."""
        return source.source(self._desk, who, cohort, question_id)

    def table(self, who: LearnerId | None, lens: Lens, name: str) -> NumberTable:
        """See `tables.table`."""
        return tables.table(self._desk, who, lens, name)

    def detail(self, who: LearnerId | None, lens: Lens, name: str, of: str) -> NumberTable:
        """See `details.detail`."""
        return details.detail(self._desk, who, lens, name, of)

    def compared(self, who: LearnerId | None, lens: Lens, other: str) -> NumberTable:
        """See `tables.compared`."""
        return tables.compared(self._desk, who, lens, other)

    def report(self, who: LearnerId | None, lens: Lens) -> Report:
        """See `report.report`."""
        return report.report(self._desk, who, lens)
