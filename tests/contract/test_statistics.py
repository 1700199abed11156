"""Every statistic that a page could show has its definition, and every definition its statistic."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_type_hints

import pytest

from course.analytics.certainty_of_cohort import CertaintyOfCohort, LevelOfCohort
from course.analytics.cohort_mastery import ObjectiveMastery
from course.analytics.definitions import SECTIONS, definition
from course.analytics.drift import Drift
from course.analytics.gain import Gain
from course.analytics.irt_pictures import InformationCurve
from course.analytics.items import Item
from course.analytics.reliability import QuizSummary
from course.analytics.statistic import Statistic

RECORDS: tuple[Any, ...] = (Item, QuizSummary, Gain, CertaintyOfCohort, LevelOfCohort, ObjectiveMastery, Drift, InformationCurve)


@pytest.mark.parametrize("record", RECORDS)
def test_every_statistic_of_a_record_is_defined(record: Any) -> None:
    hints = get_type_hints(record)
    for name in (f.name for f in fields(record) if hints[f.name] is Statistic):
        assert definition(name).computed


def test_no_name_is_defined_twice() -> None:
    names = [each.name for section in SECTIONS for each in section.definitions]
    assert len(names) == len(set(names))
