"""What an assignment does to the learner: windows, attempts, pass mark, extra time, order; exams; the list of what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from course.access.assignments import Late, LateKind, Target, TargetKind
from course.access.windows import Phase
from course.errors import NotFound, Refused
from course.learning.policy import Kind
from course.storage.stores.accounts import Account
from tests.factories import catalogue, cell, module, quiz, single_choice, small_course
from tests.people import ANN, BEA, CAI, GUS
from tests.services.classroom import Classroom
from tests.services.teaching import CHECK, FIRST, HERE, IVO, SECOND, assign, cohort_in

DAY = timedelta(days=1)


@pytest.fixture
def room(room: Classroom) -> Classroom:
    cohort_in(room)
    return room


def begin(room: Classroom, learner: str, quiz_id: str = "check-first") -> int:
    return room.study.start(learner, quiz_id, f"key-{room.seed}-{room.now:%d%H%M%S}")


def test_a_quiz_opens_and_closes_with_its_window(room: Classroom) -> None:
    assign(room, opens=room.now + DAY, due=room.now + 2 * DAY, closes=room.now + 3 * DAY)
    with pytest.raises(Refused, match=r"Week 1: hidden because it opens on Wednesday 4 November 2026, 12:00"):
        begin(room, ANN.id)
    assert not room.study.quiz(ANN.id, "check-first").may_begin
    assert room.study.home(ANN.id).due == ()
    room.wait(days=1)
    assert room.study.quiz(ANN.id, "check-first").assigned[0].startswith("Week 1: due on Thursday 5 November")
    room.take(ANN.id, "check-first", right=0)
    room.wait(days=2, seconds=1)
    with pytest.raises(Refused, match="closed since"):
        begin(room, ANN.id)
    assert begin(room, GUS.id), "whoever is not assigned studies as before"


def test_an_attempt_begun_before_the_close_runs_to_its_own_deadline(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=1200.0)
    assign(room, due=room.now + DAY, closes=room.now + DAY)
    room.wait(hours=23, minutes=59)
    attempt = begin(room, BEA.id)
    room.wait(minutes=25)
    assert room.study.attempt(BEA.id, attempt).seconds_left == 5 * 60, "half as much time again: thirty minutes"
    assert begin(room, BEA.id) == attempt, "it is resumed, though the window is closed"
    room.answer(BEA.id, attempt)
    assert room.study.submit(BEA.id, attempt, "key").fraction == 1.0


def test_an_extension_takes_the_close_along_for_one_person(room: Classroom) -> None:
    one = assign(room, due=room.now + DAY, closes=room.now + 2 * DAY)
    assert room.classes.extend(IVO, HERE, one, [ANN.id], due=room.now + 5 * DAY) == 1
    room.wait(days=5, hours=12)
    assert begin(room, ANN.id)
    with pytest.raises(Refused):
        begin(room, BEA.id)


def test_attempts_and_pass_mark_are_the_assignments(room: Classroom) -> None:
    one = assign(room, attempts=1, pass_mark=0.3)
    assert room.study.quiz(ANN.id, "check-first").attempts_left == 1
    assert room.study.quiz(ANN.id, "check-first").pass_mark == 0.3
    attempt = room.take(ANN.id, "check-first", right=1)
    assert room.study.result(ANN.id, attempt).passed is True
    with pytest.raises(Refused, match="used your attempt"):
        begin(room, ANN.id)
    room.classes.extend(IVO, HERE, one, [ANN.id], attempts=1)
    assert begin(room, ANN.id)
    assert room.study.quiz(GUS.id, "check-first").attempts_left == 3


def test_the_required_order_locks_what_comes_later(room: Classroom) -> None:
    assign(room, SECOND, CHECK, in_order=True)
    with pytest.raises(Refused, match="First do “Module second”"):
        begin(room, ANN.id)
    (due,) = room.study.home(ANN.id).due
    assert [(i.title, i.done, i.locked) for i in due.items] == [
        ("Module second", False, ""),
        ("Quiz check-first", False, "Finish “Module second” first."),
    ]
    room.read(ANN.id, "second")
    assert begin(room, ANN.id)
    (due,) = room.study.home(ANN.id).due
    assert [i.done for i in due.items] == [True, False]


def test_only_those_it_goes_to_have_it(room: Classroom) -> None:
    assign(room, closes=room.now + DAY, targets=(Target(TargetKind.GROUP, "g1"), Target(TargetKind.PERSON, CAI.id)))
    assert [len(room.study.home(p.id).due) for p in (ANN, BEA, CAI, GUS)] == [1, 1, 1, 0]
    with room.uow.write() as tx:
        tx.cohorts.drop_group("g1")
    assert [len(room.study.home(p.id).due) for p in (ANN, BEA, CAI, GUS)] == [0, 0, 1, 0]


def test_who_is_exempt_may_still_do_it_after_the_close(room: Classroom) -> None:
    one = assign(room, due=room.now + DAY, closes=room.now + DAY)
    assert room.classes.exempt(IVO, HERE, one, [ANN.id]) == 1
    room.wait(days=2)
    assert begin(room, ANN.id)
    assert room.study.home(ANN.id).due[0].phase is Phase.EXEMPT


def test_home_lists_what_is_due_in_the_readers_own_time_zone(room: Classroom) -> None:
    assign(room, FIRST, due=datetime(2026, 11, 9, 11, 30, tzinfo=UTC))
    room.classes.announce(IVO, HERE, "Room 4", "We meet in *room 4*.")
    home = room.study.home(BEA.id)
    assert home.due[0].words[0] == "Due on Tuesday 10 November 2026, 00:30."
    assert room.study.home(BEA.id, ZoneInfo("Europe/Zurich")).due[0].words[0] == "Due on Monday 9 November 2026, 12:30."
    assert [(a.cohort, a.title) for a in home.announcements] == [("Group B", "Room 4")]
    assert room.study.home(GUS.id).announcements == ()


def test_of_what_is_done_home_says_when_it_was_due_and_not_what_it_would_cost(room: Classroom) -> None:
    assign(room, SECOND, due=room.now + DAY)
    room.read(ANN.id, "second")
    room.wait(days=2)
    done, open_ = (room.study.home(p.id).due[0] for p in (ANN, BEA))
    assert [d.done for d in (done, open_)] == [True, False]
    assert [w.partition(" on ")[0] for w in done.words] == ["It was due"]
    assert open_.words[0].startswith("Late: it was due on")


def test_what_withdrew_or_is_long_past_leaves_the_list(room: Classroom) -> None:
    assign(room, FIRST, due=room.now + DAY)
    gone = assign(room, SECOND, title="Week 2")
    room.classes.withdraw(IVO, HERE, gone)
    assert [d.title for d in room.study.home(ANN.id).due] == ["Week 1"]
    room.wait(days=20)
    assert room.study.home(ANN.id).due == ()


def exam_course() -> object:
    questions = [single_choice(f"x-{n}") for n in range(2)]
    return catalogue([module("first", [cell("intro")])], [quiz("final", questions, Kind.EXAM)])


def test_an_assigned_exam_is_closed_to_guests_and_second_profiles(room: Classroom) -> None:
    room.catalogue = exam_course()  # type: ignore[assignment]
    assert begin(room, GUS.id, "final"), "nobody was assigned it: an exam as any"
    assign(room, replace(CHECK, id="final"))
    for stranger in (GUS.id, None):
        assert not room.study.quiz(stranger, "final").may_begin or room.study.quiz(stranger, "final").running
    room.wait(days=40)
    with pytest.raises(Refused, match="only to those to whom it is assigned"):
        begin(room, GUS.id, "final")
    with pytest.raises(Refused, match="Sign in with your account"):
        begin(room, ANN.id, "final")
    with room.uow.write() as tx:
        tx.accounts.add(Account(ANN.id, "ann", room.now))
    assert begin(room, ANN.id, "final")


def test_an_exams_key_is_shown_once_nobody_can_take_it_any_more(room: Classroom) -> None:
    room.catalogue = exam_course()  # type: ignore[assignment]
    one = assign(room, replace(CHECK, id="final"), due=room.now + DAY, late=Late(LateKind.REFUSED), attempts=1)
    with room.uow.write() as tx:
        tx.accounts.add(Account(ANN.id, "ann", room.now))
    attempt = room.take(ANN.id, "final")
    assert room.study.result(ANN.id, attempt).items == ()
    room.classes.extend(IVO, HERE, one, [BEA.id], due=room.now + 3 * DAY)
    room.wait(days=2)
    assert room.study.result(ANN.id, attempt).items == (), "Bea can still take it"
    room.wait(days=2)
    assert room.study.result(ANN.id, attempt).items != ()


def test_the_calendar_says_when_and_nothing_of_what(room: Classroom) -> None:
    one = assign(room, title="Ketamine week", opens=room.now + DAY, due=room.now + 2 * DAY, closes=room.now + 3 * DAY)
    room.classes.extend(IVO, HERE, one, [ANN.id], due=room.now + 4 * DAY)
    assert not room.study.has_calendar(ANN.id)
    room.study.make_calendar(ANN.id, "first-token")
    room.study.make_calendar(ANN.id, "second-token")
    feed = room.study.calendar("second-token", "course.example.org").decode()
    assert [line for line in feed.split("\r\n") if line.startswith("DTSTART")] == [
        "DTSTART:20261104T120000Z", "DTSTART:20261107T120000Z", "DTSTART:20261108T120000Z"
    ]  # fmt: skip
    assert "ketamine" not in feed.lower()
    assert "Week" not in feed
    assert "X-WR-CALNAME:Health course" in feed
    for token in ("first-token", "", "guess"):
        with pytest.raises(NotFound):
            room.study.calendar(token, "h")
    room.study.drop_calendar(ANN.id)
    with pytest.raises(NotFound):
        room.study.calendar("second-token", "h")
