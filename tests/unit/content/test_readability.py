"""The reading grade: sentences, syllables, and what the formula makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.readability import grade, sentences, syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("used", 1), ("created", 2), ("table", 2), ("people", 2), ("changes", 2), ("the", 1), ("severe", 2), ("ketamine", 2)],
)
def test_syllables_are_groups_of_vowels_less_silent_endings(word: str, count: int) -> None:
    assert syllables(word) == count


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "Dr. Lee saw it. Then she left.\nOne more line"
    assert sentences(text) == ["Dr\u2024 Lee saw it.", "Then she left.", "One more line"]


def test_the_grade_is_the_published_formula() -> None:
    text = "The cat sat on the mat."
    assert grade(text) == pytest.approx(0.39 * 6 / 1 + 11.8 * 6 / 6 - 15.59)


def test_longer_words_and_sentences_read_harder() -> None:
    easy = "The cat sat on the mat. It was warm."
    assert grade("The cat sat on the mat and it was warm.") > grade(easy)
    assert grade("The elephant assembled on the conservatory. It was comfortable.") > grade(easy)


def test_words_of_the_subject_do_not_make_a_text_hard() -> None:
    assert grade("It is a benzodiazepine.") == grade("It is a better.")


@given(st.text())
def test_any_text_has_a_grade(text: str) -> None:
    assert isinstance(grade(text), float)
    assert all(syllables(word) >= 1 for word in words(text))
