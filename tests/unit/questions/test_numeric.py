import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.questions import State, by_name
from course.questions.base import Comment, Line
from tests.unit.questions.authored import codes, finding, graded, question

NUM = """
id: num
type: numeric
answer: 177
tolerance: {abs: 5}
unit: ng/mL
units: {ug/L: 1, ug/mL: 1000}
ranges:
  - {from: 100, to: 250, score: 0.5, feedback: Inside the published range.}
  - {from: 150, to: 200, score: 0.75}
"""


def num(more: str) -> str:
    return f"id: n\ntype: numeric\n{more}\n"


@pytest.mark.parametrize(
    "response",
    [
        177,
        177.0,
        "177",
        "177 ng/mL",
        "177ng/mL",
        " 177  ng/mL ",
        {"value": 177},
        {"value": "177", "unit": "ng/mL"},
        {"value": 0.177, "unit": "ug/mL"},
        "0.177 ug/mL",
        "0.177 µg/mL",
        "177 μg/L",
        "1.77e2",
        {"value": 177, "unit": ""},
        {"value": "177 ng/mL", "unit": None},
        172,
        182,
    ],
)
def test_it_is_right_however_it_is_written(response):
    assert graded(NUM, response).score == 1


@pytest.mark.parametrize(
    ("response", "score"), [(171.99, 0.75), (182.01, 0.75), (150, 0.75), (149, 0.5), (100, 0.5), (250, 0.5), (99.9, 0), (-177, 0)]
)
def test_ends_count_as_inside_and_the_best_range_wins(response, score):
    assert graded(NUM, response).score == score


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ("177 mg", "Write the number in ng/mL, ug/L, ug/mL."),
        ("177 NG/ML", "Write the number in ng/mL, ug/L, ug/mL."),
        ({"value": 177, "unit": "mg"}, "Write the number in ng/mL, ug/L, ug/mL."),
        ({"value": "177 ng/mL", "unit": "ug/L"}, "Write the unit once."),
        ({"value": 177, "unit": 3}, "Choose one of the units shown."),
        ("1,200", "A comma before three digits can mean two things: write 1200 or 1.200."),
        ("about 177", "Write a number, for example 2.5."),
        (True, "Write a number, for example 2.5."),
        (math.nan, "Write a number, for example 2.5."),
        ([177], "Write a number, for example 2.5."),
        ({"value": 177, "size": 1}, "Write a number, for example 2.5."),
        ({"unit": "ng/mL", "valve": 177}, "Write a number, for example 2.5."),
    ],
)
def test_what_cannot_be_read_is_invalid_with_a_reason(response, reason):
    assert (graded(NUM, response).state, graded(NUM, response).reason) == (State.INVALID, reason)


@pytest.mark.parametrize("response", [{"value": "", "unit": "ng/mL"}, {"value": None}, {"unit": "ug/mL"}, "", {}])
def test_a_unit_without_a_number_is_omitted(response):
    assert graded(NUM, response).state is State.OMITTED


def test_a_unit_where_none_is_asked_is_invalid():
    assert graded(num("answer: 5"), "5 mg").reason == "Write the number alone, without a unit."


def test_a_bare_number_is_asked_again_when_the_unit_is_required():
    text = num("answer: 5\nunit: mg\nunit_required: true")
    assert graded(text, 5).reason == graded(text, "5").reason == graded(text, {"value": 5}).reason == "Write the unit too, for example mg."
    assert graded(text, 5).state is State.INVALID
    assert graded(text, "5 mg").score == 1


def test_without_a_tolerance_it_is_equal_within_a_billionth():
    assert graded(num("answer: 0.3"), 0.1 + 0.2).score == 1
    assert graded(num("answer: 0.3"), 0.3000001).score == 0
    assert graded(num("answer: 0"), 0).score == 1
    assert graded(num("answer: 0"), "-0").score == 1


@pytest.mark.parametrize(("response", "score"), [(95, 1), (105, 1), (94.9, 0), (105.1, 0)])
def test_a_relative_tolerance_is_a_share_of_the_answer(response, score):
    assert graded(num("answer: 100\ntolerance: {rel: 0.05}"), response).score == score
    assert graded(num("answer: -100\ntolerance: {rel: 0.05}"), -response).score == score


def test_a_tolerance_end_that_binary_cannot_hold_is_inside():
    assert graded(num("answer: 0.3\ntolerance: {abs: 0.1}"), 0.4).score == 1
    assert graded(num("answer: 0.3\ntolerance: {abs: 0.1}"), 0.2).score == 1


