import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.errors import BadResponse, UnreadableQuestion
from course.questions import State, draw, failing_tests, grade, question_schema, restore, unwrap, with_values
from tests.unit.questions.authored import codes, finding, load, question

SURVEY = """\
id: survey
type: numeric
variables:
  asked: {range: [200, 1000], step: 100}
  share: {choice: [0.15, 0.17, 0.2]}
  met: {expression: asked * share, decimals: 0}
constraints: ["met > 20"]
objective: o
stem: In a survey, {{met}} of {{ asked }} people met the criteria. What percentage is that?
answer: {expression: 100 * met / asked}
tolerance: {abs: 0.5}
explanation: "{{met}} / {{asked}}"
cites: [a]
tests:
  - {response: 15, score: 1, variables: {asked: 200, share: 0.15}}
  - {response: 17, score: 0, variables: {asked: 200, share: 0.15}}
"""


def change(old: str, new: str) -> str:
    assert old in SURVEY
    return SURVEY.replace(old, new)


def test_a_parametric_question_loads_and_its_tests_hold():
    found, report = load(SURVEY, strict=True)
    assert [str(f) for f in report] == []
    assert found is not None
    assert list(failing_tests(found)) == []


def test_a_variant_has_its_values_in_texts_and_key():
    variant = with_values(question(SURVEY), {"asked": 400, "share": 0.17})
    assert variant.values == {"asked": 400, "share": 0.17, "met": 68}
    assert variant.question.stem == "In a survey, 68 of 400 people met the criteria. What percentage is that?"
    assert variant.question.explanation == "68 / 400"
    assert variant.question.body.answer == 17
    assert grade(variant.question, "17 ").score == 1


def test_a_variant_keeps_the_version_and_what_surrounds_it():
    found = question(SURVEY + "tags: [x]\nbloom: apply\n")
    for seed in (1, 2, 3):
        variant = draw(found, seed).question
        assert (variant.version, variant.canonical, variant.tags, variant.bloom) == (found.version, found.canonical, ("x",), "apply")
        assert variant.tests == found.tests


def test_a_seed_gives_the_same_variant_for_ever():
    found = question(SURVEY)
    assert [dict(draw(found, seed).values) for seed in (1, 2, 3)] == [
        {"asked": 500, "share": 0.17, "met": 85},
        {"asked": 800, "share": 0.17, "met": 136},
        {"asked": 800, "share": 0.17, "met": 136},
    ]


def test_a_seed_gives_the_same_variant_whatever_else_is_edited():
    found, edited = question(SURVEY), question(SURVEY.replace("What percentage", "Which percentage"))
    assert found.version != edited.version
    assert [draw(found, seed).values for seed in range(20)] == [draw(edited, seed).values for seed in range(20)]


@given(st.integers(0, 10**6))
def test_every_draw_meets_the_constraints_and_its_key_scores_1(seed):
    variant = draw(question(SURVEY), seed)
    assert variant.values["met"] > 20
    assert variant.values["asked"] % 100 == 0
    assert 200 <= variant.values["asked"] <= 1000
    assert variant.values["share"] in (0.15, 0.17, 0.2)
    assert grade(variant.question, variant.question.body.answer).score == 1
    assert "{{" not in variant.question.stem


def test_every_value_is_drawn_sometimes():
    drawn = {(v.values["asked"], v.values["share"]) for v in (draw(question(SURVEY), seed) for seed in range(300))}
    assert len(drawn) == 27


def test_it_is_restored_with_its_variables():
    found = question(SURVEY)
    again = restore(json.loads(json.dumps(found.canonical, sort_keys=True)))
    assert again.version == found.version
    assert [draw(again, seed).values for seed in range(9)] == [draw(found, seed).values for seed in range(9)]
    assert draw(again, 3).question.stem == draw(found, 3).question.stem


def test_a_question_without_variables_has_itself_as_its_only_variant():
    plain = question("{id: tf, type: true_false, answer: true}")
    assert draw(plain, 5) == with_values(plain, {})
    assert draw(plain, 5).question is plain
    assert unwrap(plain, {"variables": {}, "response": "true"})[1] == {"variables": {}, "response": "true"}


def test_a_response_may_name_the_values_it_answers():
    found = question(SURVEY)
    variant, response = unwrap(found, {"variables": {"asked": 200, "share": 0.2}, "response": "20 "})
    assert (grade(variant, response).score, response) == (1, "20 ")
    variant, response = unwrap(found, 5, seed=3)
    assert variant.stem == draw(found, 3).question.stem
    assert grade(variant, response).state is State.WRONG


@pytest.mark.parametrize("variables", [{"size": 3}, {"asked": "200"}, {"asked": True}, {"asked": float("nan")}, [], None, "x"])
def test_values_that_are_none_of_its_variables_are_refused(variables):
    with pytest.raises(BadResponse):
        unwrap(question(SURVEY), {"variables": variables, "response": 1})


def test_values_without_an_answer_are_refused_with_the_reason():
    with pytest.raises(UnreadableQuestion, match="a division by zero in `100 \\* met / asked`"):
        with_values(question(SURVEY), {"asked": 0, "share": 0.2})


def test_a_test_whose_values_have_no_answer_fails_with_the_reason():
    found = question(change("{asked: 200, share: 0.15}}\n  - {r", "{asked: 0, share: 0.15}}\n  - {r"))
    ((test, graded),) = failing_tests(found)
    assert test.variables == {"asked": 0, "share": 0.15}
    assert "a division by zero" in graded.reason


