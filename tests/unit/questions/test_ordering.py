import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.questions import State, by_name
from course.questions.base import Shuffle
from tests.unit.questions.authored import codes, graded, question

ITEMS = "[{id: a, text: Zebra}, {id: b, text: Mole}, {id: c, text: Ant, feedback: Small.}, {id: d, text: Bee}]"


def order(rule: str = "", items: str = ITEMS) -> str:
    return f"{{id: o, type: ordering, {f'scoring: {rule}, ' if rule else ''}items: {items}}}"


@pytest.mark.parametrize(
    ("rule", "scores"),
    [
        ("", [1, 0.5, 0.25, 0]),
        ("each", [1, 0.5, 0.25, 0]),
        ("all_or_nothing", [1, 0, 0, 0]),
        ("net_correct", [1, 0, 0, 0]),
        ("coverage", [1, 0.25, 0.0625, 0]),
    ],
)
def test_it_counts_items_in_their_own_place(rule, scores):
    responses = (list("abcd"), list("abdc"), list("acdb"), list("dcba"))
    assert [graded(order(rule), response).score for response in responses] == pytest.approx(scores)


def test_it_says_which_items_stand_right():
    parts = graded(order(), list("abdc")).parts
    assert parts == {"a": State.RIGHT, "b": State.RIGHT, "c": State.WRONG, "d": State.WRONG}


@pytest.mark.parametrize("response", [list("abc"), list("abcc"), list("abcde"), "abcd", {"a": 1}, [1, 2, 3, 4], [["a"], "b", "c", "d"], 3])
def test_a_list_that_is_not_every_item_once_is_invalid(response):
    assert graded(order(), response).state is State.INVALID


def test_per_option_is_refused():
    assert codes(order("per_option")) == ["refused-scoring"]


def test_the_authored_order_must_never_be_shown():
    (control,) = by_name("ordering").controls(question(order()).body)
    assert control.shuffle is Shuffle.ALWAYS


def test_a_review_without_the_key_keeps_the_learners_order():
    kind, body = by_name("ordering"), question(order()).body
    lines = kind.review(body, list("dbca"), reveal_key=False)
    assert [(x.text, x.answer, x.right, x.state) for x in lines] == [
        ("Bee", "1", "", State.WRONG),
        ("Mole", "2", "", State.RIGHT),
        ("Ant", "3", "", State.RIGHT),
        ("Zebra", "4", "", State.WRONG),
    ]


@pytest.mark.parametrize("response", [None, [], list("abc"), "x"])
def test_a_review_of_no_answer_does_not_give_the_order_away(response):
    kind, body = by_name("ordering"), question(order()).body
    assert [x.text for x in kind.review(body, response, reveal_key=False)] == ["Ant", "Bee", "Mole", "Zebra"]
    assert next((x.text, x.right) for x in kind.review(body, response, reveal_key=True)) == ("Zebra", "1")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("[{id: a, text: A}]", ["too-few"]),
        ("[{id: a, text: A}, {id: a, text: B}]", ["duplicate-id"]),
        ("[{id: a, text: A}, {id: b, text: ' a '}]", ["same-text"]),
        ("[a, b]", ["type", "type"]),
        ("[{id: A b, text: A}, {id: c, text: C}]", ["type"]),
    ],
)
def test_it_reports_items_that_make_no_question(items, expected):
    assert codes(order("", items)) == expected


@given(st.permutations("abcd"))
def test_every_permutation_scores_the_share_in_place(response):
    assert graded(order(), response).score == sum(a == b for a, b in zip("abcd", response, strict=True)) / 4
