"""An interactive quiz: tries with falling credit, hints at their price, and the key kept back until it is settled."""

from __future__ import annotations

from typing import Any

import pytest

from course.content.model import Catalogue
from course.errors import NotFound, Refused
from course.learning.policy import Behaviour, Kind, Moment, Reveal
from course.questions.base import State
from tests.factories import catalogue, cell, module, numeric, quiz, single_choice
from tests.people import ANN, BEA
from tests.services.classroom import Classroom

HINTS = [{"text": "First hint.", "penalty": 0.1}, {"text": "Second hint.", "penalty": 0.2}]
FEEDBACK = {"right": "Outcome right.", "wrong": "Outcome wrong."}


def course(kind: Kind = Kind.PRACTICE, **rules: Any) -> Catalogue:
    asked = [single_choice("one", hints=HINTS, feedback=FEEDBACK), numeric("two", points=3)]
    rules = {"behaviour": Behaviour.INTERACTIVE, "shuffle_questions": False, **rules}
    return catalogue([module("first", [cell("only")])], [quiz("q", asked, kind, **rules)])


@pytest.fixture
def attempt(room: Classroom) -> int:
    room.catalogue = course()
    return room.study.start(ANN.id, "q", "k")


def kinds(room: Classroom, attempt: int) -> list[tuple[int, str, object]]:
    with room.uow.read() as tx:
        return [(r.position, r.kind.value, r.response) for r in tx.attempts.log(attempt)]


def test_a_fresh_question_says_what_tries_and_hints_cost(room: Classroom, attempt: int) -> None:
    one, two = room.study.attempt(ANN.id, attempt).slots
    assert one.tries is not None
    assert two.tries is not None
    assert (one.tries.used, one.tries.left, one.tries.worth, one.tries.hints, one.tries.hint_costs) == (0, 3, 1.0, (), 0.1)
    assert two.tries.hint_costs is None
    assert "First hint" not in repr(room.study.attempt(ANN.id, attempt)), "a hint is not shown before it is taken"


def test_a_wrong_try_tells_of_the_choice_and_not_of_the_key(room: Classroom, attempt: int) -> None:
    slot = room.study.check(ANN.id, attempt, 1, "b")
    assert slot.review is not None
    assert slot.tries is not None
    assert (slot.review.state, [c.text for c in slot.review.comments]) == (State.WRONG, ["Feedback on b of one."])
    assert (slot.review.explanation, slot.review.outcome, slot.review.lines, slot.review.cites, slot.review.key_shown) == (
        "",
        "",
        (),
        (),
        False,
    )
    assert (slot.may_change, slot.may_check, slot.tries.left, slot.tries.worth, slot.done) == (True, True, 2, 0.5, False)
    shown = repr(room.study.attempt(ANN.id, attempt))
    assert "Explanation" not in shown
    assert "Feedback on a" not in shown
    settled = room.study.check(ANN.id, attempt, 1, "a")
    assert settled.review is not None
    assert settled.tries is not None
    assert (settled.review.state, settled.review.explanation, settled.review.outcome) == (
        State.RIGHT,
        "Explanation of one.",
        "Outcome right.",
    )
    assert (settled.may_change, settled.may_check, settled.tries.left, settled.done) == (False, False, 0, True)
    with pytest.raises(Refused, match="checked"):
        room.study.save(ANN.id, attempt, 1, "b")


def test_the_last_try_settles_and_shows_the_key(room: Classroom, attempt: int) -> None:
    for response in "bcd":
        slot = room.study.check(ANN.id, attempt, 1, response)
    assert slot.review is not None
    assert (slot.done, slot.review.key_shown, slot.review.state) == (True, True, State.WRONG)


def test_hints_come_one_by_one_and_cost(room: Classroom, attempt: int) -> None:
    with pytest.raises(Refused, match="one after the other"):
        room.study.take_hint(ANN.id, attempt, 1, 2)
    first = room.study.take_hint(ANN.id, attempt, 1, 1)
    assert first.tries is not None
    assert (first.tries.hints, first.tries.hint_costs, first.tries.worth) == (("First hint.",), 0.2, 0.9)
    assert room.study.take_hint(ANN.id, attempt, 1, 1).tries == first.tries, "taking it again costs nothing more"
    room.study.take_hint(ANN.id, attempt, 1, 2)
    with pytest.raises(Refused, match="no further hint"):
        room.study.take_hint(ANN.id, attempt, 1, 3)
    room.study.check(ANN.id, attempt, 1, "b")
    room.study.check(ANN.id, attempt, 1, "a")
    with pytest.raises(Refused, match="checked"):
        room.study.take_hint(ANN.id, attempt, 1, 3)
    room.study.check(ANN.id, attempt, 2, 12)
    result = room.study.submit(ANN.id, attempt, "s")
    assert result.points == pytest.approx(0.2 + 3)
    assert [i.note for i in result.items] == ["2 tries of 3, 2 hints taken: 20% of its points.", ""]
    assert [i.review.state for i in result.items] == [State.RIGHT, State.RIGHT]
    assert kinds(room, attempt) == [(1, "hint", 1), (1, "hint", 2), (1, "checked", "b"), (1, "checked", "a"), (2, "checked", 12)]


