"""The tables, one file a subject. Importing this package fills `metadata`."""

from course.storage.columns import metadata
from course.storage.tables.attempts import attempt, attempt_slot, response
from course.storage.tables.events import event
from course.storage.tables.meta import meta
from course.storage.tables.people import browser_session, learner, resume_link
from course.storage.tables.practice import practice_response
from course.storage.tables.questions import question_version

__all__ = [
    "attempt",
    "attempt_slot",
    "browser_session",
    "event",
    "learner",
    "meta",
    "metadata",
    "practice_response",
    "question_version",
    "response",
    "resume_link",
]
