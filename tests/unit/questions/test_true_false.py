import pytest

from course.questions import State, by_name
from course.questions.base import Shuffle
from tests.unit.questions.authored import codes, graded, question

TRUE = "{id: tf, type: true_false, answer: true}"
FALSE = "{id: tf, type: true_false, answer: false}"


@pytest.mark.parametrize(
    ("text", "right", "wrong"), [(TRUE, "true", "false"), (TRUE, True, False), (FALSE, "false", "true"), (FALSE, False, True)]
)
def test_it_takes_the_words_and_the_json_values(text, right, wrong):
    assert graded(text, right).score == 1
    assert (graded(text, wrong).score, graded(text, wrong).state) == (0, State.WRONG)


@pytest.mark.parametrize("response", ["True", "TRUE", "yes", 1, 0, ["true"], {"answer": True}])
def test_anything_else_is_invalid(response):
    assert graded(TRUE, response).state is State.INVALID


def test_true_always_stands_first():
    (control,) = by_name("true_false").controls(question(FALSE).body)
    assert [option.id for option in control.options] == ["true", "false"]
    assert control.shuffle is Shuffle.NEVER


def test_a_review_hides_the_key_until_it_may_be_shown():
    kind, body = by_name("true_false"), question(FALSE).body
    assert [(x.text, x.chosen, x.key) for x in kind.review(body, True, reveal_key=False)] == [
        ("True", True, False),
        ("False", False, False),
    ]
    assert [x.key for x in kind.review(body, "true", reveal_key=True)] == [False, True]


@pytest.mark.parametrize("answer", ["yes", "'true'", "1", "[true]", "True"])
def test_the_answer_is_a_plain_true_or_false(answer):
    assert codes(f"{{id: tf, type: true_false, answer: {answer}}}") == ["type"]


def test_it_takes_no_scoring_rule():
    assert codes("{id: tf, type: true_false, answer: true, scoring: each}") == ["refused-scoring"]
