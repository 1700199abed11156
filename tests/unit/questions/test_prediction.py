import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.questions import State, by_name
from course.questions.base import Line, NumberEntry, Slider
from tests.unit.questions.authored import codes, graded, question

GUESS = """
id: guess
type: prediction
answer: 177
unit: ng/mL
distance: {full: 10, none: 100}
range: [0, 400]
"""
RATIO = "{id: r, type: prediction, answer: 100, distance: {full: 1.25, none: 4, scale: ratio}}"


@pytest.mark.parametrize(
    ("response", "score"),
    [
        (177, 1),
        (187, 1),
        (167, 1),
        (122, 0.5),
        (232, 0.5),
        (277, 0),
        (300, 0),
        (0, 0),
        ("150 ng/mL", 73 / 90),
        ("150", 73 / 90),
        ("150,5", 73.5 / 90),
    ],
)
def test_it_falls_in_a_line_from_full_to_none(response, score):
    assert graded(GUESS, response).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("response", "score"), [(100, 1), (125, 1), (80, 1), (400, 0), (25, 0), (200, 2 / 2.75), (50, 2 / 2.75), (0, 0), (-100, 0)]
)
def test_a_ratio_counts_how_many_times_too_high_or_low(response, score):
    assert graded(RATIO, response).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (401, "Give a number from 0 to 400."),
        (-1, "Give a number from 0 to 400."),
        ("150 mg", "Write the number in ng/mL."),
        ("high", "Write a number, for example 2.5."),
        ([150, 3], "Write a number, for example 2.5."),
    ],
)
def test_what_cannot_be_given_is_invalid_with_a_reason(response, reason):
    assert (graded(GUESS, response).state, graded(GUESS, response).reason) == (State.INVALID, reason)


def test_with_a_range_it_is_a_slider():
    assert by_name("prediction").controls(question(GUESS).body) == (Slider("", "Your prediction", 0, 400, "ng/mL"),)
    assert isinstance(by_name("prediction").controls(question(RATIO).body)[0], NumberEntry)


def test_a_review_gives_the_key_only_when_allowed():
    kind, body = by_name("prediction"), question(GUESS).body
    assert kind.review(body, 180, reveal_key=False) == (Line("180 ng/mL", True, False),)
    assert kind.review(body, 180, reveal_key=True) == (Line("180 ng/mL", True, False), Line("177 ng/mL", False, True))


def test_a_prediction_is_looked_back_at_in_its_unit_once():
    kind, body, bare = by_name("prediction"), question(GUESS).body, question(RATIO).body
    said = [
        kind.review(body, given, reveal_key=False)[0].text
        for given in ("180", "180 ng/mL", "180ng/mL", {"value": 180, "unit": "ng/mL"}, "a lot")
    ]
    assert said == ["180 ng/mL", "180 ng/mL", "180ng/mL", "180 ng/mL", "a lot"]
    assert kind.review(bare, 80, reveal_key=False)[0].text == "80"
    assert kind.review(body, None, reveal_key=False) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("none: 100", "none: 10", ["empty-distance"]),
        ("full: 10, ", "", ["missing-key"]),
        ("full: 10, none: 100}", "full: 0.5, none: 2, scale: ratio}", ["ratio-below-1"]),
        ("[0, 400]", "[400, 0]", ["empty-range"]),
        ("[0, 400]", "[0, 100]", ["answer-outside-range"]),
        ("[0, 400]", "[0]", ["too-few"]),
    ],
)
def test_it_reports_predictions_that_make_no_question(old, new, expected):
    assert codes(GUESS.replace(old, new)) == expected


def test_a_ratio_needs_an_answer_above_0():
    assert codes(RATIO.replace("answer: 100", "answer: 0")) == ["ratio-of-nothing"]


@given(st.floats(0, 400), st.floats(0, 400))
def test_a_nearer_prediction_never_scores_less(a, b):
    near, far = sorted((a, b), key=lambda r: abs(r - 177))
    assert graded(GUESS, near).score >= graded(GUESS, far).score - 1e-9
