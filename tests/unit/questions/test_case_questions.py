import pytest

from course.questions import State, by_name
from course.questions.base import Arrange, ChooseMany, Comment, Stage
from tests.unit.questions.authored import codes, graded, question

CASE = """\
id: vignette
type: case
text: A fictional person.
parts:
  - id: p1
    type: multiple_choice
    points: 2
    text: Stage one.
    stem: Which criteria are met?
    options: [{id: a, text: A, correct: true, feedback: Told.}, {id: b, text: B, correct: true}, {id: c, text: C}]
    explanation: A and B are told.
  - id: p2
    type: ordering
    stem: Which came first?
    scoring: all_or_nothing
    items: [{id: x, text: X}, {id: y, text: Y}]
"""


@pytest.mark.parametrize(
    ("response", "score", "state"),
    [
        ({"p1": ["a", "b"], "p2": ["x", "y"]}, 1, State.RIGHT),
        ({"p1": ["a"], "p2": ["x", "y"]}, 2 / 3, State.PARTIAL),
        ({"p1": ["a", "b"]}, 2 / 3, State.PARTIAL),
        ({"p1": [], "p2": ["x", "y"]}, 1 / 3, State.PARTIAL),
        ({"p1": ["c"], "p2": ["y", "x"]}, 0, State.WRONG),
        ({"p1": [], "p2": None}, 0, State.OMITTED),
    ],
)
def test_it_is_the_mean_of_the_parts_by_their_points(response, score, state):
    assert graded(CASE, response).score == pytest.approx(score)
    assert graded(CASE, response).state is state


def test_negative_parts_pull_the_case_down():
    text = CASE.replace("points: 2", "points: 2\n    scoring: per_option").replace("text: C}", "text: C, fraction: -0.5}")
    assert graded(text, {"p1": ["c"], "p2": ["x", "y"]}).score == pytest.approx(0)
    assert graded(text, {"p1": ["c"]}).score == pytest.approx(-1 / 3)


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ({"p1": ["z"]}, "Part 1: Tick the options shown, each at most once."),
        ({"p1": ["a"], "p2": ["x"]}, "Part 2: Put all the items in order, each of them once."),
        ({"p3": "a"}, "Answer the parts of the case."),
        (["a"], "Answer the parts of the case."),
    ],
)
def test_one_invalid_part_makes_it_invalid_and_is_named(response, reason):
    assert (graded(CASE, response).state, graded(CASE, response).reason) == (State.INVALID, reason)


def test_it_says_how_each_part_stands():
    assert graded(CASE, {"p1": ["a"]}).parts == {"p1": State.PARTIAL, "p2": State.OMITTED}


def test_each_stage_holds_the_controls_of_its_part():
    one, two = by_name("case").controls(question(CASE).body)
    assert isinstance(one, Stage)
    assert (one.name, one.label, one.text, one.stem) == ("p1", "Part 1", "A fictional person.\n\nStage one.", "Which criteria are met?")
    assert isinstance(one.controls[0], ChooseMany)
    assert isinstance(two.controls[0], Arrange)


def test_a_review_gives_the_parts_in_words_and_their_explanation_with_the_key():
    kind, body = by_name("case"), question(CASE).body
    hidden = kind.review(body, {"p1": ["a", "c"]}, reveal_key=False)
    assert [(x.text, x.answer, x.right, x.explanation, x.comment) for x in hidden] == [
        ("Which criteria are met?", "A; C", "", "", "Told."),
        ("Which came first?", "", "", "", ""),
    ]
    shown = kind.review(body, {"p2": ["y", "x"]}, reveal_key=True)
    assert [(x.answer, x.right, x.explanation) for x in shown] == [("", "A; B", "A and B are told."), ("Y: 1; X: 2", "Y: 2; X: 1", "")]
    assert kind.comments(body, {"p1": ["a"]}) == (Comment("p1:a", "Told."),)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("type: ordering", "type: essay", ["unknown-type"]),
        ("stem: Which came first?", "objective: x", ["unknown-key", "missing-key"]),
        ("id: p2", "id: p1", ["duplicate-id"]),
        ("points: 2", "points: 0", ["type"]),
        ("scoring: all_or_nothing", "scoring: per_option", ["refused-scoring"]),
        (", {id: y, text: Y}", "", ["too-few"]),
        ("text: A fictional person.\n", "", ["missing-key"]),
    ],
)
def test_it_reports_parts_that_do_not_fit(old, new, expected):
    assert old in CASE
    assert codes(CASE.replace(old, new, 1)) == expected


def test_a_published_case_needs_no_stem_of_its_own():
    assert "missing-key" not in codes(CASE + "objective: o\nexplanation: E.\ncites: [a]\n", strict=True)
