"""One attempt's grade, changed by a person with a reason, kept beside what the answers gave, and taken back."""

from __future__ import annotations

import pytest

from course.errors import NotFound, Refused
from course.learning.rulings import ActKind
from tests.people import ANN
from tests.services.classroom import Classroom
from tests.services.corrected import SIGNED, assert_recomputed, stored, take, three, with_essay


@pytest.fixture
def room(room: Classroom) -> Classroom:
    room.catalogue = three()
    return room


def test_a_grade_can_be_given_in_points_or_as_a_share(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    room.teach.override(attempt, points=2.4, **SIGNED)
    after = stored(room, attempt)
    assert (after.points, after.max, after.fraction, after.passed) == (pytest.approx(2.4), 3, pytest.approx(0.8), True)
    room.teach.override(attempt, share=0.5, **SIGNED)
    assert (stored(room, attempt).points, stored(room, attempt).passed) == (1.5, False)
    assert_recomputed(room)


def test_a_dry_run_stores_nothing(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    (change,) = room.teach.override(attempt, share=1).attempts
    assert (change.before.points, change.after.points, change.before.passed, change.after.passed) == (1, 3, False, True)
    assert stored(room, attempt).points == 1


def test_old_and_new_who_and_why_are_kept(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    room.teach.override(attempt, share=1, apply=True, by="Ivo", why="Ill that day.")
    room.wait(days=1)
    room.teach.remove_override(attempt, apply=True, by="Lea", why="It was another learner.")
    view = room.teach.history(attempt)
    assert [(r.kind, r.by, r.why, r.before.points, r.after.points, r.share) for r in view.rulings] == [
        (ActKind.OVERRIDE, "Ivo", "Ill that day.", 1, 3, 1),
        (ActKind.OVERRIDE_REMOVED, "Lea", "It was another learner.", 3, 1, None),
    ]
    assert (view.quiz, view.number, view.result.points) == ("quiz", 1, 1)
    assert_recomputed(room)


def test_a_changed_grade_stands_when_questions_are_graded_again_or_withdrawn(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.teach.override(attempt, share=0.5, **SIGNED)
    room.catalogue = three(key="b")
    room.teach.regrade("one", **SIGNED)
    assert (stored(room, attempt).points, stored(room, attempt).max) == (1.5, 3)
    room.teach.void("two", **SIGNED)
    assert (stored(room, attempt).points, stored(room, attempt).max) == (1, 2)
    assert_recomputed(room)
    room.teach.remove_override(attempt, **SIGNED)
    assert (stored(room, attempt).points, stored(room, attempt).max) == (2, 2)
    assert_recomputed(room)


def test_the_same_grade_again_adds_nothing(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    room.teach.override(attempt, share=0.9, **SIGNED)
    assert room.teach.override(attempt, share=0.9, **SIGNED).attempts == ()
    assert len(room.teach.history(attempt).rulings) == 1


@pytest.mark.parametrize("grade", [{"points": 3.1}, {"points": -1}, {"share": 1.01}, {"share": float("nan")}, {"points": float("inf")}])
def test_a_grade_lies_between_nothing_and_all_points(room: Classroom, grade: dict[str, float]) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    with pytest.raises(Refused, match="between 0 and 3 points"):
        room.teach.override(attempt, **grade)


def test_only_a_grade_that_exists_can_be_changed(room: Classroom) -> None:
    with pytest.raises(NotFound, match="no attempt 999"):
        room.teach.override(999, share=1)
    running = room.study.start(ANN.id, "quiz", "k")
    with pytest.raises(Refused, match="in progress"):
        room.teach.override(running, share=1)
    room.study.submit(ANN.id, running, "s")
    with pytest.raises(Refused, match="Nobody has changed"):
        room.teach.remove_override(running)
    room.catalogue = with_essay()
    waiting = take(room, ANN.id, "a", "a", "Because.")
    with pytest.raises(Refused, match="waiting for a person"):
        room.teach.override(waiting, share=1)


def test_one_grade_at_a_time(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    for grade in ({}, {"share": 1.0, "points": 2.0}):
        with pytest.raises(Refused, match="either as points or as a share"):
            room.teach.override(attempt, **grade)
