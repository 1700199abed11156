"""Questions: read, shown and graded. Pure: no files, no clock, no screens."""

from course.questions.base import Graded, Question, QuestionType, State
from course.questions.grading import failing_tests, grade
from course.questions.reading import question_schema, read_question, restore
from course.questions.registry import TYPES, by_name

__all__ = [
    "TYPES",
    "Graded",
    "Question",
    "QuestionType",
    "State",
    "by_name",
    "failing_tests",
    "grade",
    "question_schema",
    "read_question",
    "restore",
]
