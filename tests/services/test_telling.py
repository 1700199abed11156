"""A case in a quiz is told part by part, and what was gone on from stays as it was answered."""

from __future__ import annotations

from typing import Any

import pytest

from course.content.model import Catalogue
from course.errors import NotFound, Refused
from course.learning.policy import Behaviour, Kind
from course.learning.responses import ResponseKind
from course.questions.base import Json, State
from course.services.study.views import SlotView, TellingView
from tests.factories import catalogue, cell, module, quiz, single_choice
from tests.people import ANN, BEA
from tests.services.classroom import Classroom
from tests.unit.questions.authored import question

CASE = """\
id: vignette
type: case
objective: criteria
text: Robin is a fictional person of 24.
parts:
  - id: met
    type: multiple_choice
    stem: Which criteria are met?
    options:
      - {id: larger, text: Larger amounts, correct: true}
      - {id: craving, text: Craving}
    explanation: Only that is told.
  - {id: least, type: numeric, text: Only larger amounts were reported., stem: How many criteria are met?, answer: 1}
  - {id: word, type: short_text, text: It is one., stem: What is said of one criterion?, accept: [nothing]}
explanation: Count what is told.
cites: [dsm5tr]
"""


def course(kind: Kind = Kind.CASE, **rules: Any) -> Catalogue:
    asked = [question(CASE), single_choice("other")]
    return catalogue([module("first", [cell("only")])], [quiz("q", asked, kind, shuffle_questions=False, **rules)])


@pytest.fixture(params=list(Behaviour))
def attempt(room: Classroom, request: pytest.FixtureRequest) -> int:
    room.catalogue = course(behaviour=request.param)
    return room.study.start(ANN.id, "q", "k")


def slot(room: Classroom, attempt: int) -> SlotView:
    return room.study.attempt(ANN.id, attempt).slots[0]


def telling(room: Classroom, attempt: int) -> TellingView:
    found = slot(room, attempt).telling
    assert found is not None
    return found


def save(room: Classroom, attempt: int, given: Json) -> None:
    room.study.save(ANN.id, attempt, 1, given)


def tell(room: Classroom, attempt: int, part: int) -> None:
    room.study.tell(ANN.id, attempt, 1, part)


def test_only_the_first_part_is_told_at_first(room: Classroom, attempt: int) -> None:
    assert telling(room, attempt) == TellingView(1, 3, ())
    assert "Only larger amounts were reported" not in repr(slot(room, attempt))
    assert room.study.attempt(ANN.id, attempt).slots[1].telling is None


def test_going_on_is_kept_though_nothing_more_was_answered(room: Classroom, attempt: int) -> None:
    save(room, attempt, {"met": ["craving"]})
    tell(room, attempt, 2)
    found = telling(room, attempt)
    assert (found.told, found.of) == (2, 3)
    assert [(line.text, line.chosen, line.key) for line in found.fixed[0].lines if line.chosen] == [("Craving", True, False)]
    assert (found.fixed[0].state, found.fixed[0].explanation) == (None, ""), "nothing of what is right"
    shown = repr(slot(room, attempt))
    assert "Only larger amounts were reported" in shown
    assert "It is one" not in shown
    tell(room, attempt, 2)
    with room.uow.read() as tx:
        assert [r.response for r in tx.attempts.log(attempt) if r.kind is ResponseKind.TOLD] == [2], "going on twice is once"


@pytest.mark.parametrize(
    "given", [{"met": ["larger"]}, {"met": ["larger"], "least": 1}, {"least": 1}, {}, None, "text", {"met": "craving"}]
)
def test_what_was_gone_on_from_cannot_be_changed(room: Classroom, attempt: int, given: Json) -> None:
    save(room, attempt, {"met": ["craving"]})
    tell(room, attempt, 2)
    for forged in (room.study.save, *([room.study.check] if slot(room, attempt).may_check else [])):
        if given is None and forged == room.study.check:
            continue  # checks what is saved
        with pytest.raises(Refused, match=r"^Part 1 is fixed since you went on from it; your answer to it stays as it was\.$"):
            forged(ANN.id, attempt, 1, given)
    assert slot(room, attempt).response == {"met": ["craving"]}


