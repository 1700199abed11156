import pytest

from course.questions import State, by_name
from course.questions.base import Comment, NumberEntry, Passage, Pick, TextEntry
from tests.unit.questions.authored import codes, finding, graded, question

GAPS = """\
id: gaps
type: cloze
text: Ketamine blocks the [[receptor]] receptor in its [[site]]; half-life about [[ halflife ]].
gaps:
  receptor: {type: short_text, accept: [NMDA, {text: glutamate, score: 0.5}]}
  halflife: {type: numeric, answer: 2.5, tolerance: {abs: 0.5}, unit: h}
  site: {type: single_choice, options: [{id: pore, text: pore, correct: true}, {id: rim, text: rim, feedback: Deeper.}]}
"""
RIGHT = {"receptor": "NMDA", "halflife": 2.5, "site": "pore"}


@pytest.mark.parametrize(
    ("response", "each", "everything", "net", "coverage"),
    [
        (RIGHT, 1, 1, 1, 1),
        ({**RIGHT, "receptor": "glutamate"}, 2.5 / 3, 0, 2 / 3, 2.5 / 3 * 2.5 / 3),
        ({"receptor": "nmda", "site": "rim"}, 1 / 3, 0, 0, 1 / 6),
        ({"receptor": "nmda", "site": "", "halflife": None}, 1 / 3, 0, 1 / 3, 1 / 3),
        ({"site": "rim"}, 0, 0, 0, 0),
    ],
)
def test_it_scores_by_the_named_rule(response, each, everything, net, coverage):
    rules = {"each": each, "all_or_nothing": everything, "net_correct": net, "coverage": coverage}
    assert {rule: graded(GAPS + f"scoring: {rule}\n", response).score for rule in rules} == pytest.approx(rules)
    assert graded(GAPS, response).score == pytest.approx(each)


def test_it_says_how_each_gap_stands():
    parts = graded(GAPS, {"receptor": "glutamate", "site": "rim"}).parts
    assert parts == {"receptor": State.PARTIAL, "site": State.WRONG, "halflife": State.OMITTED}


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ({"halflife": "long", "receptor": "NMDA"}, "Gap 3: Write a number, for example 2.5."),
        ({"site": "roof"}, "Gap 2: Choose one of the options shown."),
        ({"where": "pore"}, "Fill the gaps of the text."),
        ("NMDA", "Fill the gaps of the text."),
        (["NMDA"], "Fill the gaps of the text."),
    ],
)
def test_one_invalid_gap_makes_it_invalid_and_is_named(response, reason):
    assert (graded(GAPS, response).state, graded(GAPS, response).reason) == (State.INVALID, reason)


def test_blank_gaps_alone_are_no_answer():
    assert graded(GAPS, {"site": "", "receptor": "  "}).state is State.OMITTED


def test_the_controls_follow_the_text():
    (passage,) = by_name("cloze").controls(question(GAPS).body)
    assert isinstance(passage, Passage)
    assert [(type(c), c.name, c.label) for c in passage.gaps] == [
        (TextEntry, "receptor", "Gap 1"),
        (Pick, "site", "Gap 2"),
        (NumberEntry, "halflife", "Gap 3"),
    ]


def test_a_review_gives_the_gaps_in_words():
    kind, body = by_name("cloze"), question(GAPS).body
    lines = kind.review(body, {"receptor": "AMPA", "site": "rim"}, reveal_key=False)
    assert [(x.text, x.answer, x.right, x.comment) for x in lines] == [
        ("Gap 1", "AMPA", "", ""),
        ("Gap 2", "rim", "", "Deeper."),
        ("Gap 3", "", "", ""),
    ]
    assert [x.right for x in kind.review(body, None, reveal_key=True)] == ["NMDA", "pore", "2.5 h"]
    assert kind.comments(body, {"site": "rim"}) == (Comment("site:rim", "Deeper."),)
    assert kind.chosen(body, {"site": "rim", "halflife": 2}) == ("site:rim",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[[site]]", "pore", ["unused-gap"]),
        ("[[site]]", "[[site]] or [[site]]", ["repeated-gap"]),
        ("[[site]]", "[[sight]]", ["unknown-gap", "unused-gap"]),
        ("type: numeric", "type: essay", ["unknown-type"]),
        ("type: numeric, ", "", ["missing-key"]),
        ("answer: 2.5", "answer: '2.5'", ["type"]),
        ("accept: [NMDA, {text: glutamate, score: 0.5}]", "accept: [{text: glutamate, score: 0.5}]", ["no-key"]),
        ("correct: true", "correct: false", ["no-key"]),
        ("unit: h}", "unit: h, stem: What?}", ["unknown-key"]),
        ("receptor: {", "Receptor: {", ["bad-key"]),
    ],
)
def test_it_reports_gaps_that_do_not_fit(old, new, expected):
    assert old in GAPS
    assert codes(GAPS.replace(old, new, 1)) == expected


def test_a_misspelt_gap_is_pointed_at_with_the_one_that_was_meant():
    text = GAPS.replace("[[site]]", "[[site]] and [[sites]]")
    assert finding(text) == ("unknown-gap", "the text has a gap `sites` that `gaps` does not (did you mean `site`?)", 3, 7)
