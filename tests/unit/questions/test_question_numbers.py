import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.questions.numbers import Quantity, Unreadable, as_text, read_quantity, round_figures, same_unit


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        (177, 177, ""),
        (-2.5, -2.5, ""),
        ("177", 177, ""),
        (" 2.5 ", 2.5, ""),
        ("2,5", 2.5, ""),
        ("0,25", 0.25, ""),
        ("1,2345", 1.2345, ""),
        (",5", 0.5, ""),
        (".5", 0.5, ""),
        ("5.", 5, ""),
        ("1200,", 1200, ""),
        ("1 200", 1200, ""),
        ("1\u00a0200", 1200, ""),
        ("1\u202f200,5", 1200.5, ""),
        ("12 345 678", 12345678, ""),
        ("0.123 456", 0.123456, ""),
        ("1.200", 1.2, ""),
        ("1.2e3", 1200, ""),
        ("1,2E-3", 0.0012, ""),
        ("1e\u22123", 0.001, ""),
        ("\u22124", -4, ""),
        ("+4", 4, ""),
        ("177 ng/mL", 177, "ng/mL"),
        ("177ng/mL", 177, "ng/mL"),
        ("5eV", 5, "eV"),
        ("44,4 %", 44.4, "%"),
        ("12 345 678 mg", 12345678, "mg"),
        ("2.5 h", 2.5, "h"),
    ],
)
def test_it_reads_numbers_as_people_write_them(written, value, unit):
    assert read_quantity(written) == Quantity(value, unit)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "ten",
        "1,200",
        "0,200",
        "1,200 mg",
        "1,200.5",
        "1,200,000",
        "1,2,3",
        "1.2.3",
        "1,234 567",
        "- 4",
        "--4",
        "e5",
        "nan",
        "inf",
        "-Infinity",
        "1e999",
        "١٢",
        "9" * 200,
        True,
        False,
        None,
        [],
        [1],
        {},
        math.nan,
        math.inf,
        -math.inf,
        10**400,
    ],
)
def test_it_refuses_what_is_no_number_or_could_mean_two(written):
    assert isinstance(read_quantity(written), Unreadable)


def test_it_says_what_a_comma_before_three_digits_could_mean():
    assert read_quantity("1,200") == Unreadable("A comma before three digits can mean two things: write 1200 or 1.200.")


@pytest.mark.parametrize("written", ["1 2", "1 2000", "10 20 30"])
def test_a_space_that_parts_no_group_of_three_does_not_join_digits(written):
    found = read_quantity(written)
    assert isinstance(found, Quantity)
    assert found.unit


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_read_back(value):
    assert read_quantity(repr(value)) == Quantity(value)
    assert read_quantity(repr(value).replace("-", "\u2212")) == Quantity(value)


@given(st.text(max_size=40) | st.from_regex(r"[-+0-9., eE\u00a0]{0,20}", fullmatch=True))
def test_any_text_is_a_finite_number_or_refused(text):
    found = read_quantity(text)
    assert isinstance(found, Unreadable) or math.isfinite(found.value)


def test_units_compare_with_micro_as_u_and_case_kept():
    assert same_unit("\u00b5g/mL") == same_unit("\u03bcg/mL") == same_unit(" ug/mL ") == "ug/mL"
    assert same_unit("\uff4dg") == "mg"
    assert same_unit("Mg") != same_unit("mg")


@pytest.mark.parametrize(
    ("value", "figures", "rounded"),
    [
        (177, 2, "180"),
        (0.0025, 1, "0.003"),
        (-2.5, 1, "-3"),
        (9.96, 2, "10"),
        (0.1 + 0.2, 1, "0.3"),
        (2.675, 3, "2.68"),
        (0, 3, "0"),
        (0.285, 2, "0.29"),
    ],
)
def test_significant_figures_round_half_away_from_zero(value, figures, rounded):
    assert round_figures(value, figures) == Decimal(rounded)


def test_numbers_are_shown_without_a_needless_point():
    assert [as_text(v) for v in (2.5, 1200.0, 0.1 + 0.2, -3)] == ["2.5", "1200", "0.3", "-3"]
