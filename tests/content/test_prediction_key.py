"""Which keys of predictions a simulation bears out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from course.content.loader import load
from course.content.review import review
from tests.content.bad_examples import make_example


@pytest.mark.parametrize(
    ("answer", "unit", "found"),
    [
        ("71", "people in 100", False),
        ("67", "'%'", False),
        ("50", "'%'", False),  # those on placebo
        ("60", "'%'", True),
        ("0.5", "''", False),
        ("60", "kg", False),
    ],
)
def test_a_key_fits_within_the_distance_that_scores_in_full(answer: str, unit: str, found: bool, tmp_path: Path) -> None:
    root = make_example("prediction-key", tmp_path).root
    file = root / "quizzes/block-practice.yaml"
    text = file.read_text(encoding="utf-8").replace("answer: 90", f"answer: {answer}").replace("unit: people in 100", f"unit: {unit}")
    if unit == "''":
        text = text.replace("{full: 5, none: 40}", "{full: 0.01, none: 0.4}")
    file.write_text(text, encoding="utf-8")
    codes = {finding.code for finding in review(load(root), today=date(2026, 11, 23))}
    assert ("prediction-key" in codes) == found
