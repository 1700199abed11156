"""What is drawn of a model agrees with the model."""

from __future__ import annotations

import numpy as np
import pytest

from course.analytics.irt import Fit, Model, fit
from course.analytics.irt_pictures import information_curve, item_curve, wright_map
from course.analytics.patterns import patterns
from tests.unit.analytics.tables import lsat, synthetic, table


@pytest.fixture(scope="module")
def model() -> Fit:
    found = fit(patterns(table(synthetic(800, np.full(15, 1.3), np.linspace(-1.5, 1.5, 15), 6))), Model.TWO_PL)
    assert isinstance(found, Fit)
    return found


def test_a_curve_with_what_was_observed(model: Fit) -> None:
    curve = item_curve(model, "q8")
    assert np.interp(model.items[7].difficulty, curve.ability, curve.chance) == pytest.approx(0.5, abs=1e-3)
    assert sum(each.n for each in curve.observed) == 800
    assert [each.ability for each in curve.observed] == sorted(each.ability for each in curve.observed)
    for each in curve.observed:
        assert each.low <= each.share <= each.high
        assert each.share == pytest.approx(float(np.interp(each.ability, curve.ability, curve.chance)), abs=0.15)


def test_only_those_who_saw_a_question_are_in_its_bins() -> None:
    cells = synthetic(400, np.ones(6), np.zeros(6), 1)
    cells[:250, 0] = np.nan
    found = fit(patterns(table(cells)), Model.ONE_PL)
    assert isinstance(found, Fit)
    assert sum(each.n for each in item_curve(found, "q1").observed) == 150


def test_a_question_that_the_model_does_not_have(model: Fit) -> None:
    with pytest.raises(KeyError):
        item_curve(model, "nowhere")


def test_everybody_and_every_question_is_on_the_map(model: Fit) -> None:
    found = wright_map(model)
    assert sum(found.people) == 800
    assert len(found.people) == len(found.edges) - 1
    difficulties = [difficulty for _, difficulty in found.questions]
    assert difficulties == sorted(difficulties)
    assert found.edges[0] <= difficulties[0]
    assert difficulties[-1] <= found.edges[-1]


def test_information_at_the_pass_mark(model: Fit) -> None:
    found = information_curve(model, 0.7)
    assert found.at_pass.value is not None
    a = np.array([item.discrimination for item in model.items])
    p = 1 / (1 + np.exp(-a * (found.at_pass.value - np.array([item.difficulty for item in model.items]))))
    assert p.mean() == pytest.approx(0.7, abs=1e-3)
    assert found.information_at_pass.value == pytest.approx((a**2 * p * (1 - p)).sum())
    assert found.error_at_pass.value == pytest.approx((a**2 * p * (1 - p)).sum() ** -0.5)


@pytest.mark.parametrize("pass_mark", [0.0, 1.0])
def test_a_pass_mark_that_no_ability_stands_for(pass_mark: float) -> None:
    found = fit(patterns(lsat(6)), Model.ONE_PL)
    assert isinstance(found, Fit)
    assert information_curve(found, pass_mark).at_pass.reason
