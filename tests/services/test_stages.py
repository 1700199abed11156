"""A case in a notebook: each stage is judged when it is answered, and only the whole case is a try."""

from __future__ import annotations

import pytest

from course.content.model import Catalogue
from course.errors import BadResponse, NotFound
from course.learning.outline import CellKind
from course.learning.policy import Kind
from course.questions import by_name
from course.questions.base import Json, State
from tests.factories import catalogue, cell, module, quiz
from tests.people import ANN
from tests.services.classroom import Classroom
from tests.unit.questions.authored import question

CASE = by_name("case").example
RIGHT: dict[str, Json] = {"met": ["larger", "given-up"], "least": 2}


def a_course(kind: Kind = Kind.PRACTICE) -> Catalogue:
    cells = [cell("case", CellKind.CASE, question="vignette"), cell("read")]
    return catalogue([module("first", cells)], [quiz("practice-first", [question(CASE)], kind, module="first")])


@pytest.fixture
def ward(room: Classroom) -> Classroom:
    room.catalogue = a_course()
    return room


def test_a_stage_is_judged_by_itself_with_a_word_on_each_option(ward: Classroom) -> None:
    found = ward.study.judge_stage("first", "case", "met", ["larger", "craving"])
    assert found.problem == ""
    assert found.review is not None
    assert found.review.state is State.WRONG
    assert {(line.text, line.chosen, line.key) for line in found.review.lines} == {
        ("Larger amounts", True, True),
        ("Activities given up", False, True),
        ("Craving", True, False),
    }
    assert [line.comment for line in found.review.lines if line.comment] == ["Football."], "of an option that was not chosen too"
    assert found.review.explanation == "Both are told outright."
    assert found.review.cites == (), "sources belong to the whole case"


def test_lines_stand_in_the_order_in_which_the_page_asks(ward: Classroom) -> None:
    asked = ward.study.module(None, "first", clinician=False).cells[0].practice
    found = ward.study.judge_stage("first", "case", "met", ["larger"]).review
    assert asked is not None
    assert found is not None
    assert [line.text for line in found.lines] == [option.text for option in asked.again.controls[0].controls[0].options]  # type: ignore[attr-defined]


def test_judging_keeps_nothing_and_the_whole_case_is_one_try(ward: Classroom) -> None:
    for name, given in RIGHT.items():
        assert ward.study.judge_stage("first", "case", name, given).review is not None
    before = ward.study.module(ANN.id, "first", clinician=False).cells[0].practice
    assert before is not None
    assert (before.tries, before.review) == (0, None)
    done = ward.study.answer_practice(ANN.id, "first", "case", RIGHT, before.tries)
    assert done.review is not None
    assert (done.tries, done.review.state) == (1, State.RIGHT)


@pytest.mark.parametrize("response", [None, "", [], ["no-such-option"], {"met": 1}])
def test_what_cannot_be_read_is_said_in_a_sentence(ward: Classroom, response: object) -> None:
    found = ward.study.judge_stage("first", "case", "met", response)
    assert found.review is None
    assert found.problem.endswith(".")


def test_what_is_no_answer_at_all_is_refused(ward: Classroom) -> None:
    with pytest.raises(BadResponse):
        ward.study.judge_stage("first", "case", "met", object())


@pytest.mark.parametrize(("where", "stage"), [("read", "met"), ("case", "none-such"), ("nowhere", "met")])
def test_a_stage_that_does_not_exist_is_not_found(ward: Classroom, where: str, stage: str) -> None:
    with pytest.raises(NotFound):
        ward.study.judge_stage("first", where, stage, ["larger"])


def test_a_case_of_a_graded_quiz_gives_nothing_away(ward: Classroom) -> None:
    ward.catalogue = a_course(Kind.CHECKPOINT)
    found = ward.study.judge_stage("first", "case", "met", ["larger"]).review
    assert found is not None
    assert (found.state, found.explanation, found.comments) == (None, "", ())
    assert not any(line.key or line.comment for line in found.lines)
