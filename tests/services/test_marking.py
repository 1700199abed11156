"""What a person must grade: a queue, a rubric, a second grader, and a result once the mark is final."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.content.model import QuizEntry
from course.errors import NotFound, Refused
from course.learning.attempts import AttemptState
from course.learning.moderation import Waiting
from course.learning.rulings import ActKind
from course.questions.base import State
from course.services.teach.marking import LOOKED_AGAIN
from tests.people import ANN, BEA, CAI
from tests.services.classroom import Classroom
from tests.services.corrected import RUBRIC, SIGNED, assert_recomputed, course, essay, keyed, stored, take, with_essay

ANSWER = "It blocks the open channel."
FULL, HALF, NONE = {"block": 3, "use": 1}, {"block": 2, "use": 0}, {"block": 0, "use": 0}


@pytest.fixture
def room(room: Classroom) -> Classroom:
    room.catalogue = with_essay()
    return room


@pytest.fixture
def attempt(room: Classroom) -> int:
    return take(room, ANN.id, "a", "b", ANSWER)


def test_answers_wait_in_the_order_they_were_handed_in(room: Classroom) -> None:
    attempts = [take(room, who, "a", "a", ANSWER) for who in (BEA.id, ANN.id)]
    queue = room.teach.queue()
    assert [(e.attempt, e.position, e.quiz, e.question, e.words, e.waiting) for e in queue.entries] == [
        (attempt, 3, "quiz", "why", 5, Waiting.FIRST_MARK) for attempt in attempts
    ]
    assert not any(who[:8] in repr(queue) for who in (ANN.id, BEA.id)), "graders need not know whose it is"
    assert room.teach.queue(quiz="elsewhere").entries == room.teach.queue(question="one").entries == ()
    assert len(room.teach.queue(quiz="quiz", question="why").entries) == 2


def test_the_queue_says_what_to_do_when_somebody_discloses(room: Classroom, attempt: int) -> None:
    for view in (room.teach.queue(), room.teach.essay(attempt, 3)):
        assert "emergency procedure" in view.advice
        assert "own use" in view.advice


def test_empty_skipped_and_running_answers_do_not_wait(room: Classroom) -> None:
    take(room, ANN.id, "a", "a", None)
    running = room.study.start(BEA.id, "quiz", "k")
    room.study.save(BEA.id, running, 3, ANSWER)
    assert room.teach.queue().entries == ()
    with pytest.raises(NotFound, match="handed in"):
        room.teach.essay(running, 3)


def test_an_answer_is_shown_with_its_rubric(room: Classroom, attempt: int) -> None:
    view = room.teach.essay(attempt, 3)
    assert (view.answer, view.stem, view.points) == (ANSWER, "Stem of why?", 4)
    assert [(c.id, c.points) for c in view.rubric] == [("block", 3), ("use", 1)]
    assert (view.marks, view.final) == ((), None)


def test_without_a_rubric_the_answer_is_marked_as_a_whole(room: Classroom) -> None:
    room.catalogue = course(keyed("one", "a"), essay(rubric=None))
    attempt = take(room, ANN.id, "a", ANSWER)
    assert [(c.id, c.points) for c in room.teach.essay(attempt, 2).rubric] == [("whole", 4)]
    room.teach.give(attempt, 2, {"whole": 3}, by="Ivo", apply=True)
    assert stored(room, attempt).points == 4


def test_marking_the_last_answer_gives_the_result(room: Classroom, attempt: int) -> None:
    assert stored(room, attempt).state is AttemptState.SUBMITTED
    room.wait(hours=1)
    report = room.teach.give(attempt, 3, {"block": 3, "use": 0.5}, comment="Say more on use.", by="Ivo", apply=True)
    assert (report.points, report.of, report.waiting) == (3.5, 4, Waiting.NOTHING)
    after = stored(room, attempt)
    assert (after.state, after.points, after.max, after.passed, after.graded_at) == (AttemptState.GRADED, 4.5, 6, True, room.now)
    with room.uow.read() as tx:
        slot = tx.attempts.slots(attempt)[2]
        assert tx.rulings.of_attempt(attempt) == (), "a result that comes is not a result that changed"
    assert (slot.score, slot.state) == (0.875, State.PARTIAL)
    assert room.teach.queue().entries == ()
    assert_recomputed(room)


def test_a_dry_run_stores_nothing(room: Classroom, attempt: int) -> None:
    report = room.teach.give(attempt, 3, FULL, by="Ivo")
    assert (report.points, report.changes.applied) == (4, False)
    assert report.changes.attempts[0].after.points == 5
    assert (stored(room, attempt).state, room.teach.essay(attempt, 3).marks) == (AttemptState.SUBMITTED, ())


def test_two_essays_wait_for_both_marks(room: Classroom) -> None:
    room.catalogue = course(essay(), essay(id="how"))
    attempt = take(room, ANN.id, ANSWER, "So.")
    room.teach.give(attempt, 1, FULL, by="Ivo", apply=True)
    assert (stored(room, attempt).state, [e.position for e in room.teach.queue().entries]) == (AttemptState.SUBMITTED, [2])
    room.teach.give(attempt, 2, NONE, by="Ivo", apply=True)
    assert (stored(room, attempt).points, stored(room, attempt).max) == (4, 8)
    assert_recomputed(room)


def test_marks_that_differ_wait_for_a_third(room: Classroom, attempt: int) -> None:
    room.teach.give(attempt, 3, FULL, by="Ivo", second=True, apply=True)
    assert room.teach.queue().entries[0].waiting is Waiting.SECOND_MARK
    assert stored(room, attempt).state is AttemptState.SUBMITTED
    room.teach.give(attempt, 3, HALF, by="Lea", apply=True)
    entry = room.teach.queue().entries[0]
    assert (entry.waiting, entry.graders) == (Waiting.DECIDING_MARK, ("Ivo", "Lea"))
    assert stored(room, attempt).state is AttemptState.SUBMITTED
    assert_recomputed(room)
    room.teach.give(attempt, 3, {"block": 3, "use": 0}, by="Max", apply=True)
    assert (stored(room, attempt).points, room.teach.queue().entries) == (4, ())
    assert_recomputed(room)


def test_a_second_mark_nearby_confirms_the_first(room: Classroom, attempt: int) -> None:
    room.teach.give(attempt, 3, FULL, by="Ivo", second=True, apply=True)
    room.teach.give(attempt, 3, {"block": 3, "use": 0.5}, by="Lea", apply=True)
    assert (stored(room, attempt).points, room.teach.queue().entries) == (5, ())


def test_a_result_that_was_seen_stands_until_somebody_decides(room: Classroom, attempt: int) -> None:
    room.teach.give(attempt, 3, FULL, by="Ivo", apply=True)
    room.teach.give(attempt, 3, NONE, by="Lea", apply=True)
    assert (stored(room, attempt).points, room.teach.queue().entries[0].waiting) == (5, Waiting.DECIDING_MARK)
    assert_recomputed(room)
    room.teach.give(attempt, 3, HALF, by="Max", apply=True)
    assert (stored(room, attempt).points, room.teach.queue().entries) == (3, ())
    (row,) = room.teach.history(attempt).rulings
    assert (row.kind, row.by, row.why, row.scores, row.before.points, row.after.points) == (
        ActKind.MARK,
        "Max",
        LOOKED_AGAIN,
        (1, 0.5),
        5,
        3,
    )
    assert_recomputed(room)


def test_a_grader_may_correct_their_own_mark_and_both_are_kept(room: Classroom, attempt: int) -> None:
    room.teach.give(attempt, 3, NONE, by="Ivo", apply=True)
    room.teach.give(attempt, 3, FULL, by=" ivo ", apply=True)
    assert stored(room, attempt).points == 5
    with room.uow.read() as tx:
        assert [(m.grader, m.share) for m in tx.rulings.marks(attempt)[3]] == [("Ivo", 0), ("Ivo", 1)]
    assert [m.share for m in room.teach.essay(attempt, 3).marks] == [1]


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ({"block": 3}, "`use` are missing"),
        ({"block": 3, "use": 1, "style": 1}, "no criterion `style`"),
        ({"block": 3.5, "use": 1}, "from 0 to 3 points"),
        ({"block": -1, "use": 1}, "from 0 to 3 points"),
        ({"block": float("nan"), "use": 1}, "from 0 to 3 points"),
    ],
)
def test_points_are_those_of_the_rubric(room: Classroom, attempt: int, points: dict[str, float], told: str) -> None:
    with pytest.raises(Refused, match=told):
        room.teach.give(attempt, 3, points, by="Ivo", apply=True)
    assert room.teach.essay(attempt, 3).marks == ()


def test_a_criterion_with_levels_takes_only_their_points(room: Classroom) -> None:
    levels = [{"points": 1, "text": "Names it"}, {"points": 3, "text": "Says why"}]
    room.catalogue = course(essay(rubric=[{"id": "block", "text": "The block", "points": 3, "levels": levels}, RUBRIC[1]]))
    attempt = take(room, ANN.id, ANSWER)
    assert room.teach.essay(attempt, 1).rubric[0].levels == ((1, "Names it"), (3, "Says why"))
    with pytest.raises(Refused, match="by its levels: 1, 3 points, not 2"):
        room.teach.give(attempt, 1, {"block": 2, "use": 0}, by="Ivo", apply=True)
    room.teach.give(attempt, 1, {"block": 1, "use": 0.5}, by="Ivo", apply=True)
    (item,) = room.study.result(ANN.id, attempt).items
    assert item.hand_mark is not None
    assert [(line.text, line.points) for line in item.hand_mark.lines] == [("The block (Names it)", 1), ("Says that use matters", 0.5)]


def test_a_mark_out_of_turn_is_refused(room: Classroom, attempt: int) -> None:
    with pytest.raises(Refused, match="--by NAME"):
        room.teach.give(attempt, 3, FULL, apply=True)
    with pytest.raises(Refused, match="too long"):
        room.teach.give(attempt, 3, FULL, by="Ivo", comment="c" * 4001)
    room.teach.give(attempt, 3, FULL, by="Ivo", apply=True)
    with pytest.raises(Refused, match="with the first mark only"):
        room.teach.give(attempt, 3, FULL, by="Lea", second=True)
    room.teach.give(attempt, 3, FULL, by="Lea", apply=True)
    with pytest.raises(Refused, match="nothing to decide"):
        room.teach.give(attempt, 3, FULL, by="Max")
    room.teach.give(attempt, 3, NONE, by="Lea", apply=True)
    room.teach.give(attempt, 3, HALF, by="Max", apply=True)
    with pytest.raises(Refused, match="only Max can change that"):
        room.teach.give(attempt, 3, FULL, by="Ivo")


def test_what_a_machine_grades_is_not_marked(room: Classroom, attempt: int) -> None:
    for position in (1, 9):
        with pytest.raises(NotFound, match="not one that a person grades"):
            room.teach.essay(attempt, position)
    with pytest.raises(NotFound, match="no attempt 999"):
        room.teach.essay(999, 1)
    empty = take(room, CAI.id, "a", "a", None)
    with pytest.raises(NotFound, match="no answer to mark"):
        room.teach.essay(empty, 3)


def test_a_withdrawn_question_needs_no_mark(room: Classroom, attempt: int) -> None:
    room.teach.give(attempt, 3, FULL, by="Ivo", apply=True)
    room.teach.give(attempt, 3, NONE, by="Lea", apply=True)
    room.teach.void("why", **SIGNED)
    assert room.teach.queue().entries == ()
    with pytest.raises(Refused, match="withdrawn"):
        room.teach.give(attempt, 3, FULL, by="Max")


def test_marked_answers_can_be_listed_for_a_sample(room: Classroom, attempt: int) -> None:
    room.teach.give(attempt, 3, FULL, by="Ivo", apply=True)
    (entry,) = room.teach.queue(everything=True).entries
    assert (entry.waiting, entry.graders) == (Waiting.NOTHING, ("Ivo",))


def test_passing_by_a_mark_completes_the_module(room: Classroom) -> None:
    room.read(ANN.id)
    attempt = take(room, ANN.id, "a", "a", ANSWER)
    assert room.study.progress(ANN.id).modules[0].completed_at is None
    room.teach.give(attempt, 3, FULL, by="Ivo", apply=True)
    assert room.study.progress(ANN.id).modules[0].completed_at == room.now


def test_an_essay_brought_from_another_quiz_weighs_what_it_weighs_here(room: Classroom) -> None:
    quizzes = dict(room.catalogue.course.quizzes)
    quizzes["quiz"] = replace(quizzes["quiz"], entries=(QuizEntry(essay(), 8.0, "quiz"),))
    room.catalogue = replace(room.catalogue, course=replace(room.catalogue.course, quizzes=quizzes))
    attempt = take(room, ANN.id, ANSWER)
    report = room.teach.give(attempt, 1, HALF, by="Ivo", apply=True)
    assert (report.points, report.of, stored(room, attempt).points) == (4, 8, 4)
