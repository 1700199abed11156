"""Every question of every attempt at what is assigned, as a file: read and written a few learners at a time, in one snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeAlias

from course.access.permissions import NOT_THERE, Action
from course.content.model import Catalogue
from course.errors import NotFound
from course.interop import answers_long
from course.interop.answers_long import Asked, AttemptLines
from course.services.people.desk import the_cohort
from course.services.study.assigned import quiz_of
from course.services.study.desk import Desk, LearnerId
from course.services.teach.noting import allowed
from course.storage.stores.gradebook import BookLearner, HandedIn
from course.storage.unit_of_work import Transaction

AT_ONCE: Final = 50
"""Learners whose answers are held at the same time."""
Write: TypeAlias = Callable[[bytes], object]


def of_class(desk: Desk, who: LearnerId | None, cohort_id: str, write: Write) -> str:
    """Hand the file to `write`, piece by piece, learners by name; the cohort's name. What learners wrote is not in it.

    Raises NotFound or NotAllowed before anything is written.
    """
    with desk.uow.read() as tx:
        allowed(tx, who, Action.GRADEBOOK_EXPORT, cohort=cohort_id)
        cohort = the_cohort(tx, cohort_id)
        _written(tx, desk.catalogue(), cohort_id, tx.gradebook.learners(cohort_id), write)
    return cohort.name


def of_learner(desk: Desk, who: LearnerId | None, cohort_id: str, learner: str, write: Write) -> str:
    """The same of one learner; their name. Raises NotFound unless they learn in the cohort."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.LEARNER_EXPORT, cohort=cohort_id, person=learner)
        person = next((p for p in tx.gradebook.learners(cohort_id) if p.id == learner), None)
        if person is None:
            raise NotFound(NOT_THERE)
        _written(tx, desk.catalogue(), cohort_id, [person], write)
    return person.name


def _written(tx: Transaction, catalogue: Catalogue, cohort_id: str, people: Sequence[BookLearner], write: Write) -> None:
    titles: dict[str, str] = {}
    for one in tx.assignments.of_cohort(cohort_id):
        for item in one.items:
            if (quiz := quiz_of(catalogue, item)) is not None:
                titles.setdefault(quiz, one.title)
    objectives = {q.id: q.objective or "" for q in catalogue.questions.values()}
    for piece in answers_long.pieces(_attempts(tx, people, titles, objectives)):
        write(piece)


def _attempts(
    tx: Transaction, people: Sequence[BookLearner], titles: Mapping[str, str], objectives: Mapping[str, str]
) -> Iterator[AttemptLines]:
    quizzes = sorted(titles)
    for first in range(0, len(people), AT_ONCE):
        some = people[first : first + AT_ONCE]
        ids = [one.id for one in some]
        slots = {attempt: list(rows) for attempt, rows in groupby(tx.gradebook.asked(ids, quizzes), itemgetter(0))}
        theirs: dict[str, list[HandedIn]] = defaultdict(list)
        for attempt in tx.gradebook.handed_in(ids, quizzes):
            theirs[attempt.learner].append(attempt)
        for person in some:
            who = (person.name, person.email, person.ref)
            for one in theirs[person.id]:
                lead = (*who, titles[one.quiz], one.quiz, one.number, one.state)
                yield AttemptLines(lead, one.started_at, one.submitted_at, _asked(one.begun, slots.get(one.id, ()), objectives))


def _asked(begun: float, slots: Iterable[Sequence[Any]], objectives: Mapping[str, str]) -> list[Asked]:
    """The seconds of an answer are counted from the one before it in the same attempt; answers at one moment share theirs."""
    last = {slot[1]: slot for slot in slots}.values()  # a question has a row for each answer: the last one stays
    before, spent = begun, {}
    for at in sorted({slot[7] for slot in last if slot[7] is not None}):
        spent[at] = at - before
        before = at
    return [
        (position, question, version, objectives.get(question, ""), state or "not_presented", score, points, spent.get(at), certainty)
        for _, position, question, version, state, score, points, at, certainty in last
    ]
