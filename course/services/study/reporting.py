"""A learner reports a problem with a question. Those who look after the course read it, without a name."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from course.errors import NotFound, Refused
from course.services.study.desk import Desk, LearnerId, known

LEAST: Final = 5
MOST: Final = 1000
A_DAY: Final = 20


def reportable(desk: Desk, learner: LearnerId | None, question: str) -> str:
    """The question's stem. Raises NotFound unless the learner was asked it and the course still has it."""
    found = desk.catalogue().questions.get(question)
    if learner is None or found is None:
        raise NotFound(_NOT_ASKED)
    with desk.uow.read() as tx:
        if not tx.reports.was_asked(learner, question):
            raise NotFound(_NOT_ASKED)
    return found.stem


def report(desk: Desk, learner: LearnerId, question: str, text: str) -> None:
    """Store what was written.

    Raises:
        NotFound: the learner was not asked the question.
        Refused: the text is too short or too long, or there were too many in a day.
    """
    reportable(desk, learner, question)
    kept = "\n".join(" ".join(line.split()) for line in text.strip().splitlines()).strip()
    if len(kept) < LEAST:
        raise Refused("Say in a few words what is wrong with the question.")
    if len(kept) > MOST:
        raise Refused(f"That is too long: {len(kept)} characters, at most {MOST}.")
    now = desk.clock()
    with desk.uow.write() as tx:
        known(tx, learner)
        if tx.reports.since(learner, now - timedelta(days=1)) >= A_DAY:
            raise Refused(f"You have reported {A_DAY} problems in a day. Write the rest tomorrow.")
        tx.reports.add(learner, now, question, desk.catalogue().questions[question].version, kept)


_NOT_ASKED: Final = "There is no such question of yours."
