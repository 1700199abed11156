"""Marks follow from the log alone, by how the quiz asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.interactive import TryState
from course.learning.marking import Asked, chain, checked_mark, marks, slot_mark, stated, trying
from course.learning.policy import Behaviour, Kind
from course.learning.responses import Response, ResponseKind, hints_taken, last_answer, last_checked, unchecked
from course.learning.rounds import RoundState
from course.learning.scoring import Answered, Mark
from course.questions import Question
from course.questions.base import State
from tests.factories import numeric, policy, question, single_choice

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
HINTED = single_choice("hinted", hints=[{"text": "One.", "penalty": 0.1}, {"text": "Two.", "penalty": 0.2}])
INTERACTIVE = policy("q", Kind.PRACTICE, behaviour=Behaviour.INTERACTIVE)
MASTERY = policy("q", Kind.PRACTICE, behaviour=Behaviour.MASTERY)
ESSAY = question("essay", "essay", points=1, rubric=[{"id": "one", "text": "One", "points": 1}])
KINDS = {"s": ResponseKind.SAVED, "c": ResponseKind.CHECKED, "h": ResponseKind.HINT}


def log(*steps: tuple[str, Any], position: int = 1) -> tuple[Response, ...]:
    return tuple(Response(position, NOW, KINDS[kind], value) for kind, value in steps)


def asked(steps: Sequence[Response] = (), one: Question = HINTED, *, again_of: int | None = None, skipped: bool = False) -> Asked:
    return Asked(Answered(one, 0.0 if again_of else 2.0, None, skipped), steps, again_of)


def test_the_parts_of_a_log() -> None:
    steps = log(("s", "b"), ("c", "b"), ("h", 1), ("s", "a"), ("h", 2))
    assert last_answer(steps) == steps[3]
    assert last_checked(steps) == steps[1]
    assert unchecked(steps) == steps[3]
    assert unchecked(steps[:3]) is None
    assert hints_taken(steps) == 2


@pytest.mark.parametrize("behaviour", [Behaviour.IMMEDIATE, Behaviour.DEFERRED])
def test_the_last_answer_counts_checked_or_not(behaviour: Behaviour) -> None:
    rules = policy("q", behaviour=behaviour)
    assert slot_mark(rules, asked(log(("s", "b"), ("s", "a"))), over=True) == Mark(1.0, State.RIGHT, 2.0)
    assert slot_mark(rules, asked(log(("s", "b"), ("c", "b"))), over=True) == Mark(0.0, State.WRONG, 2.0)
    assert slot_mark(rules, asked(), over=True) == Mark(0.0, State.OMITTED, 2.0)


@pytest.mark.parametrize(
    ("steps", "score", "state"),
    [
        ((("c", "b"), ("h", 1), ("c", "a")), 0.4, State.PARTIAL),
        ((("c", "a"),), 1.0, State.RIGHT),
        ((("h", 1), ("h", 2), ("c", "a")), 0.7, State.PARTIAL),
        ((("c", "b"), ("c", "c"), ("c", "d")), 0.0, State.WRONG),
        ((("c", "b"), ("s", "a")), 0.5, State.PARTIAL),
        ((("s", "a"),), 1.0, State.RIGHT),
        ((("c", "b"), ("s", "nowhere")), 0.0, State.WRONG),
        ((("c", "b"), ("s", None)), 0.0, State.WRONG),
        ((("s", "nowhere"),), 0.0, State.INVALID),
        ((("h", 1),), 0.0, State.OMITTED),
        ((), 0.0, State.OMITTED),
    ],
)
def test_an_interactive_question_counts_its_best_try(steps: tuple[tuple[str, Any], ...], score: float, state: State) -> None:
    found = slot_mark(INTERACTIVE, asked(log(*steps)), over=True)
    assert (found.score, found.state) == (pytest.approx(score), state)


def test_what_is_saved_and_not_tried_counts_only_at_the_end() -> None:
    one = asked(log(("c", "b"), ("s", "a")))
    assert trying(INTERACTIVE, one, over=False).state is TryState.AGAIN
    assert trying(INTERACTIVE, one, over=True).state is TryState.SETTLED
    assert slot_mark(INTERACTIVE, one, over=False).score == 0.0
    assert checked_mark(one) == Mark(0.0, State.WRONG, 2.0)


def test_what_a_person_grades_waits_in_every_behaviour() -> None:
    text = asked(log(("c", "An essay.")), ESSAY)
    for rules in (INTERACTIVE, MASTERY):
        assert marks(rules, {1: text}, over=True) == {1: Mark(None, State.MANUAL, 2.0)}


@pytest.mark.parametrize("rules", [INTERACTIVE, MASTERY, policy("q")])
def test_a_skipped_question_is_not_presented(rules: Any) -> None:
    assert marks(rules, {1: asked(log(("s", "a")), skipped=True)}, over=True) == {1: Mark(None, None, 2.0)}


def test_the_first_of_a_chain_bears_its_mark_and_the_others_their_own() -> None:
    rounds = {
        1: asked(log(("c", "b"))),
        2: asked(log(("c", "a"), position=2)),
        3: asked(log(("c", "a"), position=3), again_of=1),
        4: asked(log(("c", "a"), position=4), again_of=1),
        5: asked(log(("s", "a"), position=5), again_of=1),
    }
    assert chain(MASTERY, rounds, 1, over=False).state is RoundState.ASKING
    assert chain(MASTERY, rounds, 1, over=True).state is RoundState.MASTERED
    found = marks(MASTERY, rounds, over=True)
    assert found[1] == Mark(1.0, State.RIGHT, 2.0)
    assert found[2] == Mark(0.25, State.PARTIAL, 2.0), "one of the last four"
    assert found[3] == found[4] == found[5] == Mark(1.0, State.RIGHT, 0.0)


def test_a_chain_never_answered_is_omitted() -> None:
    assert marks(MASTERY, {1: asked()}, over=True) == {1: Mark(0.0, State.OMITTED, 2.0)}


def test_a_withdrawn_round_is_no_round() -> None:
    rounds = {1: asked(log(("c", "a"))), 2: Asked(Answered(HINTED, 0.0, None), log(("c", "b"), position=2), 1, voided=True)}
    assert chain(MASTERY, rounds, 1, over=True).asked == 1


@pytest.mark.parametrize(
    ("steps", "known"),
    [
        ((Response(1, NOW, ResponseKind.SAVED, "a", 3),), True),
        ((Response(1, NOW, ResponseKind.SAVED, "a"),), False),
        ((Response(1, NOW, ResponseKind.SAVED, "nowhere", 3),), False),
        ((Response(1, NOW, ResponseKind.SAVED, None, 3),), False),
        ((), False),
    ],
)
def test_certainty_needs_an_answer_and_a_level(steps: tuple[Response, ...], known: bool) -> None:
    one = asked(steps)
    assert (stated(one, found=slot_mark(policy("q"), one, over=True)) is not None) == known


step = st.tuples(st.sampled_from("sch"), st.sampled_from(["a", "b", "c", "nowhere", None, "", 1]))


@given(steps=st.lists(step, max_size=12))
def test_any_log_of_tries_has_a_mark_and_it_is_the_same_again(steps: list[tuple[str, Any]]) -> None:
    """Only logs that the services would write: no try after the question was settled."""
    kept: list[tuple[str, Any]] = []
    for one in steps:
        now = trying(INTERACTIVE, asked(log(*kept)), over=False)
        blank = one[0] == "c" and one[1] not in ("a", "b", "c")
        if not (now.settled or blank or (one[0] == "h" and now.hints == 2)):
            kept.append(one)
    first, second = (slot_mark(INTERACTIVE, asked(log(*kept)), over=True) for _ in range(2))
    assert first == second
    assert first.score is not None
    assert 0 <= first.score <= 1
    dropped = [one for number, one in enumerate(kept) if one[0] != "s" or not any(later[0] == "s" for later in kept[number + 1 :])]
    assert slot_mark(INTERACTIVE, asked(log(*dropped)), over=True) == first, "an answer that a later one replaced changes nothing"


def test_a_number_that_cannot_be_read_is_no_try() -> None:
    one = asked(log(("s", "about twelve")), numeric("n"))
    found = slot_mark(INTERACTIVE, one, over=True)
    assert (found.state, bool(found.reason)) == (State.INVALID, True)
