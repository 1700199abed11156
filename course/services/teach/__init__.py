"""The instructor's use cases: grading by hand, grading again, withdrawing a question, changing a grade."""

from course.services.teach.teach import Teach

__all__ = ["Teach"]