def test_options_and_feedback_are_filled_too():
    text = """\
    id: opts
    type: single_choice
    variables: {n: {range: [2, 4]}}
    options:
      - {id: a, text: "{{n}} cells", correct: true, feedback: "It was {{n}}."}
      - {id: b, text: "1 cell"}
    hints: [{text: "More than 1, at most {{n}}"}]
    feedback: {wrong: "Count to {{n}}."}
    """
    variant = with_values(question(text), {"n": 3}).question
    assert variant.body.options[0].text == "3 cells"
    assert variant.body.options[0].feedback == "It was 3."
    assert variant.hints[0].text == "More than 1, at most 3"
    assert variant.feedback.wrong == "Count to 3."


def test_latex_braces_of_a_plain_question_stay():
    assert question("{id: tf, type: true_false, stem: 'x^{{2}} {{a}}', answer: true}").stem == "x^{{2}} {{a}}"


def test_an_expression_needs_no_variables():
    assert question("{id: n, type: numeric, answer: {expression: 100 * 12 / 27}, tolerance: {abs: 0.1}}").body.answer == pytest.approx(
        44.444, abs=1e-3
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "line"),
    [
        ("100 * met / asked", "100 * meet / asked", "unknown-name", "`meet` is not a variable of this question (did you mean `met`?)", 10),
        ("100 * met / asked", "100 * / asked", "bad-expression", "`100 * / asked` cannot be read: `/` is not expected here", 10),
        ("100 * met / asked", "met / (asked - asked)", "bad-variant", "a division by zero in `met / (asked - asked)`", 10),
        ("{{ asked }}", "{{askd}}", "unknown-name", "`{{askd}}` names no variable of this question (did you mean `asked`?)", 9),
        ("met > 20", "met > 1000", "bad-variant", "no values meet the constraints", 7),
        ("met > 20", "1 / (met - met) > 0", "bad-variant", "a division by zero in `1 / (met - met) > 0`", 7),
        ("asked * share", "asked * met", "circular", "`met` is computed from itself", 6),
        ("[200, 1000]", "[1000, 200]", "empty-range", "the range ends before it starts", 4),
        ("step: 100", "step: 0.0001", "too-many", "the range holds more than 1,000,000 values (make `step` larger)", 4),
        ("step: 100", "stop: 100", "unknown-key", "a variable has no key `stop` (did you mean `step`?)", 4),
        (", decimals: 0", ", choice: [1, 2]", "one-source", "`met` needs one of `range`, `choice` and `expression`", 6),
        ("[0.15, 0.17, 0.2]}", "[0.15, 0.17, 0.2], step: 1}", "unused-step", "`step` belongs to a `range`", 5),
        (
            "{abs: 0.5}",
            "{abs: {expression: share - 0.2}}",
            "type",
            "`-0.03` must be a number of at least 0 (with asked = 500, share = 0.17, met = 85)",
            11,
        ),
        (
            "asked: 200, share: 0.15}}\n  - {r",
            "asked: 200, shade: 0.15}}\n  - {r",
            "unknown-name",
            "`shade` is not a variable of this question (did you mean `share`?)",
            15,
        ),
    ],
)
def test_a_fault_is_reported_where_it_stands(old, new, code, message, line):
    assert finding(change(old, new), strict=True)[:3] == (code, message, line)


def test_a_name_of_the_language_cannot_be_a_variable():
    assert codes("{id: n, type: numeric, variables: {max: {choice: [1]}}, answer: 5}") == ["reserved-name"]


def test_a_fault_in_one_variant_of_many_is_found_when_published():
    text = change("100 * met / asked", "100 * met / (asked - 700)")
    assert codes(text) == []
    assert finding(text, strict=True)[:2] == ("bad-variant", "a division by zero in `100 * met / (asked - 700)`")


def test_options_that_read_alike_in_one_variant_are_found():
    text = """\
    id: opts
    type: single_choice
    variables: {n: {range: [1, 3]}}
    objective: o
    stem: S
    explanation: E
    cites: [a]
    options: [{id: a, text: "{{n}}", correct: true}, {id: b, text: "2"}]
    """
    assert finding(text, strict=True)[:2] == ("same-text", "`b` reads the same as `a` (give each its own words)")


def test_the_schema_allows_an_expression_where_a_number_is_computed():
    numeric = next(shape for shape in question_schema()["oneOf"] if shape["properties"]["type"]["const"] == "numeric")
    assert [way["type"] for way in numeric["properties"]["answer"]["anyOf"]] == ["number", "object"]


@settings(max_examples=60)
@given(
    st.sampled_from(["asked * share", "met > 20", "100 * met / asked", "{{met}}", "[200, 1000]", "100}", "0.17", "decimals: 0"]),
    st.text(alphabet="{}[]()met asked*/+-0123456789.,:", max_size=12)
    | st.sampled_from(["{expression: met}", "{{x}}", "1e999", "-1", "[]", "0"]),
)
def test_a_mangled_parametric_question_gives_findings_or_still_works(old, new):
    try:
        found, report = load(SURVEY.replace(old, new), strict=True)
    except AssertionError:
        return  # no YAML any more
    if found is None:
        assert report.errors
    else:
        variant = draw(found, 7)
        assert grade(variant.question, variant.question.body.answer).score == 1
