"""A question with numbers to draw is asked, graded and looked back at with the numbers it was asked with."""

from __future__ import annotations

import pytest

from course.content.model import Catalogue
from course.learning.outline import CellKind
from course.learning.policy import Kind
from course.questions import Question
from course.questions.base import State
from tests.factories import catalogue, cell, module, numeric, quiz
from tests.people import ANN, BEA
from tests.services.classroom import Classroom


def half(**fields: object) -> Question:
    return numeric(
        "half",
        variables={"whole": {"range": [2, 2000], "step": 2}},
        stem="Half of {{whole}}?",
        answer={"expression": "whole / 2"},
        unit=None,
        **fields,
    )


def course(seed: str = "attempt", **fields: object) -> Catalogue:
    asked = half(**fields)
    return catalogue(
        [module("first", [cell("ask", CellKind.QUESTION, question="half")])],
        [quiz("practice", [asked], Kind.PRACTICE, seed=seed), quiz("q", [asked], seed=seed, attempts=None)],
    )


def number_in(stem: str) -> int:
    return int(stem.split()[-1].rstrip("?"))


def asked(room: Classroom, learner: str, key: str) -> int:
    """Begin an attempt, hand it in, and say which number it asked about."""
    attempt = room.study.start(learner, "q", key)
    number = number_in(room.study.attempt(learner, attempt).slots[0].question.stem)
    room.study.submit(learner, attempt, "s")
    return number


@pytest.mark.parametrize(
    ("seed", "each_attempt", "each_learner"), [("attempt", True, True), ("learner", False, True), ("fixed", False, False)]
)
def test_the_seed_rule_says_who_gets_the_same_numbers(room: Classroom, seed: str, each_attempt: bool, each_learner: bool) -> None:
    room.catalogue = course(seed)
    anns = {asked(room, ANN.id, f"k{number}") for number in range(3)}
    beas = {asked(room, BEA.id, f"k{number}") for number in range(3)}
    assert (len(anns) > 1, len(beas) > 1) == (each_attempt, each_attempt)
    assert (anns != beas) == each_learner


def test_an_edited_range_leaves_a_running_attempt_as_it_was_asked(room: Classroom) -> None:
    room.catalogue = course()
    attempt = room.study.start(ANN.id, "q", "k")
    stem = room.study.attempt(ANN.id, attempt).slots[0].question.stem
    room.catalogue = course(explanation="Another edition.")
    assert room.study.attempt(ANN.id, attempt).slots[0].question.stem == stem
    room.study.save(ANN.id, attempt, 1, number_in(stem) / 2)
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.points, result.items[0].question.stem, result.items[0].review.state) == (1.0, stem, State.RIGHT)
    with room.uow.read() as tx:
        (slot,) = tx.attempts.slots(attempt)
        stored = tx.attempts.get(attempt)
    assert slot.variant is not None
    assert stored is not None
    assert (slot.variant["seed"], slot.variant["values"]) == (stored.seed, {"whole": number_in(stem)})


def test_in_a_notebook_the_next_try_has_other_numbers(room: Classroom) -> None:
    room.catalogue = course()
    before = room.study.module(None, "first", clinician=False).cells[0].practice
    assert before is not None
    assert before.question == before.again
    first = number_in(before.again.stem)
    view = room.practise(ANN.id, "first", "ask", first / 2, seen=0)
    assert view.review is not None
    assert view.review.state is State.RIGHT
    assert number_in(view.question.stem) == first, "what was answered is looked back at"
    second = number_in(view.again.stem)
    assert second != first
    again = room.practise(ANN.id, "first", "ask", second / 2, seen=1)
    assert (again.tries, number_in(again.question.stem)) == (2, second)
    assert again.review is not None
    assert again.review.state is State.RIGHT


def test_a_page_that_knows_less_is_graded_by_what_it_showed(room: Classroom) -> None:
    room.catalogue = course()
    first = number_in(room.practise(ANN.id, "first", "ask", 1, seen=0).question.stem)
    late = room.practise(ANN.id, "first", "ask", first / 2, seen=0)
    assert (late.tries, number_in(late.question.stem)) == (2, first)
    assert late.review is not None
    assert late.review.state is State.RIGHT
    assert room.practise(ANN.id, "first", "ask", first / 2, seen=0).tries == 2, "sent twice is one try"


@pytest.mark.parametrize("seed", ["learner", "fixed"])
def test_in_a_notebook_other_rules_keep_the_numbers(room: Classroom, seed: str) -> None:
    room.catalogue = course(seed)
    view = room.practise(ANN.id, "first", "ask", 1)
    assert view.again == view.question
