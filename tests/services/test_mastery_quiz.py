"""A mastery quiz: each question comes back, never quite the same, until enough of the last rounds were right."""

from __future__ import annotations

from typing import Any

import pytest

from course.content.model import Catalogue
from course.errors import Refused
from course.learning.attempts import AttemptState
from course.learning.policy import Behaviour, Draw, Kind
from course.learning.rounds import RoundState
from course.questions.base import ChooseOne, Question
from course.services.study.views import SlotView
from tests.factories import catalogue, cell, module, numeric, question, quiz, single_choice
from tests.people import ANN
from tests.services.classroom import Classroom
from tests.services.test_variants import half, number_in


def course(*asked: Question, **rules: Any) -> Catalogue:
    rules = {"behaviour": Behaviour.MASTERY, "mastery": (2, 3), "shuffle_questions": False, **rules}
    return catalogue([module("first", [cell("only")])], [quiz("q", asked, Kind.PRACTICE, **rules)])


def present(room: Classroom, attempt: int, number: int = 1) -> SlotView:
    return room.study.attempt(ANN.id, attempt).slots[number - 1]


def answer(room: Classroom, attempt: int, *rounds: str, number: int = 1) -> SlotView:
    """Answer this many rounds of a question, asking for the next one in between."""
    for response in rounds:
        slot = present(room, attempt, number)
        if slot.round is not None and slot.round.may_go_on:
            room.study.ask_again(ANN.id, attempt, slot.position)
        slot = present(room, attempt, number)
        room.study.check(ANN.id, attempt, slot.position, response)
    return present(room, attempt, number)


def begin(room: Classroom, *asked: Question, **rules: Any) -> int:
    room.catalogue = course(*asked, **rules)
    return room.study.start(ANN.id, "q", f"k{room.seed}")


def test_a_chain_runs_until_it_is_mastered(room: Classroom) -> None:
    attempt = begin(room, single_choice("one"))
    slot = present(room, attempt)
    assert slot.round is not None
    assert (slot.round.number, slot.round.right, slot.round.of, slot.round.needed, slot.round.may_go_on) == (1, 0, 3, 2, False)
    wrong = answer(room, attempt, "b")
    assert wrong.round is not None
    assert wrong.review is not None
    assert (wrong.round.state, wrong.round.may_go_on, wrong.done, wrong.may_change) == (RoundState.ANSWERED, True, False, False)
    mastered = answer(room, attempt, "a", "a")
    assert mastered.round is not None
    assert (mastered.round.number, mastered.round.right, mastered.round.state, mastered.done) == (3, 2, RoundState.MASTERED, True)
    with pytest.raises(Refused, match="not asked again"):
        room.study.ask_again(ANN.id, attempt, mastered.position)
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.points, result.max, result.fraction, result.passed) == (1.0, 1.0, 1.0, True)
    assert [(i.number, i.round) for i in result.items] == [(1, 1), (1, 2), (1, 3)]
    assert [i.note for i in result.items] == ["Mastered in 3 rounds.", "", ""]


def test_a_chain_ends_after_three_times_n_rounds(room: Classroom) -> None:
    attempt = begin(room, single_choice("one"))
    slot = answer(room, attempt, *"bbbabbabb")
    assert slot.round is not None
    assert (slot.round.number, slot.round.state, slot.round.may_go_on, slot.done) == (9, RoundState.EXHAUSTED, False, True)
    assert room.study.submit(ANN.id, attempt, "s").points == pytest.approx(1 / 3)


def test_handing_in_early_counts_rounds_not_asked_as_not_right(room: Classroom) -> None:
    attempt = begin(room, single_choice("one", points=3), single_choice("two"))
    answer(room, attempt, "a")
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.points, result.max) == (1.0, 4.0)
    assert result.items[0].note == "Not mastered in 1 round: 1 of the last 3 rounds right, 2 needed."


def test_an_answer_saved_and_not_checked_counts_at_the_end(room: Classroom) -> None:
    attempt = begin(room, single_choice("one"))
    answer(room, attempt, "a")
    room.study.ask_again(ANN.id, attempt, 1)
    room.study.save(ANN.id, attempt, 2, "a")
    assert room.study.submit(ANN.id, attempt, "s").points == 1.0


def test_numbers_are_drawn_afresh_in_every_round(room: Classroom) -> None:
    attempt = begin(room, half(), mastery=(4, 4))
    numbers = []
    for _ in range(4):
        slot = present(room, attempt)
        if slot.round is not None and slot.round.may_go_on:
            room.study.ask_again(ANN.id, attempt, slot.position)
        slot = present(room, attempt)
        numbers.append(number_in(slot.question.stem))
        room.study.check(ANN.id, attempt, slot.position, numbers[-1] / 2)
    assert len(set(numbers)) == 4
    result = room.study.submit(ANN.id, attempt, "s")
    assert result.points == 1.0
    assert [number_in(i.question.stem) for i in result.items] == numbers


