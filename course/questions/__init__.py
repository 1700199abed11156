"""Questions: read, shown and graded. Pure: no files, no clock, no screens."""

from course.questions.base import Graded, Question, QuestionType, State
from course.questions.grading import failing_tests, grade
from course.questions.reading import question_schema, read_question, restore
from course.questions.registry import TYPES, by_name
from course.questions.variants import Variant, draw, unwrap, with_values

__all__ = [
    "TYPES",
    "Graded",
    "Question",
    "QuestionType",
    "State",
    "Variant",
    "by_name",
    "draw",
    "failing_tests",
    "grade",
    "question_schema",
    "read_question",
    "restore",
    "unwrap",
    "with_values",
]
