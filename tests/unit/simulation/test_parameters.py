"""Parameters are read or refused with one sentence that names them, their bounds and the mend."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import BadParameter, NotFound
from course.simulation import names, simulation
from course.simulation.parameters import Choice, Number, Several, pairs


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("tolerance", {"every_days": 0}, "`every_days` must be a whole number from 1 to 14, not `0`."),
        ("tolerance", {"every_days": 2.5}, "`every_days` must be a whole number from 1 to 14, not `2.5`."),
        ("tolerance", {"evry_days": 1}, "`evry_days` is no parameter of this simulation; did you mean `every_days`?"),
        ("tolerance", {"zzz": 1}, "`zzz` is no parameter of this simulation; known: `days`, `every_days`."),
        ("occupancy", {"ng_per_ml": "a lot"}, "`ng_per_ml` must be a number from 0 to 2400 ng/mL, not `a lot`."),
        ("disinhibition", {"occupancy": 2}, "`occupancy` must be a number from 0 to 1, not `2`."),
        ("occupancy", {"form": "r"}, "`form` must be one of `racemic`, `s`, not `r`."),
        ("iv_infusion", {"model": "fanta2051"}, "did you mean `fanta2015`?"),
        ("nasal_esketamine", {"dose_mg": 57}, "`dose_mg` must be 28, 56 or 84 mg, not `57`."),
        ("criteria", {"met": "craving,toleranse"}, "`met` knows no `toleranse`; did you mean `tolerance`?"),
        ("criteria", {"met": "craving,craving"}, "`met` names `craving` twice."),
        ("criteria", {"met": 3}, "`met` must be a list with commas of `larger-amounts`"),
        ("criteria", {"met": "withdrawal"}, "`met` knows no `withdrawal`; known: `larger-amounts`"),
    ],
)
def test_a_bad_parameter_is_one_sentence(name: str, given: dict[str, object], told: str) -> None:
    with pytest.raises(BadParameter) as refused:
        simulation(name).read(given)
    assert told in refused.value.message


def test_an_unknown_simulation_is_named_with_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"There is no simulation `tolerence`; did you mean `tolerance`\?"):
        simulation("tolerence")


ODD = st.one_of(
    st.sampled_from(["nan", "inf", "-inf", "1e999", "0x10", "1_0", "١", "", " ", "1,5", "true", "1e3e3", "--1"]),
    st.sampled_from([math.nan, math.inf, True, None, 1e308]),
    st.sampled_from([[1], {"a": 1}]),
)


@given(name=st.sampled_from(names()), odd=ODD, which=st.integers(0, 10))
def test_what_is_no_number_is_never_taken_for_one(name: str, odd: object, which: int) -> None:
    model = simulation(name)
    known = list(model.specs)
    parameter = known[which % len(known)]
    if isinstance(model.specs[parameter], Several) and odd in ("", " "):
        return
    with pytest.raises(BadParameter):
        model.read({parameter: odd})


@pytest.mark.parametrize("name", names())
def test_both_ends_are_allowed_and_nothing_beyond(name: str) -> None:
    model = simulation(name)
    for parameter, spec in model.specs.items():
        if isinstance(spec, Number):
            for end, beyond in ((spec.low, spec.low - spec.step), (spec.high, spec.high + spec.step)):
                assert getattr(model.read({parameter: end}), parameter) == end
                assert getattr(model.read({parameter: f"{end:g}"}), parameter) == end
                with pytest.raises(BadParameter):
                    model.read({parameter: beyond})
        elif isinstance(spec, Choice):
            assert all(getattr(model.read({parameter: value}), parameter) == value for value in spec.values)


def test_pairs_are_parted_by_white_space() -> None:
    assert pairs("a=1  b=x,y") == {"a": "1", "b": "x,y"}
    assert pairs("") == {}
    for bad in ("a", "=1", "a=1 a=2"):
        with pytest.raises(BadParameter):
            pairs(bad)