def test_what_is_no_answer_uses_no_try(room: Classroom, attempt: int) -> None:
    for response in (None, "", "no-such-option"):
        slot = room.study.check(ANN.id, attempt, 1, response)
        assert slot.problem
        assert slot.tries is not None
        assert (slot.tries.used, slot.review) == (0, None)


def test_the_same_answer_again_uses_no_try(room: Classroom, attempt: int) -> None:
    room.study.check(ANN.id, attempt, 1, "b")
    again = room.study.check(ANN.id, attempt, 1, "b")
    assert again.tries is not None
    assert (again.tries.used, "just tried" in again.problem) == (1, True)
    room.study.save(ANN.id, attempt, 1, "c")
    assert "just tried" in room.study.check(ANN.id, attempt, 1, "b").problem


def test_what_was_saved_and_not_tried_is_tried_at_the_end(room: Classroom, attempt: int) -> None:
    room.study.check(ANN.id, attempt, 1, "b")
    room.study.save(ANN.id, attempt, 1, "a")
    room.study.save(ANN.id, attempt, 2, 12)
    result = room.study.submit(ANN.id, attempt, "s")
    assert result.points == 0.5 + 3


def test_the_reveal_rule_also_holds_between_tries(room: Classroom) -> None:
    room.catalogue = course(reveal=Reveal(*[Moment.AFTER_ATTEMPT] * 5))
    attempt = room.study.start(ANN.id, "q", "k")
    assert room.study.check(ANN.id, attempt, 1, "b").review is None
    only_feedback = Reveal(Moment.AFTER_ATTEMPT, Moment.AFTER_ATTEMPT, Moment.AFTER_QUESTION, Moment.NEVER, Moment.NEVER)
    room.study.submit(ANN.id, attempt, "s")
    room.catalogue = course(reveal=only_feedback)
    review = room.study.check(ANN.id, room.study.start(ANN.id, "q", "k2"), 1, "b").review
    assert review is not None
    assert (review.state, [c.text for c in review.comments]) == (None, ["Feedback on b of one."])


def test_other_quizzes_give_no_hints(room: Classroom) -> None:
    room.catalogue = course(behaviour=Behaviour.IMMEDIATE)
    attempt = room.study.start(ANN.id, "q", "k")
    with pytest.raises(Refused, match="no hints"):
        room.study.take_hint(ANN.id, attempt, 1, 1)


def test_tries_and_credits_are_the_quizs_own(room: Classroom) -> None:
    room.catalogue = course(tries=(1.0, 0.9))
    attempt = room.study.start(ANN.id, "q", "k")
    room.study.check(ANN.id, attempt, 1, "b")
    room.study.check(ANN.id, attempt, 1, "a")
    room.study.check(ANN.id, attempt, 2, 1)
    assert room.study.check(ANN.id, attempt, 2, 2).done
    assert room.study.submit(ANN.id, attempt, "s").points == 0.9


def test_nobody_else_takes_a_hint(room: Classroom, attempt: int) -> None:
    with pytest.raises(NotFound):
        room.study.take_hint(BEA.id, attempt, 1, 1)


def test_what_the_tries_came_to_is_said_once_nothing_is_left_to_try(room: Classroom, attempt: int) -> None:
    found = room.study.check(ANN.id, attempt, 1, "b")
    assert found.tries is not None
    assert found.tries.earned == ""
    found = room.study.check(ANN.id, attempt, 1, "a")
    assert found.tries is not None
    assert found.tries.earned == "2 tries of 3: 50% of its points."


def test_where_right_and_wrong_wait_the_answer_stands_without_a_verdict(room: Classroom) -> None:
    room.catalogue = course(Kind.CHECKPOINT, reveal=Reveal(*[Moment.AFTER_ATTEMPT] * 5))
    attempt = room.study.start(ANN.id, "q", "k")
    assert room.study.check(ANN.id, attempt, 1, "b").review is None
    found = room.study.check(ANN.id, attempt, 1, "a")
    assert found.review is not None
    assert (found.review.state, found.review.score, found.review.explanation, found.review.key_shown) == (None, None, "", False)
    assert [(line.chosen, line.key) for line in found.review.lines if line.chosen or line.key] == [(True, False)]
    assert found.tries is not None
    assert found.tries.earned == ""
