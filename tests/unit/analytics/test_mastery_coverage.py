"""The 80 % intervals of mastery cover the truth as often as they say, and what is printed about other truths is so."""

from __future__ import annotations

import numpy as np
import pytest

from course.analytics.mastery_coverage import ANSWERS, PRINTED, TRUTHS, Truth, coverage, typical_objective


@pytest.mark.parametrize("answers", ANSWERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_under_the_stated_truth_they_cover_it(answers: int, seed: int) -> None:
    assert 0.75 <= coverage(TRUTHS[0], typical_objective(), answers, 3000, np.random.default_rng(seed)) <= 0.85


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
def test_what_is_printed_is_so(truth: Truth) -> None:
    found = [100 * coverage(truth, typical_objective(), answers, 3000, np.random.default_rng(7)) for answers in ANSWERS]
    assert found == pytest.approx(PRINTED[truth.name], abs=3)


def test_every_truth_is_printed() -> None:
    assert list(PRINTED) == [truth.name for truth in TRUTHS]
