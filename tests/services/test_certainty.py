"""How sure somebody was stands beside how right they were, and never in the score."""

from __future__ import annotations

from typing import Any

import pytest

from course.content.model import Catalogue
from course.learning.policy import Behaviour, Kind, Moment, Reveal
from course.services.study.views import ConfidenceView
from tests.factories import catalogue, cell, module, question, quiz, single_choice
from tests.people import ANN
from tests.services.classroom import Classroom

AFTER = Reveal(*[Moment.AFTER_ATTEMPT] * 5)


def course(**rules: Any) -> Catalogue:
    asked = [single_choice(name) for name in ("one", "two", "three", "four")]
    rules = {"certainty": True, "shuffle_questions": False, "reveal": AFTER, **rules}
    return catalogue([module("first", [cell("only")])], [quiz("q", asked, Kind.POSTTEST, **rules)])


def begin(room: Classroom, **rules: Any) -> int:
    room.catalogue = course(**rules)
    return room.study.start(ANN.id, "q", "k")


def given(room: Classroom, attempt: int, *answers: tuple[str, int | None]) -> ConfidenceView | None:
    for position, (response, certainty) in enumerate(answers, start=1):
        room.study.save(ANN.id, attempt, position, response, certainty)
    return room.study.submit(ANN.id, attempt, "s").confidence


def test_the_result_sets_certainty_beside_accuracy(room: Classroom) -> None:
    attempt = begin(room)
    found = given(room, attempt, ("b", 1), ("a", 2), ("a", 3), ("b", 3))
    assert found is not None
    assert (found.mark, found.most, found.answered, found.right, found.unstated) == (-1, 12, 4, 2, 0)
    assert [(at.answered, at.right) for at in found.levels] == [(1, 0), (1, 1), (2, 1)]
    assert [item.question.id for item in found.certain_and_wrong] == ["four"]
    assert found.brier == pytest.approx(0.28, abs=0.005)
    result = room.study.result(ANN.id, attempt)
    assert (result.points, result.fraction) == (2.0, 0.5), "certainty never changes the score"
    assert [item.certainty for item in result.items] == [1, 2, 3, 3]


def test_the_last_certainty_counts_and_all_are_kept(room: Classroom) -> None:
    attempt = begin(room)
    room.study.save(ANN.id, attempt, 1, "a", 1)
    found = given(room, attempt, ("a", 3))
    assert found is not None
    assert found.mark == 3
    with room.uow.read() as tx:
        assert [r.certainty for r in tx.attempts.log(attempt)] == [1, 3]


def test_answers_without_certainty_are_counted_apart(room: Classroom) -> None:
    found = given(room, begin(room), ("a", 3), ("a", None), ("nowhere", 2))
    assert found is not None
    assert (found.answered, found.unstated) == (1, 2)


def test_nothing_stated_shows_nothing(room: Classroom) -> None:
    assert given(room, begin(room), ("a", None)) is None


def test_where_it_is_not_asked_there_is_none(room: Classroom) -> None:
    assert given(room, begin(room, certainty=False), ("a", 3)) is None


def test_while_only_the_score_may_be_shown_no_question_is_given_away(room: Classroom) -> None:
    only_score = Reveal(Moment.AFTER_ATTEMPT, *[Moment.NEVER] * 4)
    found = given(room, begin(room, reveal=only_score), ("b", 3), ("a", 2))
    assert found is not None
    assert (found.mark, found.right, found.answered) == (-4, 1, 2)
    assert (found.brier, found.levels, found.certain_and_wrong) == (None, (), ())


def test_while_nothing_may_be_shown_there_is_nothing(room: Classroom) -> None:
    assert given(room, begin(room, reveal=Reveal(*[Moment.NEVER] * 5)), ("b", 3)) is None


def test_an_immediate_check_asks_for_the_certainty_first(room: Classroom) -> None:
    attempt = begin(room, behaviour=Behaviour.IMMEDIATE)
    slot = room.study.check(ANN.id, attempt, 1, "a")
    assert (slot.problem, slot.may_check, slot.response) == ("Say how sure you are first.", True, "a")
    room.study.save(ANN.id, attempt, 1, "a", 2)
    assert not room.study.check(ANN.id, attempt, 1).may_check


def test_a_survey_answer_has_no_certainty_to_judge(room: Classroom) -> None:
    feel = question(
        "feel", "likert", scale=[{"id": "1", "text": "Low"}, {"id": "2", "text": "High"}], objective=None, explanation=None, cites=None
    )
    room.catalogue = catalogue([module("first", [cell("only")])], [quiz("q", [feel], Kind.POSTTEST, reveal=AFTER)])
    attempt = room.study.start(ANN.id, "q", "k")
    assert given(room, attempt, ("1", 3)) is None
