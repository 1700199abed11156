"""The tables, one file a subject. Importing this package fills `metadata`."""

from course.storage.columns import metadata
from course.storage.tables.attempts import attempt, attempt_slot, response
from course.storage.tables.events import event
from course.storage.tables.meta import meta
from course.storage.tables.people import browser_session, learner, resume_link
from course.storage.tables.practice import practice_response
from course.storage.tables.questions import question_version
from course.storage.tables.rulings import hand_mark, practice_ruling, question_void, ruling

__all__ = [
    "attempt",
    "attempt_slot",
    "browser_session",
    "event",
    "hand_mark",
    "learner",
    "meta",
    "metadata",
    "practice_response",
    "practice_ruling",
    "question_version",
    "question_void",
    "response",
    "resume_link",
    "ruling",
]
