import pytest

from course.questions import State, by_name
from course.questions.base import Comment
from tests.unit.questions.authored import codes, graded, question

BODY = """
items: [{id: i, text: Item one, target: a, feedback: Think of a.}, {id: j, text: Item two, target: b}, {id: k, text: Item three, target: c}, {id: l, text: Item four, target: d}]
targets: [{id: a, text: Aye}, {id: b, text: Bee}, {id: c, text: Sea}, {id: d, text: Dee}, {id: e, text: Eh, distractor: true}]
"""
KEY = {"i": "a", "j": "b", "k": "c", "l": "d"}


def match(rule: str = "", body: str = BODY) -> str:
    return f"id: m\ntype: matching\n{f'scoring: {rule}' if rule else ''}\n{body}"


@pytest.mark.parametrize(
    ("rule", "three_of_four", "two_and_blanks", "one_of_four"),
    [
        ("", 0.75, 0.5, 0.25),
        ("each", 0.75, 0.5, 0.25),
        ("net_correct", 0.5, 0.5, 0),
        ("coverage", 0.5625, 0.5, 0.0625),
        ("all_or_nothing", 0, 0, 0),
    ],
)
def test_it_scores_by_the_named_rule(rule, three_of_four, two_and_blanks, one_of_four):
    responses = ({**KEY, "l": "e"}, {"i": "a", "j": "b", "k": "", "l": None}, {"i": "a", "j": "c", "k": "b", "l": "e"})
    assert [graded(match(rule), response).score for response in responses] == [three_of_four, two_and_blanks, one_of_four]
    assert graded(match(rule), KEY).score == 1


def test_it_says_how_each_item_stands():
    assert graded(match(), {"i": "a", "j": "c"}).parts == {"i": State.RIGHT, "j": State.WRONG, "k": State.OMITTED, "l": State.OMITTED}


def test_blanks_alone_are_no_answer():
    assert graded(match(), {"i": "", "j": None}).state is State.OMITTED


@pytest.mark.parametrize("response", [{"z": "a"}, {"i": "z"}, {"i": 1}, {"i": ["a"]}, ["a"], "a", 5, {"i": "a", "z": None}])
def test_an_unknown_item_or_target_is_invalid(response):
    assert graded(match(), response).state is State.INVALID


def test_items_share_the_targets_and_show_their_own_text():
    controls = by_name("matching").controls(question(match()).body)
    assert [(c.name, c.label) for c in controls] == [("i", "Item one"), ("j", "Item two"), ("k", "Item three"), ("l", "Item four")]
    assert {tuple(o.id for o in c.options) for c in controls} == {("a", "b", "c", "d", "e")}


def test_a_review_gives_the_right_targets_only_when_allowed():
    kind, body = by_name("matching"), question(match()).body
    hidden = kind.review(body, {"i": "b"}, reveal_key=False)
    assert [(x.answer, x.right, x.key) for x in hidden] == [("Bee", "", False), ("", "", False), ("", "", False), ("", "", False)]
    assert [x.right for x in kind.review(body, {"i": "b"}, reveal_key=True)] == ["Aye", "Bee", "Sea", "Dee"]


def test_it_comments_on_answered_items_alone():
    kind, body = by_name("matching"), question(match()).body
    assert kind.comments(body, {"i": "b"}) == (Comment("i", "Think of a."),)
    assert kind.comments(body, {"j": "b"}) == ()


def test_the_pairs_made_are_the_options_chosen():
    kind, body = by_name("matching"), question(match()).body
    assert kind.chosen(body, {"i": "b", "j": ""}) == ("i:b",)
    assert len(kind.options(body)) == 20


@pytest.mark.parametrize(
    ("items", "targets", "expected"),
    [
        (
            "[{id: i, text: I, target: x}, {id: j, text: J, target: b}]",
            "[{id: a, text: A, distractor: true}, {id: b, text: B}]",
            ["unknown-target"],
        ),
        (
            "[{id: i, text: I, target: a}, {id: j, text: J, target: a}]",
            "[{id: a, text: A}, {id: b, text: B, distractor: true}]",
            ["shared-target"],
        ),
        (
            "[{id: i, text: I, target: a}, {id: j, text: J, target: b}]",
            "[{id: a, text: A}, {id: b, text: B}, {id: c, text: C}]",
            ["unused-target"],
        ),
        (
            "[{id: i, text: I, target: a}, {id: j, text: J, target: b}]",
            "[{id: a, text: A}, {id: b, text: B, distractor: true}]",
            ["used-distractor"],
        ),
        ("[{id: i, text: I, target: a}, {id: j, text: J, target: b}]", "[{id: a, text: A}, {id: b, text: a}]", ["same-text"]),
        ("[{id: i, text: I, target: a}, {id: j, text: i, target: b}]", "[{id: a, text: A}, {id: b, text: B}]", ["same-text"]),
        ("[{id: i, text: I}, {id: j, text: J, target: b}]", "[{id: a, text: A}, {id: b, text: B}]", ["missing-key"]),
    ],
)
def test_it_reports_items_and_targets_that_do_not_fit(items, targets, expected):
    assert codes(match("", f"items: {items}\ntargets: {targets}\n")) == expected


def test_a_shared_or_an_unused_target_does_not_hinder_grading():
    body = "items: [{id: i, text: I, target: a}, {id: j, text: J, target: a}]\ntargets: [{id: a, text: A}, {id: b, text: B}]\n"
    assert codes(match("", body)) == ["shared-target", "unused-target"]
