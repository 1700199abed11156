"""The tables, one file a subject. Importing this package fills `metadata`."""

from course.storage.columns import metadata
from course.storage.tables.accounts import account, one_time_link, rate_limit, site_role
from course.storage.tables.assignments import (
    assignment,
    assignment_exemption,
    assignment_extension,
    assignment_item,
    assignment_target,
    grade_change,
)
from course.storage.tables.attempts import attempt, attempt_slot, response
from course.storage.tables.audit import audit
from course.storage.tables.calibrations import calibration
from course.storage.tables.cohorts import cohort, cohort_group, group_member, invitation, membership
from course.storage.tables.events import event
from course.storage.tables.meta import meta
from course.storage.tables.notices import announcement, calendar_address
from course.storage.tables.people import browser_session, learner, resume_link
from course.storage.tables.practice import practice_response
from course.storage.tables.questions import question_version
from course.storage.tables.reports import question_report
from course.storage.tables.rollups import rollup_answer, rollup_day, rollup_result
from course.storage.tables.rulings import hand_mark, mark_draft, practice_ruling, question_void, ruling

__all__ = [
    "account",
    "announcement",
    "assignment",
    "assignment_exemption",
    "assignment_extension",
    "assignment_item",
    "assignment_target",
    "attempt",
    "attempt_slot",
    "audit",
    "browser_session",
    "calendar_address",
    "calibration",
    "cohort",
    "cohort_group",
    "event",
    "grade_change",
    "group_member",
    "hand_mark",
    "invitation",
    "learner",
    "mark_draft",
    "membership",
    "meta",
    "metadata",
    "one_time_link",
    "practice_response",
    "practice_ruling",
    "question_report",
    "question_version",
    "question_void",
    "rate_limit",
    "response",
    "resume_link",
    "rollup_answer",
    "rollup_day",
    "rollup_result",
    "ruling",
    "site_role",
]
