"""The roles people hold: for the site, and in a cohort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SiteRole(StrEnum):
    """For the whole site. The words are stored."""

    ADMIN = "admin"
    TEACHER = "teacher"


class CohortRole(StrEnum):
    """In one cohort; a person has one at a time in each. The words are stored."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with everything a permission depends on. `learner` None: somebody about whom nothing is stored."""

    learner: str | None = None
    site: frozenset[SiteRole] = frozenset()
    cohorts: Mapping[str, CohortRole] = field(default_factory=dict)
    """Cohort id -> role; past memberships are not in it."""

    def role_in(self, cohort: str | None) -> CohortRole | None:
        return None if cohort is None else self.cohorts.get(cohort)


NOBODY = Actor()
