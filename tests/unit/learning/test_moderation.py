"""One grader, a second one, and who decides when they differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.moderation import HandMark, Waiting, agree, verdict

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def by(grader: str, share: float, *, second: bool = False, minute: int = 0) -> HandMark:
    return HandMark(grader, NOW + timedelta(minutes=minute), {"whole": share}, share, wants_second=second)


def final(*log: HandMark) -> tuple[str, float] | None:
    found = verdict(log).final
    return None if found is None else (found.grader, found.share)


def test_without_a_mark_it_waits_for_the_first() -> None:
    assert (verdict([]).final, verdict([]).waiting) == (None, Waiting.FIRST_MARK)


def test_one_mark_is_final() -> None:
    assert final(by("ivo", 0.5)) == ("ivo", 0.5)
    assert verdict([by("ivo", 0.5)]).waiting is Waiting.NOTHING


def test_one_mark_waits_when_its_grader_asks_for_a_second() -> None:
    found = verdict([by("ivo", 0.5, second=True)])
    assert (found.final, found.waiting) == (None, Waiting.SECOND_MARK)


@pytest.mark.parametrize(("other", "confirmed"), [(0.5, True), (0.7, True), (0.3, True), (0.71, False), (0.29, False)])
def test_a_second_mark_within_a_fifth_of_the_points_confirms_the_first(other: float, confirmed: bool) -> None:
    found = verdict([by("ivo", 0.5, second=True), by("lea", other)])
    assert (found.final is not None) is confirmed
    assert found.waiting is (Waiting.NOTHING if confirmed else Waiting.DECIDING_MARK)
    if confirmed:
        assert final(by("ivo", 0.5, second=True), by("lea", other)) == ("ivo", 0.5)


def test_a_third_mark_decides() -> None:
    log = [by("ivo", 0.2, second=True), by("lea", 0.9), by("max", 0.6)]
    assert final(*log) == ("max", 0.6)
    assert verdict(log).waiting is Waiting.NOTHING


def test_what_was_final_stands_until_somebody_decides() -> None:
    log = [by("ivo", 0.2), by("lea", 0.9)]
    assert final(*log) == ("ivo", 0.2)
    assert verdict(log).waiting is Waiting.DECIDING_MARK
    assert final(*log, by("max", 0.6)) == ("max", 0.6)


def test_a_graders_later_mark_replaces_the_earlier_one() -> None:
    assert final(by("ivo", 0.2), by("ivo", 0.4)) == ("ivo", 0.4)
    assert len(verdict([by("ivo", 0.2), by("ivo", 0.4)]).marks) == 1


def test_graders_who_talk_it_over_need_no_third() -> None:
    log = [by("ivo", 0.2, second=True), by("lea", 0.9), by("lea", 0.3)]
    assert final(*log) == ("ivo", 0.2)
    assert verdict(log).waiting is Waiting.NOTHING


def test_a_fourth_does_not_count() -> None:
    assert final(by("ivo", 0.2), by("lea", 0.9), by("max", 0.6), by("ann", 0.1)) == ("max", 0.6)


marks = st.lists(
    st.builds(by, st.sampled_from(["ivo", "lea", "max", "ann"]), st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0]), second=st.booleans()),
    max_size=8,
)


@given(marks)
def test_a_final_mark_never_goes_away_again(log: list[HandMark]) -> None:
    finals = [verdict(log[:n]).final is not None for n in range(len(log) + 1)]
    assert finals == sorted(finals)


@given(marks)
def test_the_final_mark_is_the_present_one_of_somebody_who_marked(log: list[HandMark]) -> None:
    found = verdict(log)
    assert found.final is None or found.final in found.marks
    assert len({m.grader for m in found.marks}) == len(found.marks)
    assert (found.waiting is Waiting.FIRST_MARK) == (not log)
    if found.waiting is Waiting.DECIDING_MARK:
        assert not agree(*found.marks)
