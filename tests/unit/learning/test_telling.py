"""How far a case is told follows from the log alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from course.learning.responses import Response, ResponseKind, last_answer
from course.learning.telling import furthest, gone_on, parts_of, told, under_way
from course.questions import by_name
from tests.factories import single_choice
from tests.unit.questions.authored import question

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PARTS = ("a", "b", "c")
answers = st.dictionaries(st.sampled_from(PARTS), st.sampled_from(["x", "y", "", None]))
steps = st.one_of(
    st.tuples(st.just(ResponseKind.TOLD), st.integers(2, 3)),
    st.tuples(st.sampled_from([ResponseKind.SAVED, ResponseKind.CHECKED]), st.one_of(st.none(), st.just("text"), answers)),
    st.tuples(st.just(ResponseKind.HINT), st.integers(1, 2)),
)


def log(taken: list[tuple[ResponseKind, Any]]) -> list[Response]:
    return [Response(1, NOW, kind, what) for kind, what in taken]


def test_a_case_has_parts_and_nothing_else_has() -> None:
    assert parts_of(question(by_name("case").example)) == ("met", "least")
    assert parts_of(question(by_name("cloze").example)) == ()
    assert parts_of(single_choice("one")) == ()
    assert told([], ()) == 0


@given(st.lists(steps, max_size=6))
def test_what_is_told_is_as_far_as_one_went_or_answered(taken: list[tuple[ResponseKind, Any]]) -> None:
    found, last = log(taken), last_answer(log(taken))
    assert last is None or last.kind in (ResponseKind.SAVED, ResponseKind.CHECKED)
    far = told(found, PARTS)
    assert far == max(1, gone_on(found), furthest(last.response if last else None, PARTS))
    assert told([*found, Response(1, NOW, ResponseKind.TOLD, far)], PARTS) == far
    assert told([*found, Response(1, NOW, ResponseKind.TOLD, 3)], PARTS) == 3


def test_blank_answers_tell_nothing() -> None:
    assert furthest({"a": "x", "b": "", "c": []}, PARTS) == 1
    assert furthest("text", PARTS) == furthest(None, PARTS) == furthest({"z": 1}, PARTS) == 0


@given(st.lists(st.tuples(st.sampled_from([*PARTS, "z"]), st.integers()), max_size=12))
def test_of_a_case_under_way_each_first_answer_counts(given: list[tuple[str, int]]) -> None:
    found = under_way(given, PARTS)
    assert set(found) < set(PARTS)
    for taken in range(len(given)):
        before = under_way(given[:taken], PARTS)
        after = under_way(given[: taken + 1], PARTS)
        assert after == {} or after.items() >= before.items()
    assert under_way([*given, *((part, 0) for part in PARTS if part not in found)], PARTS) == {}
