import json

import pytest

from course.diagnostics import Report
from course.errors import UnreadableQuestion
from course.questions import failing_tests, grade, question_schema, restore
from course.questions.base import Figure, Hint, OutcomeFeedback, State
from course.questions.nodes import from_json
from course.questions.reading import read_question
from tests.unit.questions.authored import codes, finding, load, question

FULL = """\
id: 2024-01-01
type: single_choice
objective: nmda-block
bloom: understand
difficulty: easy
points: 2
stem: Where?
options:
  - {id: 1, text: no, correct: true}
  - {id: 2, text: 1e3}
feedback: {right: Yes., wrong: No.}
hints: [{text: Think., penalty: 0.25}, {text: More.}]
explanation: Because.
cites: [zhang2021]
tags: [hard-one]
figure: {src: figures/a.svg, alt: A thing, width: 800, height: 600.5}
notice: Mentions harm.
tests: [{response: 1, score: 1}, {response: '2', score: 0, state: wrong}, {response: null, state: omitted}]
"""


def test_it_reads_every_common_field():
    found, report = load(FULL, strict=True)
    assert not report.findings
    assert found is not None
    assert (found.id, found.objective, found.bloom, found.difficulty, found.points) == (
        "2024-01-01",
        "nmda-block",
        "understand",
        "easy",
        2.0,
    )
    assert found.body.options[0].text == "no"
    assert found.body.options[1].text == "1e3"
    assert found.feedback == OutcomeFeedback("Yes.", "", "No.")
    assert found.hints == (Hint("Think.", 0.25), Hint("More.", 0.0))
    assert found.figure == Figure("figures/a.svg", "A thing", 800, 600.5)
    assert (found.notice, found.tags, found.cites, found.explanation) == ("Mentions harm.", ("hard-one",), ("zhang2021",), "Because.")
    assert [(t.response, t.score, t.state) for t in found.tests] == [("1", 1, None), ("2", 0, State.WRONG), (None, None, State.OMITTED)]
    assert found.places["stem"].line == 7
    assert list(failing_tests(found)) == []


def test_the_version_covers_what_is_shown_or_graded_and_nothing_else():
    base = question(FULL).version
    for same in ("easy\n|hard\n", "understand|apply", "hard-one|other", "score: 0,|score: 1,", "points: 2|points: 2.0"):
        old, new = same.split("|")
        assert old in FULL
        assert question(FULL.replace(old, new)).version == base
    for other in (
        "Where?|Where is it?",
        "Because.|As.",
        "points: 2|points: 3",
        "1e3|1e4",
        "Think.|Look.",
        "zhang2021|li2020",
        "harm|death",
        "Yes.|Right.",
    ):
        old, new = other.split("|")
        assert question(FULL.replace(old, new)).version != base
    assert len(base) == 64


def test_the_order_of_keys_does_not_change_the_version():
    lines = "id: a\ntype: numeric\nanswer: 5\nunit: mg\n", "unit: mg\nanswer: 5\ntype: numeric\nid: a\n"
    assert question(lines[0]).version == question(lines[1]).version


def test_it_is_restored_from_its_stored_form():
    found = question(FULL)
    again = restore(json.loads(json.dumps(found.canonical)))
    assert again.version == found.version
    assert again.canonical == found.canonical
    assert again.body == found.body
    assert (again.tests, again.tags, again.bloom) == ((), (), None)


def test_a_stored_form_that_cannot_be_read_says_so():
    with pytest.raises(UnreadableQuestion, match="`x` cannot be read: this list needs at least 2 entries"):
        restore({"id": "x", "type": "ordering", "items": [{"id": "a", "text": "A"}]})


def test_a_published_question_needs_what_grading_does_not():
    text = "\n\nid: tf\ntype: true_false\nanswer: true\n"
    assert codes(text) == []
    _, report = load(text, strict=True)
    assert [(f.code, f.message, f.place.line) for f in report] == [
        ("missing-key", f"a true_false question needs `{key}`", 3) for key in ("objective", "stem", "explanation", "cites")
    ]


