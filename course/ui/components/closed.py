"""What a page that is not open to somebody looks like: the same as one that does not exist."""

from __future__ import annotations

from course.errors import CourseError, NotFound
from course.ui.components import page
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    page.begin("read")
    page.masthead("", "There is no such page", "The address may be mistyped, or the page is not open to you.")
    visit.link("", "Back to the start")


def refused(visit: Visit, refusal: CourseError) -> None:
    """The page for somebody who is in the cohort and may not do this: who may. To anybody else the page does not exist."""
    if isinstance(refusal, NotFound):
        draw(visit)
        return
    page.begin("read")
    page.masthead("", "Not open to you", refusal.message)
    visit.link("", "Back to the start")
