"""One response to one question, graded; and a question's own tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from course.errors import BadResponse, UnreadableQuestion
from course.questions.base import OMITTED, AuthoredTest, Graded, Json, Question, invalid, is_blank, scored
from course.questions.registry import by_name
from course.questions.variants import with_values

_TWO_DECIMALS = 0.005
"""Authors write 0.67 for two thirds."""


def grade(question: Question, response: Json) -> Graded:
    """Grade any JSON value; never raises on a response. Blank is omitted; `floor` lifts what lies below it."""
    if is_blank(response):
        return OMITTED
    graded = by_name(question.type).grade(question.body, response)
    if graded.score is None or question.floor is None or graded.score >= question.floor:
        return graded
    return replace(scored(question.floor, graded.parts), reason=graded.reason)


def failing_tests(question: Question) -> Iterator[tuple[AuthoredTest, Graded]]:
    """The question's own tests that do not hold, with what was graded. Scores are compared to two decimals.

    A test whose variables make no sound variant fails as invalid, with the reason.
    """
    return ((test, graded) for test, graded in graded_tests(question) if not holds(test, graded))


def graded_tests(question: Question) -> Iterator[tuple[AuthoredTest, Graded]]:
    """The question's own tests, each with what its response is graded."""
    for test in question.tests:
        yield test, _graded(question, test)


def holds(test: AuthoredTest, graded: Graded) -> bool:
    """Whether the score, and the state where the test names one, are those it expects."""
    if test.state is not None and graded.state is not test.state:
        return False
    if test.score is None or graded.score is None:
        return test.score is None or graded.score is None
    return abs(test.score - graded.score) <= _TWO_DECIMALS


def _graded(question: Question, test: AuthoredTest) -> Graded:
    try:
        return grade(with_values(question, test.variables).question, test.response)
    except (BadResponse, UnreadableQuestion) as fault:
        return invalid(fault.message)
