"""Quantiles agree with SciPy to nine digits."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from course.analytics.distributions import (
    beta_cdf,
    f_quantile,
    noncentral_t_cdf,
    noncentrality,
    normal_cdf,
    normal_quantile,
    t_cdf,
    t_quantile,
)

PROBABILITIES = (0.0005, 0.025, 0.1, 0.5, 0.8, 0.975, 0.9995)


@pytest.mark.parametrize("p", PROBABILITIES)
def test_normal(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), abs=1e-9)
    assert normal_cdf(normal_quantile(p)) == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize("p", PROBABILITIES)
@pytest.mark.parametrize("df", [1, 2, 3.7, 10, 29, 400, 99_999])
def test_t(p: float, df: float) -> None:
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("p", PROBABILITIES)
@pytest.mark.parametrize(("d1", "d2"), [(1, 1), (2, 9), (21, 399), (999, 3996), (99_999, 4_899_951)])
def test_f(p: float, d1: float, d2: float) -> None:
    assert f_quantile(p, d1, d2) == pytest.approx(stats.f.ppf(p, d1, d2), rel=1e-9, abs=1e-9)


@given(x=st.floats(0, 1), a=st.floats(0.1, 500), b=st.floats(0.1, 500))
def test_the_incomplete_beta_function_anywhere(x: float, a: float, b: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), abs=1e-9)


@example(t=2.0**-23, df=45.0)
@given(t=st.floats(-60, 60), df=st.floats(1, 500))
def test_the_t_distribution_anywhere(t: float, df: float) -> None:
    assert t_cdf(t, df) == pytest.approx(stats.t.cdf(t, df), abs=1e-9)


@pytest.mark.parametrize("shift", [-3.0, -0.2, 0.0, 0.7, 4.0, 6.5])
@pytest.mark.parametrize("t", [-2.5, 0.0, 0.3, 2.0, 6.0])
@pytest.mark.parametrize("df", [2, 19, 300])
def test_noncentral_t(t: float, df: int, shift: float) -> None:
    assert noncentral_t_cdf(t, df, shift) == pytest.approx(stats.nct.cdf(t, df, shift), abs=1e-9)


@pytest.mark.parametrize("p", [0.025, 0.975])
@pytest.mark.parametrize(("t", "df"), [(0.0, 9), (2.1, 3), (-4.0, 40), (25.0, 99), (25.0, 3), (80.0, 4999)])
def test_noncentrality_gives_back_its_probability(t: float, df: int, p: float) -> None:
    assert noncentral_t_cdf(t, df, noncentrality(t, df, p)) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize(("t", "shift"), [(28.0, 30.0), (31.0, 30.0), (45.0, 50.0)])
def test_noncentral_t_far_out(t: float, shift: float) -> None:
    assert noncentral_t_cdf(t, 300, shift) == pytest.approx(stats.nct.cdf(t, 300, shift), abs=1e-9)
