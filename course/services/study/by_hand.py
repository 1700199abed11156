"""What a person marks for a learner, as their home tells it: what waits, and what was marked in the last days."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from course.content.model import Catalogue
from course.learning.attempts import AttemptState
from course.services.study.standing import Standing
from course.services.study.views import ByHandView
from course.storage.unit_of_work import Transaction

KEPT: Final = timedelta(days=14)
"""What was marked stays on the home page so long."""


def by_hand(tx: Transaction, catalogue: Catalogue, found: Standing) -> tuple[ByHandView, ...]:
    """Marked ones first, the latest before the others; then those that wait. Whether a mark may be seen is said on the result."""
    waiting = [a for a in found.attempts if a.state is AttemptState.SUBMITTED]
    late = [
        (a.graded_at, a)
        for a in found.attempts
        if a.state is AttemptState.GRADED and a.graded_at is not None and a.graded_at != a.submitted_at and found.now - a.graded_at < KEPT
    ]
    marked = tx.marking.given([a.id for _, a in late]) if late else frozenset()
    latest = sorted(((at, a) for at, a in late if a.id in marked), key=lambda one: (one[0], one[1].id), reverse=True)
    return (
        *(ByHandView(a.id, _title(catalogue, a.quiz), at) for at, a in latest),
        *(ByHandView(a.id, _title(catalogue, a.quiz), None) for a in waiting),
    )


def _title(catalogue: Catalogue, quiz_id: str) -> str:
    quiz = catalogue.course.quizzes.get(quiz_id)
    return quiz.title if quiz is not None else quiz_id
