"""Failures that a person may see. One class a failure; the message is a sentence fit for whoever sees it."""

from __future__ import annotations


class CourseError(Exception):
    """Base of every failure with a sentence for a person. `kept` says what was not lost."""

    def __init__(self, message: str, *, kept: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.kept = kept


class SettingsError(CourseError):
    """A setting has a value the course cannot use."""


class NotFound(CourseError):
    """The thing asked for does not exist, or not for this person; both read the same."""


class NotAllowed(CourseError):
    """The person may not do this."""


class Refused(CourseError):
    """The request is understood and cannot be carried out now: closed attempt, used link, spent attempts."""


class BadResponse(CourseError):
    """An answer that does not fit its question: forged, malformed or unreadable."""


class UnreadableQuestion(CourseError):
    """A stored question version cannot be built by this edition of the course."""


class StorageUnavailable(CourseError):
    """The database is locked, full, read-only or gone. Nothing shown as saved is lost."""


class SchemaOutdated(CourseError):
    """The database has another schema than this version of the course."""


class BadParameter(CourseError):
    """A simulation's parameter that does not exist, or a value outside what the model is for."""
