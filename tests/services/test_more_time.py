"""More time for somebody whose attempt runs: later at once, never earlier, and written down."""

from __future__ import annotations

from datetime import timedelta

import pytest

from course.access.permissions import Action
from course.learning.attempts import AttemptState
from course.services.people import Caller
from course.services.people.merging import merge
from tests.factories import small_course
from tests.people import ANN, BEA, GUS
from tests.services.classroom import Classroom
from tests.services.teaching import HERE, IVO, audited, cohort_in
from tests.services.townhall import Townhall

MINUTES = 20
TEACHER = Caller(IVO)


@pytest.fixture
def room(room: Classroom) -> Classroom:
    cohort_in(room)
    room.catalogue = small_course(time_limit=MINUTES * 60.0, grace=60.0)
    return room


@pytest.fixture
def town(room: Classroom) -> Townhall:
    return Townhall(room.uow, room.now)


def give(room: Classroom, town: Townhall, factor: float, learner: str = ANN.id) -> int:
    town.now = room.now
    return town.cohorts.set_extra_time(TEACHER, HERE, [learner], factor).running


def left(room: Classroom, attempt: int, learner: str = ANN.id) -> int | None:
    return room.study.attempt(learner, attempt).seconds_left


def test_a_running_attempt_ends_later_at_once(room: Classroom, town: Townhall) -> None:
    attempt = room.study.start(ANN.id, "check-first", "key")
    room.wait(minutes=5)
    assert give(room, town, 1.5) == 1
    assert left(room, attempt) == 25 * 60
    room.wait(minutes=20)
    room.answer(ANN.id, attempt)
    assert room.study.submit(ANN.id, attempt, "end").fraction == 1.0
    about = [line for line in town.cohorts.audit(TEACHER, HERE).lines if line.about == f"Ann, attempt {attempt}"]
    assert [line.change for line in about] == ["ends: 2026-11-03 12:20 UTC to 2026-11-03 12:30 UTC"]
    assert [action for action, *_ in audited(room)].count(Action.MEMBER_EXTRA_TIME) == 2


def test_less_extra_time_takes_nothing_from_what_runs(room: Classroom, town: Townhall) -> None:
    attempt = room.study.start(BEA.id, "check-first", "key")
    assert give(room, town, 1.0, BEA.id) == 0
    assert left(room, attempt, BEA.id) == 30 * 60
    room.study.submit(BEA.id, attempt, "end")
    following = room.study.start(BEA.id, "check-first", "next")
    assert left(room, following, BEA.id) == MINUTES * 60


def test_in_the_grace_the_attempt_runs_again_and_afterwards_it_stays_handed_in(room: Classroom, town: Townhall) -> None:
    attempt = room.study.start(ANN.id, "check-first", "key")
    room.wait(minutes=MINUTES, seconds=30)
    assert room.study.attempt(ANN.id, attempt).state is AttemptState.OVERDUE
    assert give(room, town, 1.25) == 1
    view = room.study.attempt(ANN.id, attempt)
    assert (view.state, view.seconds_left) == (AttemptState.IN_PROGRESS, 5 * 60 - 30)
    room.wait(minutes=10)
    assert give(room, town, 5.0) == 0
    assert room.study.attempt(ANN.id, attempt).over


def test_an_untimed_attempt_and_other_people_are_left_alone(room: Classroom, town: Townhall) -> None:
    others = room.study.start(BEA.id, "check-first", "key")
    room.catalogue = small_course()
    room.study.start(ANN.id, "check-first", "key")
    assert give(room, town, 2.0) == 0
    assert left(room, others, BEA.id) == 30 * 60


def test_a_roster_and_coming_in_reach_what_runs_too(room: Classroom, town: Townhall) -> None:
    attempt = room.study.start(ANN.id, "check-first", "key")
    town.cohorts.import_roster(TEACHER, HERE, b"name,email,id,extra_time\nAnn,,s-Ann,1.5\n", apply=True)
    assert left(room, attempt) == 30 * 60

    guests = room.study.start(GUS.id, "check-first", "key")
    member = town.cohorts.add(TEACHER, HERE, name="Guy")
    give(room, town, 2.0, member.learner)
    person = town.somebody("guy")
    with room.uow.write() as tx:
        merge(town.desk, tx, GUS.id, person.learner or "")
    assert left(room, guests, person.learner or "") == MINUTES * 60
    sent = town.cohorts.invite_members(TEACHER, HERE, [member.learner])[member.learner]
    town.people.accept(sent.token, person.learner or "")
    assert left(room, guests, person.learner or "") == 2 * MINUTES * 60


@pytest.mark.parametrize("minutes", [0, 19])
def test_the_end_is_counted_from_the_beginning(room: Classroom, town: Townhall, minutes: int) -> None:
    begun = room.now
    attempt = room.study.start(ANN.id, "check-first", "key")
    room.wait(minutes=minutes)
    give(room, town, 2.0)
    assert room.study.attempt(ANN.id, attempt).ends_at == begun + timedelta(minutes=2 * MINUTES)