def test_a_question_without_a_source_is_refused():
    assert finding(FULL.replace("[zhang2021]", "[]"), strict=True)[:2] == ("too-few", "a question cites at least one source")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "explanation:",
            "explnation:",
            ("unknown-key", "a single_choice question has no key `explnation` (did you mean `explanation`?)", 13, 1),
        ),
        (
            "type: single_choice",
            "type: singel_choice",
            ("unknown-type", "`singel_choice` is no question type (did you mean `single_choice`?)", 2, 7),
        ),
        ("points: 2", "points: '2'", ("type", "`2` must be a number above 0 (write it without quotes)", 6, 9)),
        ("points: 2", "points: 0", ("type", "`0` must be a number above 0", 6, 9)),
        (
            "bloom: understand",
            "bloom: understnd",
            (
                "type",
                "`understnd` must be one of `remember`, `understand`, `apply`, `analyse`, `evaluate`, `create` (did you mean `understand`?)",
                4,
                8,
            ),
        ),
        ("stem: Where?", "stem: Where?\nstem: There?", ("duplicate-key", "`stem` is given twice (delete one of the two)", 8, 1)),
        (
            "points: 2",
            "scoring: each",
            ("refused-scoring", "`each` does not fit single_choice (single_choice takes `all_or_nothing`, `per_option`)", 6, 10),
        ),
        (
            "{response: 1, score: 1}",
            "{response: 1}",
            ("empty-test", "this test expects nothing (say which `score` or `state` the response must get)", 18, 9),
        ),
    ],
)
def test_a_fault_is_reported_where_it_stands(old, new, expected):
    assert old in FULL
    assert finding(FULL.replace(old, new)) == expected


def test_faults_are_collected_not_stopped_at_the_first():
    text = FULL.replace("Because.", "''").replace("0.25", "2").replace("text: 1e3", "text: no")
    assert sorted(codes(text)) == ["empty", "same-text", "type"]


def test_a_fault_in_what_only_teaches_leaves_the_question_gradable():
    found, report = load(FULL.replace("penalty: 0.25", "penalty: often"))
    assert [f.code for f in report] == ["type"]
    assert found is not None
    assert grade(found, "1").score == 1


@pytest.mark.parametrize("change", [("points: 2", "points: many"), ("explanation:", "explnation:"), ("text: no", "txt: no")])
def test_a_fault_that_grading_could_feel_leaves_none(change):
    found, report = load(FULL.replace(*change))
    assert found is None
    assert not report.ok


def test_a_test_that_does_not_hold_is_told_with_what_was_graded():
    found = question(FULL.replace("{response: 1, score: 1}", "{response: 1, score: 0.5}"))
    ((test, graded),) = failing_tests(found)
    assert (test.score, graded.score, test.place.line) == (0.5, 1.0, 18)


def test_a_score_is_compared_to_two_decimals():
    text = (
        "{id: o, type: ordering, items: [{id: a, text: A}, {id: b, text: B}, {id: c, text: C}], tests: [{response: [a, c, b], score: %s}]}"
    )
    assert [len(list(failing_tests(question(text % score)))) for score in ("0.33", "0.3333", "0.34")] == [0, 0, 1]


@pytest.mark.parametrize("value", ["text", 5, None, [], ["a"]])
def test_a_question_that_is_no_mapping_is_one_finding(value):
    report = Report()
    assert read_question(from_json(value), report) is None
    assert [f.code for f in report] == ["type"]


@pytest.mark.parametrize("kind", ["", "[single_choice]", "{a: b}"])
def test_a_type_of_another_shape_is_one_finding(kind):
    assert codes(f"id: a\ntype: {kind}\n") == ["unknown-type"]


def test_a_question_without_a_type_is_told_the_known_ones():
    assert "`single_choice`" in finding("id: a\nstem: What?\n")[1]


def test_the_schema_has_one_shape_a_type_and_closed_keys():
    schema = question_schema()
    shapes = {shape["properties"]["type"]["const"]: shape for shape in schema["oneOf"]}
    assert shapes["single_choice"]["additionalProperties"] is False
    assert set(shapes["single_choice"]["required"]) == {"id", "type", "objective", "stem", "explanation", "cites", "options"}
    assert shapes["ordering"]["properties"]["scoring"]["enum"][0] == "each"
    assert "scoring" not in shapes["numeric"]["properties"]
    json.dumps(schema)
