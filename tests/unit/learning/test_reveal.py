"""Nothing of an answer is shown before the quiz's rule allows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.policy import Kind, Moment, Reveal, default_reveal
from course.learning.reveal import NOTHING, Occasion, in_words, shown

START = Occasion(answered=False, over=False, passed=False, closed=False, posttest=False)
occasions = st.builds(Occasion, *[st.booleans()] * 5)
reveals = st.builds(Reveal, *[st.sampled_from(Moment)] * 5)


@given(reveal=reveals)
def test_before_the_first_answer_nothing_is_shown(reveal: Reveal) -> None:
    assert shown(reveal, START) == NOTHING


@given(reveal=reveals, passed=st.booleans(), closed=st.booleans(), posttest=st.booleans())
def test_while_an_attempt_runs_only_after_question_shows(reveal: Reveal, passed: bool, closed: bool, posttest: bool) -> None:
    seen = shown(reveal, Occasion(answered=True, over=False, passed=passed, closed=closed, posttest=posttest))
    for name in ("score", "correctness", "feedback", "explanation", "key"):
        assert getattr(seen, name) == (getattr(reveal, name) is Moment.AFTER_QUESTION)


@given(reveal=reveals, occasion=occasions)
def test_never_means_never(reveal: Reveal, occasion: Occasion) -> None:
    seen = shown(reveal, occasion)
    for name in ("score", "correctness", "feedback", "explanation", "key"):
        if getattr(reveal, name) is Moment.NEVER:
            assert not getattr(seen, name)


@pytest.mark.parametrize(
    ("kind", "occasion", "expected"),
    [
        (Kind.PRACTICE, Occasion(True, False, False, False, False), "score correctness feedback explanation key"),
        (Kind.CHECKPOINT, Occasion(True, False, False, False, False), ""),
        (Kind.CHECKPOINT, Occasion(True, True, False, False, False), "score correctness feedback explanation"),
        (Kind.CHECKPOINT, Occasion(True, True, True, False, False), "score correctness feedback explanation key"),
        (Kind.EXAM, Occasion(True, True, True, False, False), "score"),
        (Kind.EXAM, Occasion(True, True, True, True, False), "score correctness feedback explanation key"),
        (Kind.PRETEST, Occasion(True, True, True, True, False), "score"),
        (Kind.PRETEST, Occasion(True, True, True, True, True), "score correctness feedback explanation key"),
        (Kind.POSTTEST, Occasion(True, True, False, False, False), "score correctness feedback explanation"),
    ],
)
def test_each_kind_of_quiz_shows_what_its_default_says(kind: Kind, occasion: Occasion, expected: str) -> None:
    seen = shown(default_reveal(kind), occasion)
    assert [n for n in ("score", "correctness", "feedback", "explanation", "key") if getattr(seen, n)] == expected.split()


def test_the_rule_is_told_in_words() -> None:
    assert in_words(default_reveal(Kind.CHECKPOINT)) == (
        "When you hand in: your score, what was right, feedback, explanations.",
        "Once you have passed: the right answers.",
    )
