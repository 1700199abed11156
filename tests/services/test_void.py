"""A withdrawn question counts for nobody: as if it had not been presented, until that is undone."""

from __future__ import annotations

import pytest

from course.errors import NotFound, Refused
from course.learning.attempts import AttemptState
from course.learning.policy import Behaviour
from course.learning.rulings import ActKind
from course.services.teach.views import Effect
from tests.people import ANN, BEA, CAI
from tests.services.classroom import Classroom
from tests.services.corrected import SIGNED, assert_recomputed, course, keyed, stored, take, three, with_essay


@pytest.fixture
def room(room: Classroom) -> Classroom:
    room.catalogue = three()
    return room


def test_a_dry_run_says_who_moves_and_stores_nothing(room: Classroom) -> None:
    right, wrong = take(room, ANN.id, "a", "a", "b"), take(room, BEA.id, "b", "a", "a")
    report = room.teach.void("one")
    moves = {one.attempt: (one.effect, one.before.points, one.before.max, one.after.points, one.after.max) for one in report.attempts}
    assert moves == {right: (Effect.LOSES, 2, 3, 1, 2), wrong: (Effect.GAINS, 2, 3, 2, 2)}
    assert (stored(room, right).max, stored(room, wrong).max) == (3, 3)


def test_it_leaves_points_and_maximum_in_every_attempt(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.teach.void("one", **SIGNED)
    after = stored(room, attempt)
    assert (after.points, after.max, after.passed) == (2, 2, True)
    with room.uow.read() as tx:
        (row,) = tx.rulings.of_attempt(attempt)
        slot = tx.attempts.slots(attempt)[0]
    assert (row.kind, row.position, row.scores, row.by, row.why) == (ActKind.VOID, 1, (0, None), "Ivo", "The key was wrong.")
    assert (slot.score, slot.state) == (None, None)
    assert_recomputed(room)


def test_it_holds_for_attempts_that_are_handed_in_later(room: Classroom) -> None:
    running = room.study.start(ANN.id, "quiz", "k")
    room.study.save(ANN.id, running, 1, "a")
    take(room, CAI.id, "b", "a", "a")
    assert room.teach.void("one", **SIGNED).open == 1
    room.study.submit(ANN.id, running, "s")
    begun_later = take(room, BEA.id, "b", "a", "a")
    assert (stored(room, running).max, stored(room, begun_later).max) == (2, 2)
    assert_recomputed(room)


def test_a_version_written_afterwards_counts(room: Classroom) -> None:
    old = take(room, ANN.id, "b", "a", "a")
    room.teach.void("one", **SIGNED)
    room.catalogue = three(key="b")
    new = take(room, BEA.id, "b", "a", "a")
    assert (stored(room, old).max, stored(room, new).max) == (2, 3)


def test_running_it_again_changes_nothing_more(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.teach.void("one", **SIGNED)
    assert room.teach.void("one", **SIGNED).attempts == ()
    with room.uow.read() as tx:
        assert len(tx.rulings.of_attempt(attempt)) == 1
        assert len(tx.rulings.voids_of("one")) == 1


def test_undoing_it_brings_everything_back(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    before = stored(room, attempt)
    room.teach.void("one", **SIGNED)
    report = room.teach.void("one", undo=True, **SIGNED)
    assert report.attempts[0].effect is Effect.LOSES, "the pass is lost again"
    assert stored(room, attempt) == before
    with room.uow.read() as tx:
        assert [row.kind for row in tx.rulings.of_attempt(attempt)] == [ActKind.VOID, ActKind.UNVOID]
    assert_recomputed(room)


def test_a_question_that_was_graded_again_can_be_withdrawn_and_brought_back(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = three(key="b")
    room.teach.regrade("one", **SIGNED)
    room.teach.void("one", **SIGNED)
    assert stored(room, attempt).max == 2
    assert_recomputed(room)
    room.teach.void("one", undo=True, **SIGNED)
    assert (stored(room, attempt).points, stored(room, attempt).max) == (3, 3), "by the mended key"
    assert_recomputed(room)


def test_when_nothing_is_left_to_count_it_is_said(room: Classroom) -> None:
    room.catalogue = course(keyed("one", "a"))
    attempt = take(room, ANN.id, "b")
    report = room.teach.void("one", **SIGNED)
    assert report.nothing_counts == 1
    assert (stored(room, attempt).fraction, stored(room, attempt).passed) == (None, None)


def test_withdrawing_an_essay_that_nobody_marked_gives_the_result(room: Classroom) -> None:
    room.catalogue = with_essay()
    attempt = take(room, ANN.id, "a", "a", "Because.")
    assert stored(room, attempt).state is AttemptState.SUBMITTED
    assert len(room.teach.queue().entries) == 1
    room.teach.void("why", **SIGNED)
    assert (stored(room, attempt).state, stored(room, attempt).points, stored(room, attempt).max) == (AttemptState.GRADED, 2, 2)
    assert room.teach.queue().entries == ()
    room.teach.void("why", undo=True, **SIGNED)
    assert [e.question for e in room.teach.queue().entries] == ["why"]
    assert_recomputed(room)


def test_rounds_of_a_withdrawn_question_do_not_count_either(room: Classroom) -> None:
    room.catalogue = course(keyed("one", "a"), keyed("two", "a"), behaviour=Behaviour.MASTERY, mastery=(2, 3))
    attempt = room.study.start(ANN.id, "quiz", "k")
    for position in (1, 2):
        room.study.check(ANN.id, attempt, position, "a")
    room.study.submit(ANN.id, attempt, "s")
    assert stored(room, attempt).max == 2
    room.teach.void("one", **SIGNED)
    assert stored(room, attempt).max == 1
    assert_recomputed(room)


def test_a_question_that_nobody_was_asked_is_said(room: Classroom) -> None:
    with pytest.raises(NotFound, match="Nobody has been asked"):
        room.teach.void("one")


def test_nothing_is_withdrawn_without_a_name_and_a_reason(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    for sign in ({"by": "", "why": "w"}, {"by": "Ivo", "why": ""}):
        with pytest.raises(Refused):
            room.teach.void("one", apply=True, **sign)
    assert stored(room, attempt).max == 3
