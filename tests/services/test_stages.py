"""A case in a notebook: each stage is judged when it is answered, and only the whole case is a try."""

from __future__ import annotations

import pytest

from course.content.model import Catalogue
from course.errors import BadResponse, NotFound, Refused
from course.learning.outline import CellKind
from course.learning.policy import Kind
from course.questions import by_name
from course.questions.base import Json, State
from course.services.study.views import PracticeView, StageView
from tests.factories import catalogue, cell, module, quiz
from tests.people import ANN, BEA
from tests.services.classroom import Classroom
from tests.unit.questions.authored import question

CASE = by_name("case").example
RIGHT: dict[str, Json] = {"met": ["larger", "given-up"], "least": 2}


def a_course(kind: Kind = Kind.PRACTICE, example: str = CASE) -> Catalogue:
    cells = [cell("case", CellKind.CASE, question="vignette"), cell("read")]
    return catalogue([module("first", cells)], [quiz("practice-first", [question(example)], kind, module="first")])


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


def seen(ward: Classroom, who: str = ANN.id) -> PracticeView:
    found = ward.study.module(who, "first", clinician=False).cells[0].practice
    assert found is not None
    return found


def answer(ward: Classroom, stage: str, given: Json) -> StageView:
    return ward.study.answer_stage(ANN.id, "first", "case", stage, given)


def test_judging_keeps_nothing(ward: Classroom) -> None:
    for name, given in RIGHT.items():
        assert ward.study.judge_stage("first", "case", name, given).review is not None
    assert (seen(ward).tries, seen(ward).review, seen(ward).steps) == (0, None, {})


def test_an_answered_stage_is_still_there_later_and_the_last_one_makes_a_try(ward: Classroom) -> None:
    found = answer(ward, "met", ["larger"])
    assert found.review is not None
    assert found.review.state is State.PARTIAL
    assert (seen(ward).steps, seen(ward).tries) == ({"met": ["larger"]}, 0)
    assert not ward.study.module(ANN.id, "first", clinician=False).cells[0].done
    answer(ward, "least", 2)
    done = seen(ward)
    assert done.review is not None
    assert (done.steps, done.tries, done.review.state) == ({}, 1, State.PARTIAL)
    assert done.response == {"met": ["larger"], "least": 2}
    assert ward.study.module(ANN.id, "first", clinician=False).cells[0].done


def test_a_stage_is_answered_for_good(ward: Classroom) -> None:
    answer(ward, "met", ["craving"])
    with pytest.raises(Refused, match="answered; your answer to it stays"):
        answer(ward, "met", RIGHT["met"])
    assert answer(ward, "met", ["craving"]).review is not None, "sent twice, it is the same"
    assert seen(ward).steps == {"met": ["craving"]}
    with pytest.raises(Refused, match="part by part"):
        ward.practise(ANN.id, "first", "case", RIGHT)
    answer(ward, "least", 2)
    assert answer(ward, "least", 2).review is not None, "the last one too"
    assert (seen(ward).tries, seen(ward).response) == (1, {"met": ["craving"], "least": 2})


def test_no_stage_is_passed_over_and_an_unreadable_one_is_not_kept(ward: Classroom) -> None:
    with pytest.raises(Refused, match="one after the other"):
        answer(ward, "least", 2)
    assert answer(ward, "met", ["no-such-option"]).problem
    assert seen(ward).steps == {}


def test_a_case_worked_again_is_a_second_try(ward: Classroom) -> None:
    for again in (1, 2):
        for name, given in RIGHT.items():
            answer(ward, name, given if again == 2 else {"met": ["craving"], "least": 3}[name])
        assert seen(ward).tries == again
    assert (seen(ward).first, seen(ward).review.state) == (State.WRONG, State.RIGHT)  # type: ignore[union-attr]


def test_a_case_that_changed_begins_anew(ward: Classroom) -> None:
    answer(ward, "met", ["larger"])
    ward.catalogue = a_course(example=CASE.replace("Robin takes", "Robin often takes"))
    assert seen(ward).steps == {}
    answer(ward, "met", ["craving"])
    assert seen(ward).steps == {"met": ["craving"]}


def test_how_far_a_case_is_belongs_to_the_person_alone(ward: Classroom) -> None:
    answer(ward, "met", ["larger"])
    assert seen(ward, BEA.id).steps == {}
    with pytest.raises(NotFound):
        ward.study.answer_stage("nobody", "first", "case", "met", ["larger"])


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
