"""A cohort's answers as columns: whose, of what, in which order, and how long each took."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from course.analytics.responses import Answer
from course.learning.attempts import AttemptState
from course.learning.policy import Kind
from course.learning.responses import Response, ResponseKind
from course.questions.base import State
from course.services.insight.reading import responses
from course.storage.stores.answers import NONE, Asked
from course.storage.stores.attempts import Slot
from course.storage.stores.cohorts import Group
from course.storage.stores.practice import Try
from course.storage.unit_of_work import UnitOfWork
from tests import factories
from tests.answered import BEGUN, cohort, hand_in, learner_id, right, wrong

COURSE = factories.catalogue(
    [factories.module("first", [factories.cell("intro")])],
    [factories.quiz("q", [factories.single_choice(f"one-{n}") for n in range(3)], Kind.CHECKPOINT, module="first")],
)


@pytest.fixture
def filled(uow: UnitOfWork) -> UnitOfWork:
    """Two learners of cohort k hand in `q`, a day apart; the second leaves the last question blank, and the clock hands it in."""
    with uow.write() as tx:
        cohort(tx, 2)
        hand_in(tx, COURSE, "q", [1], lambda _w, _p, q: right(q), certainty=2)
        hand_in(tx, COURSE, "q", [2], lambda _w, p, q: None if p == 3 else wrong(q), at=BEGUN + timedelta(days=1), by_clock=True)
    return uow


def test_a_row_each_question_in_the_order_of_handing_in(filled: UnitOfWork) -> None:
    with filled.read() as tx:
        found = tx.answers.answers(Asked("k", "q"))
    assert [found.learners[code] for code in found.learner] == [learner_id(1)] * 3 + [learner_id(2)] * 3
    assert [found.questions[code] for code in found.question] == ["one-0", "one-1", "one-2"] * 2
    assert found.score.tolist() == [1, 1, 1, 0, 0, 0]
    assert [found.states[code] for code in found.state] == ["right"] * 3 + ["wrong"] * 2 + ["omitted"]
    assert [None if code == NONE else found.responses[code] for code in found.response] == ["a", "a", "a", "b", "b", None]
    assert found.certainty.tolist() == [2, 2, 2, 0, 0, 0]
    assert found.by_clock.tolist() == [False] * 3 + [True] * 3


def test_seconds_run_from_the_answer_before(filled: UnitOfWork) -> None:
    with filled.read() as tx:
        found = tx.answers.answers(Asked("k", "q"))
    assert found.seconds[:5].tolist() == pytest.approx([30] * 5, abs=0.01)
    assert np.isnan(found.seconds[5])
    assert found.submitted[0] == pytest.approx((BEGUN + timedelta(minutes=1, seconds=95)).timestamp(), abs=0.01)


def test_blank_at_the_end_of_what_the_clock_handed_in_was_not_reached(filled: UnitOfWork) -> None:
    with filled.write() as tx:
        hand_in(tx, COURSE, "q", [1], lambda _w, p, q: None if p > 1 else right(q), number=2)
        hand_in(tx, COURSE, "q", [1], lambda _w, p, q: None if p != 2 else right(q), number=3, by_clock=True)
    with filled.read() as tx:
        found = responses(tx.answers.answers(Asked("k", "q")), COURSE.questions)
    given, blank, missing = Answer.ANSWERED, Answer.OMITTED, Answer.NOT_REACHED
    by_attempt = {tuple(found.state[found.attempt == code].tolist()) for code in range(4)}
    assert by_attempt == {(given,) * 3, (given, given, missing), (given, blank, blank), (blank, given, missing)}


def test_the_last_answer_counts_and_a_hint_is_none(filled: UnitOfWork) -> None:
    with filled.write() as tx:
        (first,) = tx.attempts.of_learner(learner_id(1))
        tx.attempts.append(first.id, Response(1, BEGUN + timedelta(hours=1), ResponseKind.SAVED, "c", 3))
        tx.attempts.append(first.id, Response(1, BEGUN + timedelta(hours=2), ResponseKind.HINT, 1))
    with filled.read() as tx:
        found = tx.answers.answers(Asked("k", "q"))
    assert found.responses[found.response[0]] == "c"
    assert found.certainty[0] == 3
    assert found.hinted.tolist() == [True] + [False] * 5


def test_dates_hold_for_when_it_was_handed_in(filled: UnitOfWork) -> None:
    noon = BEGUN + timedelta(hours=12)
    with filled.read() as tx:
        before, after = tx.answers.answers(Asked("k", "q", until=noon)), tx.answers.answers(Asked("k", "q", since=noon))
        assert list(tx.answers.by_day(Asked("k")).values()) == [1, 1]
        assert tx.answers.attempts(Asked("k", "q", since=noon)).passed.tolist() == [0]
    assert before.learners == (learner_id(1),)
    assert after.learners == (learner_id(2),)


def test_who_is_not_a_learner_of_the_cohort_now_is_left_out(filled: UnitOfWork) -> None:
    with filled.write() as tx:
        cohort(tx, 1, cohort_id="other")
        hand_in(tx, COURSE, "q", [1], lambda _w, _p, q: right(q), cohort_id="other")
        member = tx.memberships.get("k", learner_id(2))
        assert member is not None
        tx.memberships.put(replace(member, removed_at=BEGUN))
    with filled.read() as tx:
        assert tx.answers.answers(Asked("k", "q")).learners == (learner_id(1),)
        assert tx.answers.present(Asked("k")) == (learner_id(1),)
        assert [(q.quiz, q.learners, q.attempts) for q in tx.answers.quizzes(Asked("k"))] == [("q", 1, 1)]


def test_a_group_is_part_of_the_cohort(filled: UnitOfWork) -> None:
    with filled.write() as tx:
        tx.cohorts.add_group(Group("g", "k", "Evening", (learner_id(2),)))
    with filled.read() as tx:
        assert tx.answers.answers(Asked("k", "q", group="g")).learners == (learner_id(2),)
        assert tx.answers.attempts(Asked("k", "q", group="g")).learners == (learner_id(2),)


def test_running_attempts_and_later_rounds_are_left_out(filled: UnitOfWork) -> None:
    with filled.write() as tx:
        (first,) = tx.attempts.of_learner(learner_id(1))
        tx.attempts.add_slot(first.id, Slot(4, "one-0", COURSE.questions["one-0"].version, 1.0, again_of=1))
        running = replace(first, id=0, number=2, state=AttemptState.IN_PROGRESS, start_key="again", submit_key=None, submitted_at=None)
        tx.attempts.add(running, [Slot(1, "one-0", COURSE.questions["one-0"].version, 1.0)])
    with filled.read() as tx:
        assert len(tx.answers.answers(Asked("k", "q"))) == 6


def test_what_was_skipped_has_no_state(filled: UnitOfWork) -> None:
    with filled.write() as tx:
        (first,) = tx.attempts.of_learner(learner_id(1))
        slots = tx.attempts.slots(first.id)
        tx.attempts.save_slots(first.id, [replace(slots[0], skipped=True, state=None, score=None)])
    with filled.read() as tx:
        found = tx.answers.answers(Asked("k", "q"))
    assert found.state[0] == NONE
    assert np.isnan(found.score[0])


def test_nothing_handed_in_gives_empty_columns(uow: UnitOfWork) -> None:
    with uow.write() as tx:
        cohort(tx, 1)
    with uow.read() as tx:
        assert len(tx.answers.answers(Asked("k"))) == 0
        assert len(tx.answers.attempts(Asked("k"))) == 0
        assert len(tx.answers.tries(Asked("k")).score) == 0
        assert tx.answers.by_day(Asked("k")) == {}
        assert tx.answers.last_seen(Asked("k")) == {}


def test_tries_in_notebooks_and_who_did_what(filled: UnitOfWork) -> None:
    question = COURSE.questions["one-0"]
    with filled.write() as tx:
        tx.practice.append(Try(learner_id(2), BEGUN, "first", "intro", "one-0", question.version, None, 1, "b", 0.0, State.WRONG))
    with filled.read() as tx:
        found = tx.answers.tries(Asked("k"))
        assert (found.learners, found.questions, found.score.tolist()) == ((learner_id(2),), ("one-0",), [0.0])
        assert tx.answers.begun(Asked("k"), ["first"]) == {"first": 0}
