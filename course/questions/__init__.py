"""Questions: read, shown and graded. Pure: no files, no clock, no screens."""

from course.questions.base import AuthoredTest, Graded, Question, QuestionType, State
from course.questions.grading import failing_tests, grade, graded_tests, holds
from course.questions.reading import question_schema, read_question, restore
from course.questions.registry import TYPES, by_name
from course.questions.variants import Variant, draw, unwrap, with_values

__all__ = [
    "TYPES",
    "AuthoredTest",
    "Graded",
    "Question",
    "QuestionType",
    "State",
    "Variant",
    "by_name",
    "draw",
    "failing_tests",
    "grade",
    "graded_tests",
    "holds",
    "question_schema",
    "read_question",
    "restore",
    "unwrap",
    "with_values",
]
