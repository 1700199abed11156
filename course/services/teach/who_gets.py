"""Who gets which grade, also under a scale that is not stored yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from course.access.permissions import Action
from course.analytics.gradebook import checked_scale
from course.services.study.desk import Desk, LearnerId
from course.services.teach.book_views import Earned
from course.services.teach.class_book import ClassBook, class_book
from course.services.teach.noting import allowed


def who_gets(
    desk: Desk, who: LearnerId | None, cohort_id: str, *, drop_lowest: int, steps: Sequence[tuple[str, float]], below: str
) -> tuple[Earned, ...]:
    """Every grade of the scale, the best first; learners without a total are left out. Raises Refused for an odd scale."""
    scale = checked_scale(steps, below)
    with desk.uow.read() as tx:
        allowed(tx, who, Action.GRADEBOOK_EDIT, cohort=cohort_id)
        found = class_book(tx, desk.catalogue(), cohort_id, desk.clock())
    return earned(replace(found, settings=replace(found.settings, drop_lowest=drop_lowest, scale=scale)))


def earned(book: ClassBook) -> tuple[Earned, ...]:
    """The same under the settings that the book has."""
    scale = book.settings.scale
    grades = [scale.label(total) for total in book.totals.total.tolist()]
    return tuple(
        Earned(label, least, tuple(p.name or "(no name)" for p, grade in zip(book.learners, grades, strict=True) if grade == label))
        for label, least in (*scale.steps, (scale.below, None))
    )
