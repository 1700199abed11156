"""A learner reads that a result changed, when and why; what was withdrawn; and what a grader gave once it is final."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.learning.policy import Kind, Moment, default_reveal
from course.questions.base import State
from tests.people import ANN, BEA
from tests.services.classroom import Classroom
from tests.services.corrected import SIGNED, course, essay, keyed, take, three, with_essay

ANSWER = "It blocks the open channel."
HIDDEN = replace(default_reveal(Kind.CHECKPOINT), score=Moment.NEVER, correctness=Moment.NEVER, feedback=Moment.NEVER)


@pytest.fixture
def room(room: Classroom) -> Classroom:
    room.catalogue = three()
    return room


def test_a_result_that_never_changed_says_nothing(room: Classroom) -> None:
    result = room.study.result(ANN.id, take(room, ANN.id, "b", "a", "a"))
    assert result.notices == ()
    assert {(item.notice, item.hand_mark) for item in result.items} == {("", None)}


def test_a_regrade_says_when_and_why_and_what_it_was(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = three(key="b")
    room.wait(days=1)
    room.teach.regrade("one", **SIGNED)
    result = room.study.result(ANN.id, attempt)
    assert result.notices == ("This result changed on 4 November 2026: The key was wrong. It was 2 of 3, not passed before.",)
    assert [item.notice for item in result.items] == [
        "Graded again on 4 November 2026: The key was wrong. It gave 0 of 1 before.",
        "",
        "",
    ]


def test_what_is_looked_back_at_is_judged_by_the_mended_key(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = three(key="b")
    room.teach.regrade("one", **SIGNED)
    item = room.study.result(ANN.id, attempt).items[0]
    assert (item.review.state, item.points) == (State.RIGHT, 1)
    assert [line.text for line in item.review.lines if line.key] == ["Option b of one"]
    assert [option.id for option in item.question.controls[0].options] == ["a", "b", "c", "d"]  # type: ignore[attr-defined]


def test_whoever_keeps_the_result_reads_nothing(room: Classroom) -> None:
    attempt = take(room, ANN.id, "c", "a", "a")
    room.catalogue = three(key="b")
    room.teach.regrade("one", **SIGNED)
    result = room.study.result(ANN.id, attempt)
    assert (result.notices, result.items[0].notice) == ((), "")


def test_one_act_on_two_questions_is_one_notice_and_two_acts_are_two_the_latest_first(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "b", "a")
    room.catalogue = course(keyed("one", "b"), keyed("two", "b"), keyed("three", "a"))
    room.teach.regrade(quiz="quiz", **SIGNED)
    assert len(room.study.result(ANN.id, attempt).notices) == 1
    room.wait(days=1)
    room.teach.override(attempt, share=0.5, apply=True, by="Lea", why="Late without a reason")
    notices = room.study.result(ANN.id, attempt).notices
    assert [n.split(": ")[1] for n in notices] == [
        "Late without a reason. It was 3 of 3, passed before.",
        "The key was wrong. It was 1 of 3, not passed before.",
    ]


def test_the_day_is_the_learners_own(room: Classroom) -> None:
    attempt = take(room, BEA.id, "b", "a", "a")
    room.catalogue = three(key="b")
    room.teach.regrade("one", **SIGNED)
    assert "4 November 2026" in room.study.result(BEA.id, attempt).notices[0], "it is past midnight in Auckland"


def test_a_withdrawn_question_says_so_and_teaches_no_key(room: Classroom) -> None:
    attempt = take(room, ANN.id, "b", "a", "a")
    room.teach.void("one", **SIGNED)
    result = room.study.result(ANN.id, attempt)
    item = result.items[0]
    assert item.notice == "Withdrawn on 3 November 2026: The key was wrong. It does not count."
    assert (item.points, item.review.state, item.review.explanation, item.review.comments) == (None, None, "", ())
    assert not any(line.key for line in item.review.lines)
    assert [line.text for line in item.review.lines if line.chosen] == ["Option b of one"]
    assert [(o.right, o.answered) for o in result.by_objective] == [(2, 2)]
    assert result.notices[0].endswith("It was 2 of 3, not passed before.")


def test_a_question_withdrawn_before_handing_in_says_so_without_a_changed_result(room: Classroom) -> None:
    take(room, BEA.id, "b", "a", "a")
    room.teach.void("one", **SIGNED)
    result = room.study.result(ANN.id, take(room, ANN.id, "b", "a", "a"))
    assert (result.notices, result.max) == ((), 2)
    assert result.items[0].notice.startswith("Withdrawn on 3 November 2026")


def test_a_score_that_may_not_be_shown_is_not_told_by_its_change(room: Classroom) -> None:
    room.catalogue = three(reveal=HIDDEN)
    attempt = take(room, ANN.id, "b", "a", "a")
    room.catalogue = three(key="b", reveal=HIDDEN)
    room.teach.regrade("one", **SIGNED)
    result = room.study.result(ANN.id, attempt)
    assert result.notices == ("This result changed on 3 November 2026: The key was wrong.",)
    assert [item.notice for item in result.items] == ["", "", ""]


class TestMarksByHand:
    @pytest.fixture
    def attempt(self, room: Classroom) -> int:
        room.catalogue = with_essay()
        return take(room, ANN.id, "a", "a", ANSWER)

    def test_before_the_mark_the_result_waits(self, room: Classroom, attempt: int) -> None:
        result = room.study.result(ANN.id, attempt)
        assert (result.pending, result.points, result.items[2].hand_mark, result.items[2].review.state) == (True, None, None, State.MANUAL)

    def test_the_final_mark_shows_points_rubric_and_comment_and_no_name(self, room: Classroom, attempt: int) -> None:
        room.teach.give(attempt, 3, {"block": 3, "use": 0.5}, comment="Say more on use.", by="Ivo", apply=True)
        result = room.study.result(ANN.id, attempt)
        given = result.items[2].hand_mark
        assert given is not None
        assert (given.points, given.of, given.comment, given.note) == (3.5, 4, "Say more on use.", "")
        assert [(line.text, line.points, line.of) for line in given.lines] == [
            ("Says that it blocks", 3, 3),
            ("Says that use matters", 0.5, 1),
        ]
        assert (result.pending, result.points, result.items[2].points, result.notices) == (False, 5.5, 3.5, ())
        assert "Ivo" not in repr(result)

    def test_a_mark_that_waits_for_a_second_shows_nothing(self, room: Classroom, attempt: int) -> None:
        room.teach.give(attempt, 3, {"block": 3, "use": 1}, comment="Well said.", by="Ivo", second=True, apply=True)
        assert "Well said." not in repr(room.study.result(ANN.id, attempt))
        room.teach.give(attempt, 3, {"block": 0, "use": 0}, comment="No.", by="Lea", apply=True)
        result = room.study.result(ANN.id, attempt)
        assert (result.pending, result.items[2].hand_mark) == (True, None)
        room.teach.give(attempt, 3, {"block": 2, "use": 0}, comment="Half of it.", by="Max", apply=True)
        given = room.study.result(ANN.id, attempt).items[2].hand_mark
        assert given is not None
        assert (given.points, given.comment) == (2, "Half of it.")

    def test_a_mark_under_dispute_says_that_it_may_change(self, room: Classroom, attempt: int) -> None:
        room.teach.give(attempt, 3, {"block": 3, "use": 1}, by="Ivo", apply=True)
        room.teach.give(attempt, 3, {"block": 0, "use": 0}, by="Lea", apply=True)
        given = room.study.result(ANN.id, attempt).items[2].hand_mark
        assert given is not None
        assert (given.points, given.note) == (
            4,
            "Two graders differ on this answer, and a third one decides. Until then the first mark stands.",
        )
        room.teach.give(attempt, 3, {"block": 2, "use": 0}, by="Max", apply=True)
        assert room.study.result(ANN.id, attempt).notices == (
            "This result changed on 3 November 2026: A grader looked at an answer again. It was 6 of 6, passed before.",
        )

    def test_what_is_withheld_of_other_questions_is_withheld_here(self, room: Classroom) -> None:
        room.catalogue = with_essay(reveal=replace(default_reveal(Kind.CHECKPOINT), feedback=Moment.NEVER))
        attempt = take(room, ANN.id, "a", "a", ANSWER)
        room.teach.give(attempt, 3, {"block": 3, "use": 1}, comment="Well said.", by="Ivo", apply=True)
        given = room.study.result(ANN.id, attempt).items[2].hand_mark
        assert given is not None
        assert (given.points, given.lines, given.comment) == (4, (), "")
        room.catalogue = with_essay(reveal=HIDDEN)
        hidden = take(room, BEA.id, "a", "a", ANSWER)
        room.teach.give(hidden, 3, {"block": 3, "use": 1}, comment="Well said.", by="Ivo", apply=True)
        assert [item.hand_mark for item in room.study.result(BEA.id, hidden).items] == [None, None, None]

    def test_a_withdrawn_essay_shows_no_mark(self, room: Classroom, attempt: int) -> None:
        room.teach.give(attempt, 3, {"block": 3, "use": 1}, comment="Well said.", by="Ivo", apply=True)
        room.teach.void("why", **SIGNED)
        assert room.study.result(ANN.id, attempt).items[2].hand_mark is None

    def test_the_rubric_is_told_in_the_points_of_the_quiz(self, room: Classroom) -> None:
        room.catalogue = course(essay(rubric=None))
        attempt = take(room, ANN.id, ANSWER)
        room.teach.give(attempt, 1, {"whole": 3}, by="Ivo", apply=True)
        given = room.study.result(ANN.id, attempt).items[0].hand_mark
        assert given is not None
        assert [(line.text, line.points, line.of) for line in given.lines] == [("The answer as a whole", 3, 4)]