@pytest.mark.parametrize(("response", "score"), [(177, 1), (175, 1), (184.9, 1), (185, 0), (174.9, 0), ("1.8e2", 1)])
def test_significant_figures_round_both_sides(response, score):
    assert graded(num("answer: 177\ntolerance: {sigfigs: 2}"), response).score == score


def test_the_comment_is_that_of_the_best_range():
    kind, body = by_name("numeric"), question(NUM).body
    assert kind.comments(body, 120) == (Comment("range-1", "Inside the published range."),)
    assert kind.comments(body, 160) == kind.comments(body, 177) == kind.comments(body, 5) == kind.comments(body, "x") == ()


def test_a_review_gives_what_was_typed_and_the_key_only_when_allowed():
    kind, body = by_name("numeric"), question(NUM).body
    assert kind.review(body, "120 ug/L", reveal_key=False) == (Line("120 ug/L", True, False, comment="Inside the published range."),)
    assert kind.review(body, {"value": 120, "unit": "ug/L"}, reveal_key=True)[1] == Line("177 ng/mL", False, True)
    assert kind.review(body, 177, reveal_key=True) == (Line("177 ng/mL", True, True),)
    assert kind.review(body, 177, reveal_key=False) == (Line("177 ng/mL", True, False),)
    assert kind.review(body, None, reveal_key=False) == ()


def test_the_control_offers_the_units():
    (control,) = by_name("numeric").controls(question(NUM).body)
    assert (control.unit, control.units) == ("ng/mL", ("ug/L", "ug/mL"))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("answer: '5'", ["type"]),
        ("answer: true", ["type"]),
        ("answer: .nan", ["type"]),
        ("answer: .inf", ["type"]),
        ("answer: 1e999", ["type"]),
        ("answer: 0x10", ["type"]),
        ("answer: 1_000", ["type"]),
        ("tolerance: {abs: 1}", ["missing-key"]),
        ("answer: 5\ntolerance: {abs: 1, rel: 0.1}", ["one-tolerance"]),
        ("answer: 5\ntolerance: {}", ["one-tolerance"]),
        ("answer: 5\ntolerance: {abs: -1}", ["type"]),
        ("answer: 5\ntolerance: 1", ["type"]),
        ("answer: 5\ntolerance: {sigfigs: 1.5}", ["type"]),
        ("answer: 0\ntolerance: {rel: 0.1}", ["empty-tolerance"]),
        ("answer: 5\nunits: {g: 1000}", ["no-unit"]),
        ("answer: 5\nunit_required: true", ["no-unit"]),
        ("answer: 5\nunit: ug\nunits: {µg: 1}", ["same-unit"]),
        ("answer: 5\nunit: mg\nunits: {g: 0}", ["type"]),
        ("answer: 5\nranges: [{from: 9, to: 2, score: 0.5}]", ["empty-range"]),
        ("answer: 5\nranges: [{from: 1, to: 2, score: 1.5}]", ["type"]),
        ("answer: 5\nranges: [{from: 1, score: 0.5}]", ["missing-key"]),
        ("answer: 5\ntolerence: {abs: 1}", ["unknown-key"]),
    ],
)
def test_it_reports_numbers_that_make_no_question(more, expected):
    assert codes(num(more)) == expected


def test_a_misspelt_key_is_pointed_at_with_the_word_that_was_meant():
    assert finding("id: n\ntype: numeric\nanswer: 5\ntolerence: {abs: 1}\n") == (
        "unknown-key",
        "a numeric question has no key `tolerence` (did you mean `tolerance`?)",
        4,
        1,
    )


@given(st.floats(-1e9, 1e9), st.floats(0, 1e3), st.floats(-1.5, 1.5))
def test_the_score_is_1_inside_the_tolerance_and_0_well_outside(answer, reach, share):
    response = answer + share * reach
    score = graded(num(f"answer: {answer!r}\ntolerance: {{abs: {reach!r}}}"), response).score
    slack = 1e-8 * max(1.0, abs(answer), reach)
    if abs(response - answer) <= reach:
        assert score == 1
    elif abs(response - answer) > reach + slack:
        assert score == 0


@given(st.floats(1e-6, 1e6), st.sampled_from(["ng/mL", "ug/L", "ug/mL"]))
def test_a_unit_never_changes_what_a_quantity_scores(value, unit):
    factor = {"ng/mL": 1, "ug/L": 1, "ug/mL": 1000}[unit]
    bare = graded(NUM, value).score
    with_unit = graded(NUM, {"value": value / factor, "unit": unit}).score
    assert with_unit == bare