def test_siblings_of_the_same_objective_take_turns(room: Classroom) -> None:
    others = [single_choice("two"), single_choice("three"), single_choice("elsewhere", objective="other")]
    attempt = begin(room, single_choice("one"), *others, mastery=(3, 3), draw=(Draw(1, ids=("one",)),))
    answer(room, attempt, *"bbbb")
    with room.uow.read() as tx:
        asked = [s.question for s in tx.attempts.slots(attempt)]
    assert asked[0] == "one"
    assert sorted(asked[1:3]) == ["three", "two"], "each sibling before any comes twice"
    assert asked[3] in ("one", "two", "three")
    assert asked[3] != asked[2]


def test_what_another_chain_asks_comes_last(room: Classroom) -> None:
    attempt = begin(room, single_choice("one"), single_choice("two"), single_choice("spare"), draw=(Draw(2, ids=("one", "two")),))
    answer(room, attempt, "b", "b")
    with room.uow.read() as tx:
        assert [s.question for s in tx.attempts.slots(attempt)] == ["one", "two", "spare"]


def test_without_siblings_the_options_change_places(room: Classroom) -> None:
    attempt = begin(room, single_choice("one", options=6), mastery=(3, 3))
    orders = set()
    for _ in range(4):
        slot = answer(room, attempt, "b")
        control = slot.question.controls[0]
        assert isinstance(control, ChooseOne)
        orders.add(tuple(o.id for o in control.options))
    assert len(orders) > 1


def test_a_question_with_a_notice_does_not_come_back_for_another(room: Classroom) -> None:
    attempt = begin(room, single_choice("one"), single_choice("two", notice="About death."), mastery=(3, 3), draw=(Draw(1, ids=("one",)),))
    answer(room, attempt, *"bbb")
    with room.uow.read() as tx:
        assert {s.question for s in tx.attempts.slots(attempt)} == {"one"}


def test_passing_over_a_notice_costs_nothing(room: Classroom) -> None:
    attempt = begin(room, single_choice("one", notice="About death."), single_choice("two", points=2))
    room.study.skip_notice(ANN.id, attempt, 1)
    with pytest.raises(Refused, match="not asked again"):
        room.study.ask_again(ANN.id, attempt, 1)
    answer(room, attempt, "a", "a", number=2)
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.points, result.max, result.state) == (2.0, 2.0, AttemptState.GRADED)


def test_the_next_round_is_begun_once(room: Classroom) -> None:
    attempt = begin(room, single_choice("one"))
    with pytest.raises(Refused, match="Answer this question first"):
        room.study.ask_again(ANN.id, attempt, 1)
    answer(room, attempt, "b")
    assert room.study.ask_again(ANN.id, attempt, 1) == 2
    assert room.study.ask_again(ANN.id, attempt, 1) == 2
    assert len(room.study.attempt(ANN.id, attempt).slots) == 1
    with pytest.raises(Refused, match="checked"):
        room.study.save(ANN.id, attempt, 1, "a")


def test_a_round_keeps_its_version_when_the_content_changes(room: Classroom) -> None:
    attempt = begin(room, single_choice("one", stem="Old stem?"))
    answer(room, attempt, "b")
    room.catalogue = course(single_choice("one", stem="New stem?"))
    answer(room, attempt, "a")
    assert present(room, attempt).question.stem == "Old stem?"
    room.catalogue = course(numeric("gone", objective="other"))
    assert answer(room, attempt, "b").question.stem == "Old stem?"


def test_a_flag_is_the_questions_and_not_the_rounds(room: Classroom) -> None:
    attempt = begin(room, single_choice("one"))
    room.study.flag(ANN.id, attempt, 1, True)
    answer(room, attempt, "b", "b")
    slot = present(room, attempt)
    assert slot.flagged
    room.study.flag(ANN.id, attempt, slot.position, False)
    assert not present(room, attempt).flagged


def test_a_survey_question_in_it_is_asked_once(room: Classroom) -> None:
    feel = question(
        "feel", "likert", scale=[{"id": "1", "text": "Low"}, {"id": "2", "text": "High"}], objective=None, explanation=None, cites=None
    )
    attempt = begin(room, feel, single_choice("two"))
    room.study.check(ANN.id, attempt, 1, "2")
    slot = present(room, attempt)
    assert slot.round is not None
    assert (slot.round.may_go_on, slot.done) == (False, True)
    answer(room, attempt, "a", "a", number=2)
    assert room.study.submit(ANN.id, attempt, "s").fraction == 1.0