def test_an_answer_to_a_later_part_fixes_those_before_it(room: Classroom, attempt: int) -> None:
    save(room, attempt, {"met": ["larger"], "least": 1})
    assert telling(room, attempt).told == 2
    save(room, attempt, {"met": ["larger"]})
    assert telling(room, attempt).told == 2, "told is told"
    with pytest.raises(Refused, match="Part 1 is fixed"):
        save(room, attempt, {"met": ["craving"]})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (None, "Answer part 1 first."),
        ({"met": ["nowhere"]}, "Part 1 cannot be read as an answer"),
        ({"met": 5}, "Part 1 cannot be read as an answer"),
    ],
)
def test_no_part_is_passed_over(room: Classroom, attempt: int, given: Json, told: str) -> None:
    save(room, attempt, given)
    with pytest.raises(Refused, match=told):
        tell(room, attempt, 2)
    with pytest.raises(Refused, match=told):
        save(room, attempt, {**(given or {}), "least": 1})
    with pytest.raises(Refused, match="one after the other"):
        tell(room, attempt, 3)
    assert telling(room, attempt).told == 1


def test_the_part_that_is_open_can_be_changed_until_one_goes_on(room: Classroom, attempt: int) -> None:
    save(room, attempt, {"met": ["craving"]})
    save(room, attempt, {"met": ["larger"]})
    tell(room, attempt, 2)
    for number in (3, 1):
        save(room, attempt, {"met": ["larger"], "least": number})
    tell(room, attempt, 3)
    save(room, attempt, {"met": ["larger"], "least": 1, "word": "nothing"})
    assert not slot(room, attempt).problem
    assert slot(room, attempt).response == {"met": ["larger"], "least": 1, "word": "nothing"}


def test_a_case_is_answered_when_all_its_parts_are(room: Classroom) -> None:
    room.catalogue = course(Kind.CHECKPOINT)
    attempt = room.study.start(ANN.id, "q", "k")
    save(room, attempt, {"met": ["larger"]})
    assert (slot(room, attempt).answered, slot(room, attempt).done, room.study.attempt(ANN.id, attempt).answered) == (True, False, 0)
    save(room, attempt, {"met": ["larger"], "least": 1, "word": "nothing"})
    assert (slot(room, attempt).done, room.study.attempt(ANN.id, attempt).answered) == (True, 1)


def test_the_score_follows_from_the_log(room: Classroom) -> None:
    room.catalogue = course(Kind.EXAM)
    attempt = room.study.start(ANN.id, "q", "k")
    save(room, attempt, {"met": ["larger"]})
    tell(room, attempt, 2)
    with pytest.raises(Refused):
        save(room, attempt, {"met": ["craving"], "least": 1})
    save(room, attempt, {"met": ["larger"], "least": 1})
    tell(room, attempt, 3)
    room.study.submit(ANN.id, attempt, "s")
    with room.uow.read() as tx:
        one = tx.attempts.slots(attempt)[0]
        assert (round(one.score or 0, 6), one.state) == (0.666667, State.PARTIAL)
        assert tx.attempts.latest(attempt)[1].response == {"met": ["larger"], "least": 1}, "a step that goes on is no answer"


def test_a_checked_case_tells_all_and_takes_nothing_more(room: Classroom) -> None:
    room.catalogue = course(Kind.PRACTICE)
    attempt = room.study.start(ANN.id, "q", "k")
    found = room.study.check(ANN.id, attempt, 1, {"met": ["larger"], "least": 1, "word": "nothing"})
    assert (found.telling, len(found.question.controls)) == (None, 3)
    with pytest.raises(Refused, match="checked"):
        tell(room, attempt, 2)


def test_in_a_question_that_is_no_case_there_is_nothing_to_go_on_to(room: Classroom, attempt: int) -> None:
    with pytest.raises(Refused, match="not told in parts"):
        room.study.tell(ANN.id, attempt, 2, 2)


def test_nobody_goes_on_in_the_attempt_of_another(room: Classroom, attempt: int) -> None:
    with pytest.raises(NotFound):
        room.study.tell(BEA.id, attempt, 1, 2)
