"""The student's use cases: reading, practising, taking quizzes, seeing where they stand."""

from course.services.study.study import Study

__all__ = ["Study"]
