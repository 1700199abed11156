"""What the pages about one class share: which class, what it is refused with, and the way between its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from course.access.permissions import Action, may
from course.access.roles import CohortRole
from course.errors import NotAllowed, NotFound
from course.services.people.cohorts import CohortView
from course.ui.components import closed
from course.ui.visit import Visit, query

PAGES = (
    ("teach", "Assignments", Action.ASSIGNMENT_FOLLOW),
    ("gradebook", "Gradebook", Action.GRADEBOOK_VIEW),
    ("marking", "Marking", Action.ESSAY_MARK),
    ("corrections", "Corrections", Action.QUESTION_REGRADE),
    ("cohort", "People", Action.MEMBER_LIST),
    ("audit", "Who changed what", Action.AUDIT_VIEW),
)


def taught(visit: Visit) -> tuple[CohortView, ...]:
    """The classes that the reader instructs or leads, archived ones last."""
    return tuple(v for v in visit.process.cohorts.mine(visit.caller) if v.role not in (None, CohortRole.LEARNER))


def chosen(visit: Visit) -> str:
    """The class of the address, else the only one or the first that the reader teaches; "" for none."""
    named = query("c")
    return named or next((v.cohort.id for v in taught(visit)), "")


@contextmanager
def refused_as_missing(visit: Visit) -> Iterator[None]:
    """A class or thing that is not open to the reader looks like a page that does not exist."""
    try:
        yield
    except (NotFound, NotAllowed) as refusal:
        closed.refused(visit, refusal)


def ways(visit: Visit, cohort: str, here: str) -> None:
    """Links to the other pages of the class."""
    with st.container(horizontal=True, gap="medium", key="class_ways"):
        for url, name, action in PAGES:
            if url != here and may(visit.actor, action, cohort=cohort):
                visit.link(url, name, c=cohort)
