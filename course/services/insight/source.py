"""Where a question stands in the files, for those who look after a cohort."""

from __future__ import annotations

from course.access.permissions import Action, require
from course.diagnostics import Place
from course.errors import NotFound
from course.services.study.desk import Desk, LearnerId


def source(desk: Desk, who: LearnerId | None, cohort: str, question_id: str) -> Place:
    """File and line of a question of the course as it is today. Needs the right to look at the cohort."""
    with desk.uow.read() as tx:
        require(tx.roles.actor(who), Action.INSIGHT_VIEW, cohort=cohort)
    question = desk.catalogue().questions.get(question_id)
    if question is None:
        raise NotFound("The course has no such question.")
    return question.place
