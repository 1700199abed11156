"""Mastery: the next round of a question, drawn and pinned when the learner asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from course.content.model import Catalogue
from course.learning.drawing import next_round, round_seed
from course.learning.marking import chain, scorable
from course.learning.rounds import again
from course.questions import Question
from course.services.study.desk import Desk, LearnerId, pinned_variant
from course.services.study.working import Work, working
from course.storage.stores.attempts import Slot

_DRAWS: Final = 20
"""How often a variant is drawn again to find one that this chain has not asked."""


def ask_again(desk: Desk, learner: LearnerId, attempt_id: int, position: int) -> int:
    """Begin the round after the one at `position` and return its position; when it has begun, that one.

    A parametric question comes back with new numbers; of any other, a sibling of the same objective from the quiz's pool, asked
    least often so far, or the question itself with its options in another order. Questions with a content notice come only
    when they came first: who has seen one has chosen to.

    Raises Refused while the round is open, when no further one follows, and in a quiz that does not ask again.
    """
    catalogue = desk.catalogue()
    with working(desk, learner, attempt_id, position) as work:
        mine = work.paper.rounds(work.slot)
        after = next((s for s in mine if s.position > position), None)
        if after is not None:
            return after.position
        work.refuse_behind()
        again(chain(work.attempt.policy, work.paper.asked, mine[0].position, over=False))
        fresh = _drawn(work, catalogue)
        work.tx.attempts.add_slot(attempt_id, fresh)
        work.went_to(work.slot)
        return fresh.position


def _drawn(work: Work, catalogue: Catalogue) -> Slot:
    sheet, seed = work.paper, work.attempt.seed
    mine = sheet.rounds(work.slot)
    first, position = mine[0], max(s.position for s in sheet.slots) + 1
    wanted = next_round(
        [q.id for q in _siblings(sheet.question(first), catalogue, work.attempt.quiz)],
        [s.question for s in mine],
        {s.question for s in sheet.slots if s not in mine},
        seed=round_seed(seed, position),
    )
    pinned = next((s for s in sheet.slots if s.question == wanted), None)
    question = sheet.question(pinned) if pinned is not None else catalogue.questions[wanted]
    work.tx.questions.remember([question], work.now)
    return Slot(position, wanted, question.version, 0.0, _variant(question, mine, seed, position), again_of=first.position)


def _siblings(question: Question, catalogue: Catalogue, quiz_id: str) -> list[Question]:
    quiz = catalogue.course.quizzes.get(quiz_id)
    if quiz is None or question.parameters is not None or question.objective is None:
        return []
    pool = [entry.question for entry in quiz.entries]
    return [q for q in pool if q.objective == question.objective and not q.notice and q.parameters is None and scorable(q)]


def _variant(question: Question, mine: tuple[Slot, ...], seed: int, position: int) -> Mapping[str, Any] | None:
    """New numbers, other ones than this chain has asked when there are any."""
    asked = [s.variant["values"] for s in mine if s.variant is not None and s.question == question.id]
    for number in range(_DRAWS):
        found = pinned_variant(question, round_seed(seed, position, number))[1]
        if found is None or found["values"] not in asked:
            return found
    return found
