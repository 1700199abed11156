import pytest

from course.questions import State, by_name
from course.questions.base import Shuffle
from tests.unit.questions.authored import codes, graded, question


def mc(rule: str = "", options: str = "") -> str:
    shown = options or "[{id: a, text: A, correct: true}, {id: b, text: B, correct: true, feedback: Bee.}, {id: c, text: C}]"
    return f"{{id: mc, type: multiple_choice, {f'scoring: {rule}, ' if rule else ''}options: {shown}}}"


@pytest.mark.parametrize(
    ("rule", "one", "both", "all_three"),
    [
        ("", 0.5, 1, 0.5),
        ("net_correct", 0.5, 1, 0.5),
        ("coverage", 0.5, 1, 2 / 3),
        ("each", 2 / 3, 1, 2 / 3),
        ("all_or_nothing", 0, 1, 0),
        ("per_option", 0.5, 1, 1),
    ],
)
def test_it_scores_by_the_named_rule(rule, one, both, all_three):
    assert [graded(mc(rule), chosen).score for chosen in (["a"], ["b", "a"], ["a", "b", "c"])] == pytest.approx([one, both, all_three])


def test_per_option_may_be_negative():
    options = "[{id: a, text: A, correct: true, fraction: 1}, {id: b, text: B, fraction: -0.5}, {id: c, text: C, fraction: -0.75}]"
    assert graded(mc("per_option", options), ["b"]).score == -0.5
    assert graded(mc("per_option", options), ["c", "b"]).score == -1
    assert graded(mc("per_option", options), ["c", "b"]).state is State.WRONG


@pytest.mark.parametrize("response", [["a", "a"], ["z"], ["a", "z"], "a", {"a": True}, [1], [["a"]], [None], 0])
def test_a_repeated_or_unknown_id_or_another_shape_is_invalid(response):
    assert graded(mc(), response).state is State.INVALID


def test_an_empty_list_is_omitted():
    assert graded(mc(), []).state is State.OMITTED


def test_every_option_a_key_is_refused():
    assert codes(mc("", "[{id: a, text: A, correct: true}, {id: b, text: B, correct: true}]")) == ["no-distractor"]


def test_no_key_is_refused():
    assert codes(mc("", "[{id: a, text: A}, {id: b, text: B}]")) == ["no-key"]


def test_one_key_without_a_fraction_beside_one_with_it_is_refused():
    options = "[{id: a, text: A, correct: true, fraction: 1}, {id: b, text: B, correct: true}, {id: c, text: C}]"
    assert codes(mc("per_option", options)) == ["missing-fraction"]


def test_a_review_marks_what_was_ticked_and_keeps_the_key():
    kind, body = by_name("multiple_choice"), question(mc()).body
    assert [(x.chosen, x.key, x.comment) for x in kind.review(body, ["c", "b"], reveal_key=False)] == [
        (False, False, ""),
        (True, False, "Bee."),
        (True, False, ""),
    ]
    assert [x.key for x in kind.review(body, ["c"], reveal_key=True)] == [True, True, False]


def test_the_chosen_come_in_authored_order():
    assert by_name("multiple_choice").chosen(question(mc()).body, ["c", "a"]) == ("a", "c")


def test_options_may_be_shuffled():
    (control,) = by_name("multiple_choice").controls(question(mc()).body)
    assert control.shuffle is Shuffle.ALLOWED
