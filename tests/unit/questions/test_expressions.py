import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.questions.arithmetic import ExpressionError, rounded
from course.questions.expressions import parse_expression


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 - 2 - 1", 4),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("2 ** -1", 0.5),
        ("--3", 3),
        ("7 // 2 + 7 % 4", 6),
        ("-7 // 2", -4),
        ("1e3 / .5", 2000),
        ("100 * met / asked", 17),
        ("1 < 2 < 3", 1),
        ("1 < 3 < 2", 0),
        ("3 != 3 or 2 >= 2", 1),
        ("not 0 and not 1", 0),
        ("not 1 == 2", 1),
        ("2 and 3", 1),
        ("0 and 1 / 0", 0),
        ("1 or 1 / 0", 1),
        ("min(3, 1, 2) + max(3, 1) + abs(-4)", 8),
        ("round(2.5) + round(-2.5) + round(2.675, 2)", 2.68),
        ("floor(-1.5) + ceil(1.2)", 0),
        ("sqrt(16) + exp(0) + log(1) + log10(1000)", 8),
        ("((((((((1))))))))", 1),
    ],
)
def test_it_computes_as_written(text, value):
    assert parse_expression(text).value({"met": 34, "asked": 200}) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the expression ends too early"),
        ("1 +", "the expression ends too early"),
        ("1 2", "`2` is not expected here"),
        ("(1", "a `)` is missing"),
        ("1)", "`)` is not expected here"),
        ("a.b", "`.` has no meaning here"),
        ("'a'", "`'` has no meaning here"),
        ("a[0]", "`[` has no meaning here"),
        ("lambda: 1", "`:` has no meaning here"),
        ("__import__(1)", "there is no function `__import__`"),
        ("open(1)", "there is no function `open`"),
        ("max", "`max` is a function and needs parentheses"),
        ("sqrt(1, 2)", "`sqrt` takes 1 values"),
        ("round(1, 2, 3)", "`round` takes 1 or 2 values"),
        ("min()", "`)` is not expected here"),
        ("1 = 2", "`=` has no meaning here"),
        ("1e999", "`1e999` is too large"),
        ("+".join("1" * 101), "an expression has at most 200 characters"),
        ("(" * 21 + "1" + ")" * 21, "an expression is at most 20 levels deep"),
        ("-" * 21 + "1", "an expression is at most 20 levels deep"),
        ("not " * 21 + "1", "an expression is at most 20 levels deep"),
        ("1 if 2 else 3", "`if` is not expected here"),
        ("x := 1", "`:` has no meaning here"),
        ("and 1", "`and` is not expected here"),
    ],
)
def test_it_refuses_what_is_no_arithmetic(text, reason):
    with pytest.raises(ExpressionError) as fault:
        parse_expression(text)
    assert str(fault.value) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 / 0", "a division by zero"),
        ("1 // 0", "a division by zero"),
        ("1 % 0", "a division by zero"),
        ("0 ** -1", "a division by zero"),
        ("2 ** 21", "an exponent lies between -20 and 20"),
        ("(-8) ** 0.5", "a fractional power of a negative number"),
        ("1e300 * 1e300", "the result is too large"),
        ("1e300 ** 2", "the result is too large"),
        ("exp(1000)", "the result is too large"),
        ("sqrt(-1)", "the square root of -1"),
        ("log(0)", "the logarithm of 0"),
        ("log10(-1)", "the logarithm of -1"),
        ("x + 1", "`x` is not defined"),
        ("round(1, 0.5)", "round takes a whole number of decimals"),
    ],
)
def test_it_says_why_there_is_no_value(text, reason):
    with pytest.raises(ExpressionError) as fault:
        parse_expression(text).value({})
    assert str(fault.value) == reason


def test_it_knows_the_names_it_needs():
    assert parse_expression("100 * met / max(asked, 1) - met").names == {"met", "asked"}


@pytest.mark.parametrize(
    ("value", "digits", "result"),
    [(2.5, 0, 3), (-2.5, 0, -3), (0.125, 2, 0.13), (1.005, 2, 1.01), (1e20, 0, 1e20), (149, -1, 150), (0, 3, 0)],
)
def test_it_rounds_half_away_from_zero(value, digits, result):
    assert rounded(float(value), digits) == result


numbers = st.integers(0, 20).map(str) | st.floats(0, 20).map(lambda x: f"{x:.3f}")
arithmetic = st.recursive(
    numbers | st.sampled_from(["a", "b"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "<=", "==", "and", "or"]), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        )
        | inner.map(lambda t: f"(-{t})")
        | inner.map(lambda t: f"(not {t})")
        | inner.map(lambda t: f"abs({t})")
        | st.tuples(inner, inner).map(lambda t: f"max({t[0]}, {t[1]})")
    ),
    max_leaves=6,
)


@given(arithmetic, st.integers(-5, 5), st.integers(1, 9))
def test_it_agrees_with_python(text, a, b):
    assume(len(text) <= 200)
    values = {"a": float(a), "b": float(b)}
    try:
        expected = eval(text, {"abs": abs, "max": max}, values)
    except ZeroDivisionError:
        with pytest.raises(ExpressionError):
            parse_expression(text).value(values)
        return
    value = parse_expression(text).value(values)
    if " and " in text or " or " in text:
        assert math.isfinite(value)
    else:
        assert value == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


@given(st.text(max_size=60) | st.text(alphabet="ab12+-*/%().,<>=! notdr", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        value = parse_expression(text).value({"a": 2.0, "b": 0.0})
    except ExpressionError:
        return
    assert math.isfinite(value)
