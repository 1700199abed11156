"""Study support: groups with reasons, thresholds that count, and nothing about use."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analytics.study_support import StudyRecord, SupportGroup, Thresholds, study_support

FINE = StudyRecord(answers=40, points=0.75, days_silent=2, due=4, due_done=3)


@pytest.mark.parametrize(
    ("record", "group", "reasons"),
    [
        (FINE, SupportGroup.ON_TRACK, ("75% of the points in 40 first tries.", "3 of 4 assigned done.")),
        (replace(FINE, points=0.4), SupportGroup.STRUGGLING, ("40% of the points in 40 first tries, likely below 60%.",)),
        (replace(FINE, points=0.55), SupportGroup.ON_TRACK, ("55% of the points in 40 first tries.", "3 of 4 assigned done.")),
        (replace(FINE, failed_in_a_row=3), SupportGroup.STRUGGLING, ("3 attempts in a row at the same quiz without passing.",)),
        (replace(FINE, days_silent=20, overdue=2), SupportGroup.SILENT, ("Not here for 20 days.", "2 pieces of assigned work overdue.")),
        (
            replace(FINE, days_silent=20, due_done=4),
            SupportGroup.ON_TRACK,
            ("75% of the points in 40 first tries.", "4 of 4 assigned done."),
        ),
        (StudyRecord(0, 0.0, None, due=1), SupportGroup.SILENT, ("Has not been here yet; 1 piece of work assigned.",)),
        (StudyRecord(0, 0.0, None), SupportGroup.UNKNOWN, ("0 answers; 10 are needed to say how it goes.",)),
        (StudyRecord(1, 1.0, 0), SupportGroup.UNKNOWN, ("1 answer; 10 are needed to say how it goes.",)),
        (
            replace(FINE, points=0.95, due_done=4),
            SupportGroup.EXCELLING,
            ("95% of the points in 40 first tries, likely 85% or more.", "4 of 4 assigned done."),
        ),
        (replace(FINE, points=0.95), SupportGroup.ON_TRACK, ("95% of the points in 40 first tries.", "3 of 4 assigned done.")),
        (
            replace(FINE, points=0.9, answers=12, due_done=4),
            SupportGroup.ON_TRACK,
            ("90% of the points in 12 first tries.", "4 of 4 assigned done."),
        ),
    ],
)
def test_each_group_has_its_reasons(record: StudyRecord, group: SupportGroup, reasons: tuple[str, ...]) -> None:
    found = study_support(record)
    assert (found.group, found.reasons) == (group, reasons)


def test_thresholds_can_be_changed() -> None:
    assert study_support(replace(FINE, days_silent=8)).group is SupportGroup.ON_TRACK
    assert study_support(replace(FINE, days_silent=8), Thresholds(silent_days=7)).group is SupportGroup.SILENT


@pytest.mark.parametrize("wrong", [{"struggling_below": 0.9}, {"silent_days": 0}, {"level": 1.0}, {"excelling_done": 2.0}])
def test_thresholds_that_contradict_each_other_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Thresholds(**wrong)  # type: ignore[arg-type]


@given(
    st.builds(
        StudyRecord,
        answers=st.integers(0, 500),
        points=st.floats(-0.5, 1),
        days_silent=st.none() | st.integers(0, 400),
        due=st.integers(0, 9),
        due_done=st.integers(0, 9),
        overdue=st.integers(0, 9),
        failed_in_a_row=st.integers(0, 9),
    )
)
def test_everybody_has_a_group_and_a_reason(record: StudyRecord) -> None:
    found = study_support(record)
    assert all(reason.endswith(".") for reason in found.reasons)
    assert found.reasons


def test_what_goes_in_is_study_alone() -> None:
    assert {f.name for f in fields(StudyRecord)} == {"answers", "points", "days_silent", "due", "due_done", "overdue", "failed_in_a_row"}
