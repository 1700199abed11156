"""The page of a quiz's questions: their analysis and the scale that they share, of one reading and one analysis."""

from __future__ import annotations

from dataclasses import dataclass

from course.services.insight import items, scale
from course.services.insight.desk import Lens, scene
from course.services.insight.items import ItemsView
from course.services.insight.scale import ScaleView
from course.services.study.desk import Desk, LearnerId


@dataclass(frozen=True, slots=True, eq=False)
class QuestionsView:
    """What `items.items` and `scale.scale` say, of the same answers."""

    items: ItemsView
    scale: ScaleView


def questions(desk: Desk, who: LearnerId | None, lens: Lens) -> QuestionsView:
    """Raises as `scene` does, and NotFound for an unknown quiz."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, lens)
        read = items.read_quiz(tx, found)
        reports = tx.reports.counts(found.asked)
    analysis = items.analysed(read, lens, scale.models_of(lens))
    return QuestionsView(items.view(read, analysis, found.catalogue, reports, lens), scale.view(read, analysis, lens))
