import pytest

from course.questions import State, by_name
from course.questions.base import Comment, Line, Shuffle
from tests.unit.questions.authored import codes, finding, graded, question

PLAIN = """
id: sc
type: single_choice
options:
  - {id: pore, text: Inside the open channel, correct: true, feedback: It has to open first.}
  - {id: agonist-site, text: At the glutamate site, misconception: competes, feedback: It does not compete.}
  - {id: outside, text: Outside the membrane}
"""
FRACTIONS = """
id: sc-fractions
type: single_choice
scoring: per_option
options:
  - {id: a, text: A, correct: true, fraction: 1}
  - {id: b, text: B, fraction: 0.5}
  - {id: c, text: C, fraction: -0.25}
  - {id: d, text: D}
"""


@pytest.mark.parametrize(("response", "score", "state"), [("pore", 1, State.RIGHT), ("outside", 0, State.WRONG), (" ", 0, State.OMITTED)])
def test_the_key_scores_1_and_the_others_0(response, score, state):
    assert (graded(PLAIN, response).score, graded(PLAIN, response).state) == (score, state)


@pytest.mark.parametrize("response", ["Pore", "pore ", "inside", 0, ["pore"], {"id": "pore"}, True])
def test_anything_but_an_option_id_is_invalid(response):
    assert graded(PLAIN, response).state is State.INVALID
    assert graded(PLAIN, response).reason == "Choose one of the options shown."


@pytest.mark.parametrize(
    ("response", "score", "state"), [("a", 1, State.RIGHT), ("b", 0.5, State.PARTIAL), ("c", -0.25, State.WRONG), ("d", 0, State.WRONG)]
)
def test_per_option_scores_the_options_own_fraction(response, score, state):
    assert (graded(FRACTIONS, response).score, graded(FRACTIONS, response).state) == (score, state)


def test_a_floor_lifts_negative_scores():
    assert graded(FRACTIONS + "floor: 0\n", "c").score == 0
    assert graded(FRACTIONS + "floor: -0.1\n", "c").score == -0.1
    assert graded(FRACTIONS + "floor: 0\n", "b").score == 0.5


def test_the_key_scores_1_without_a_fraction_of_its_own():
    assert graded(FRACTIONS.replace(", fraction: 1}", "}"), "a").score == 1


def test_it_comments_on_what_was_chosen_alone():
    body = question(PLAIN).body
    kind = by_name("single_choice")
    assert kind.comments(body, "agonist-site") == (Comment("agonist-site", "It does not compete.", "competes"),)
    assert kind.comments(body, "outside") == kind.comments(body, "nonsense") == kind.comments(body, ["pore"]) == ()


def test_a_review_hides_the_key_until_it_may_be_shown():
    body = question(PLAIN).body
    kind = by_name("single_choice")
    assert kind.review(body, "outside", reveal_key=False) == (
        Line("Inside the open channel", chosen=False, key=False),
        Line("At the glutamate site", chosen=False, key=False),
        Line("Outside the membrane", chosen=True, key=False),
    )
    assert kind.review(body, "outside", reveal_key=True)[0] == Line("Inside the open channel", False, True, comment="It has to open first.")


def test_texts_may_be_shuffled_but_numbers_stay_in_order():
    kind = by_name("single_choice")
    (texts,) = kind.controls(question(PLAIN).body)
    (numbers,) = kind.controls(
        question("{id: n, type: single_choice, options: [{id: a, text: 10 %}, {id: b, text: 44.4, correct: true}]}").body
    )
    assert texts.shuffle is Shuffle.ALLOWED
    assert numbers.shuffle is Shuffle.NEVER


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("[{id: a, text: A}, {id: b, text: B}]", ["no-key"]),
        ("[{id: a, text: A, correct: true}, {id: b, text: B, correct: true}]", ["two-keys"]),
        ("[{id: a, text: A, correct: true}]", ["too-few"]),
        ("[{id: a, text: A, correct: true}, {id: a, text: B}]", ["duplicate-id"]),
        ("[{id: a, text: Half  way, correct: true}, {id: b, text: half way}]", ["same-text"]),
        ("[{id: a, text: A, correct: true}, {id: b, text: B, fraction: 0.5}]", ["unused-fraction"]),
        ("[{id: a, text: A, correct: yes}, {id: b, text: B}]", ["type", "no-key"][:1]),
        ("[{id: a, text: A, correct: true}, {id: b, text: B, colour: red}]", ["unknown-key"]),
        ("[{id: a, text: A, correct: true}, {id: b}]", ["missing-key"]),
        ("[{id: a, text: A, correct: true}, {id: b, text: '  '}]", ["empty"]),
        ("{a: A}", ["type"]),
        ("[a, b]", ["type", "type"]),
    ],
)
def test_it_reports_options_that_make_no_question(options, expected):
    assert codes(f"{{id: x, type: single_choice, options: {options}}}") == expected


@pytest.mark.parametrize(
    ("fractions", "expected"),
    [((0.5, 0.5), ["fractions-sum"]), ((1, 2), ["type"]), ((0, 0.5), ["key-fraction", "fractions-sum"])],
)
def test_per_option_keys_must_sum_to_1(fractions, expected):
    key, other = fractions
    options = f"[{{id: a, text: A, correct: true, fraction: {key}}}, {{id: b, text: B, fraction: {other}}}]"
    assert codes(f"{{id: x, type: single_choice, scoring: per_option, options: {options}}}") == expected


def test_a_second_key_is_pointed_at_where_it_stands():
    text = """\
    id: x
    type: single_choice
    options:
      - {id: a, text: A, correct: true}
      - {id: b, text: B, correct: true}
    """
    assert finding(text) == ("two-keys", "`b` is a second key (one option is right; or use multiple_choice)", 5, 31)
