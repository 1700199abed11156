"""The learner's own page and the progress page."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from course.errors import NotFound, Refused
from course.learning.continuing import StepKind
from course.learning.policy import Kind, Unlock
from course.learning.progress import ModuleState
from tests.factories import catalogue, cell, module, quiz, single_choice, small_course
from tests.people import ANN, BEA, CAI
from tests.services.classroom import Classroom
from tests.services.corrected import take, with_essay


def test_a_guest_is_offered_the_opening_test_and_the_first_cell(room: Classroom) -> None:
    view = room.study.home(None)
    assert (view.name, view.started, view.scores, view.minutes_this_week) == (None, False, (), 0)
    assert (view.next_step.kind, view.next_step.quiz) == (StepKind.PRETEST, "opening")
    assert view.next_step.reason
    assert view.continue_at is not None
    assert (view.continue_at.eyebrow, view.continue_at.place.cell, view.continue_at.minutes_left) == ("Module 1, cell 1 of 5", "intro", 8)
    assert [(m.words, m.state, m.total) for m in view.modules] == [
        ("Not started", ModuleState.NOT_STARTED, 4),
        ("Not started", ModuleState.NOT_STARTED, 1),
    ]
    assert view.pretest is not None
    assert (view.pretest.quiz, view.pretest.taken, view.pretest.may_begin) == ("opening", False, True)


def test_reading_goes_on_where_it_stopped(room: Classroom) -> None:
    room.open(ANN.id, "first", "intro")
    room.practise(ANN.id, "first", "ask", "b")
    view = room.study.home(ANN.id)
    assert (view.name, view.started) == ("Ann", True)
    assert view.continue_at is not None
    assert (view.continue_at.place.cell, view.continue_at.place.number, view.continue_at.minutes_left) == ("more", 3, 4)
    assert view.modules[0].words == "2 of 4 cells"
    assert view.next_step.kind is StepKind.READ


def test_who_stopped_in_the_second_module_goes_on_there(room: Classroom) -> None:
    room.catalogue = catalogue([module("first", [cell("one")]), module("second", [cell("two"), cell("three")], number=2)], [])
    room.open(ANN.id, "second", "two")
    there = room.study.home(ANN.id).continue_at
    assert there is not None
    assert (there.place.module, there.place.cell) == ("second", "three")


def test_a_running_attempt_is_the_next_step(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "opening", "k")
    step = room.study.home(ANN.id).next_step
    assert (step.kind, step.attempt) == (StepKind.FINISH_ATTEMPT, attempt)
    assert room.study.home(ANN.id).pretest is not None


def test_results_are_listed_in_order_of_time(room: Classroom) -> None:
    room.take(ANN.id, "check-first", right=1)
    room.wait(days=1)
    room.take(ANN.id, "check-first")
    room.take(ANN.id, "opening", right=1)
    view = room.study.home(ANN.id)
    assert [(p.title, round(p.fraction, 2), p.passed) for p in view.scores] == [
        ("Quiz check-first", 0.33, False),
        ("Quiz check-first", 1.0, True),
        ("Quiz opening", 0.5, False),
    ]
    assert view.pretest is not None
    assert (view.pretest.taken, view.pretest.may_begin, view.pretest.fraction) == (True, False, 0.5)


def test_a_finished_course_says_so(room: Classroom) -> None:
    room.read(ANN.id)
    room.take(ANN.id, "check-first")
    room.read(ANN.id, "second")
    assert room.study.home(ANN.id).next_step.kind is StepKind.POSTTEST
    room.take(ANN.id, "closing")
    view = room.study.home(ANN.id)
    assert (view.next_step.kind, view.continue_at) == (StepKind.ALL_DONE, None)
    assert [m.words for m in view.modules] == ["Done, checkpoint 3 of 3", "Done"]


def test_a_checkpoint_without_attempts_left_holds_nobody_up(room: Classroom) -> None:
    room.read(ANN.id)
    for _ in range(3):
        room.take(ANN.id, "check-first", right=0)
    view = room.study.home(ANN.id)
    assert view.continue_at is not None
    assert view.continue_at.place.module == "second"


def test_minutes_are_told_by_the_learners_own_day(room: Classroom) -> None:
    room.now = datetime(2026, 11, 3, 10, 57, tzinfo=UTC)  # 23:57 in Auckland
    for cell_id in ("intro", "more", "extra"):
        room.open(BEA.id, "first", cell_id)
        room.wait(minutes=4)
    days = dict(room.study.home(BEA.id).by_day)
    assert len(days) == 84
    assert (days[date(2026, 11, 3)], days[date(2026, 11, 4)]) == (4, 4)
    assert room.study.home(BEA.id).minutes_this_week == 8


def test_answers_in_quizzes_are_time_spent_too(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    for position in (1, 2, 3):
        room.wait(minutes=3)
        room.study.save(ANN.id, attempt, position, "a")
    assert room.study.home(ANN.id).minutes_this_week == 9


def test_clinicians_count_the_same_cells(room: Classroom) -> None:
    room.open(CAI.id, "first", "intro", "dose")
    assert room.study.home(CAI.id).modules[0].words == "1 of 4 cells"


def test_progress_counts_first_tries_alone(room: Classroom) -> None:
    room.practise(ANN.id, "first", "ask", "b")
    room.practise(ANN.id, "first", "ask", "a")
    room.take(ANN.id, "check-first", right=2)
    room.take(ANN.id, "check-first", right=3)
    aim = room.study.progress(ANN.id).objectives[0]
    assert (aim.right, aim.answered, aim.questions) == (2, 4, 6)


def test_progress_lists_modules_and_attempts(room: Classroom) -> None:
    room.read(ANN.id)
    room.take(ANN.id, "check-first", right=1)
    room.take(ANN.id, "check-first")
    view = room.study.progress(ANN.id)
    first = view.modules[0]
    assert (first.card.words, first.completed_at, first.minutes) == ("Done, checkpoint 3 of 3", room.now, 4)
    assert [(a.number, a.points) for a in view.attempts] == [(2, 3.0), (1, 1.0)]
    assert view.minutes >= first.minutes


def test_a_guests_progress_is_empty(room: Classroom) -> None:
    view = room.study.progress(None)
    assert (view.attempts, view.minutes, [o.answered for o in view.objectives]) == ((), 0, [0])


def test_attempts_are_taken_away_as_a_table(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=600.0)
    room.take(ANN.id, "check-first", right=2)
    room.study.start(ANN.id, "check-first", "open")
    rows = list(csv.DictReader(io.StringIO(room.study.attempts_csv(ANN.id).decode())))
    assert [(r["quiz"], r["attempt"], r["state"], r["points"], r["max"], r["fraction"], r["passed"]) for r in rows] == [
        ("check-first", "1", "graded", "2", "3", "0.6667", "no"),
        ("check-first", "2", "in_progress", "", "", "", ""),
    ]
    assert rows[0]["started_at"] == "2026-11-03T12:00:00+00:00"
    assert room.study.attempts_csv(BEA.id).count(b"\n") == 1
    with pytest.raises(NotFound):
        room.study.attempts_csv(None)


def test_a_follow_up_opens_some_time_after_the_closing_test(room: Classroom) -> None:
    test = [single_choice("t-one"), single_choice("t-two")]
    later = quiz("later", test, Kind.FOLLOWUP, attempts=1, unlock=(Unlock(handed_in="closing", after=30 * 86_400),))
    room.catalogue = catalogue([module("first", [cell("one")])], [quiz("closing", test, Kind.POSTTEST), later])
    assert room.study.home(ANN.id).followups == ()
    assert room.study.quiz(ANN.id, "later").reasons == ("Hand in “Quiz closing” first.",)
    room.take(ANN.id, "closing", right=0)
    opens = room.now + timedelta(days=30)
    (shown,) = room.study.home(ANN.id).followups
    assert (shown.quiz, shown.may_begin, shown.opens_at, shown.questions) == ("later", False, opens, 2)
    intro = room.study.quiz(ANN.id, "later")
    assert (intro.may_begin, intro.reasons, intro.wait_until) == (False, ("It opens in 30 days.",), opens)
    with pytest.raises(Refused, match="opens in 30 days"):
        room.study.start(ANN.id, "later", "early")
    room.wait(days=30)
    view = room.study.home(ANN.id)
    assert (view.next_step.kind, view.next_step.quiz) == (StepKind.FOLLOWUP, "later")
    room.take(ANN.id, "later")
    view = room.study.home(ANN.id)
    assert [(t.taken, t.fraction) for t in view.followups] == [(True, 1.0)]
    assert view.next_step.kind is not StepKind.FOLLOWUP


def test_home_says_what_a_person_marks_and_has_marked(room: Classroom) -> None:
    room.catalogue = with_essay()
    first, second = (take(room, ANN.id, "a", "a", "It blocks.") for _ in range(2))
    take(room, BEA.id, "a", "a", "It blocks too.")
    waiting = room.study.home(ANN.id).by_hand
    assert [(one.attempt, one.marked_at) for one in waiting] == [(first, None), (second, None)]
    room.wait(days=1)
    room.teach.give(second, 3, {"block": 3, "use": 1}, by="Ivo", apply=True)
    assert [(one.attempt, one.marked_at) for one in room.study.home(ANN.id).by_hand] == [(second, room.now), (first, None)]
    room.wait(days=14)
    assert [one.attempt for one in room.study.home(ANN.id).by_hand] == [first], "old news leave"
    assert room.study.home(None).by_hand == ()


def test_what_a_machine_grades_is_no_news_of_marking(room: Classroom) -> None:
    room.take(ANN.id, "check-first")
    assert room.study.home(ANN.id).by_hand == ()
