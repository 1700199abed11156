"""The door to what an instructor does with a cohort: assignments, extensions, following, the gradebook, announcements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from course.access.assignments import Assignment
from course.access.roles import Actor
from course.content.model import Catalogue
from course.interop.registry import Format
from course.services.study.desk import Desk, LearnerId
from course.services.teach import allowances, announcing, following, gradebook, handing_out
from course.services.teach.announcing import Nudge
from course.services.teach.following import CohortView, FollowView, LearnerPage
from course.services.teach.gradebook import BookView, OwnBook, Show
from course.services.teach.handing_out import Choices, Previewed
from course.storage.stores.gradebook import GradeChange
from course.storage.stores.notices import Announcement
from course.storage.unit_of_work import UnitOfWork


class Classes:
    """Every method asks the table of permissions first. It raises NotFound for what does not exist or is outside of the actor's
    cohorts, NotAllowed for what their role does not give, Refused with what to mend. Every change is written into the audit in
    its own transaction.
    """

    def __init__(self, uow: UnitOfWork, catalogue: Callable[[], Catalogue], clock: Callable[[], datetime], ids: Callable[[], str]) -> None:
        """`clock` gives the time in UTC, `ids` fresh ids."""
        self._desk = Desk(uow, catalogue, clock, seeds=lambda: 0)  # nothing is drawn here
        self._ids = ids

    def cohort(self, actor: Actor, cohort: str) -> CohortView:
        """See `following.cohort_view`."""
        return following.cohort_view(self._desk, actor, cohort)

    def choices(self, actor: Actor, cohort: str) -> Choices:
        """See `handing_out.choices`."""
        return handing_out.choices(self._desk, actor, cohort)

    def assign(self, actor: Actor, draft: Assignment) -> str:
        """See `handing_out.create`."""
        return handing_out.create(self._desk, actor, draft, self._ids())

    def save(self, actor: Actor, draft: Assignment) -> None:
        """See `handing_out.save`."""
        handing_out.save(self._desk, actor, draft)

    def withdraw(self, actor: Actor, cohort: str, assignment: str) -> None:
        """See `handing_out.withdraw`."""
        handing_out.withdraw(self._desk, actor, cohort, assignment)

    def assignment(self, actor: Actor, cohort: str, assignment: str) -> Assignment:
        """See `handing_out.get`."""
        return handing_out.get(self._desk, actor, cohort, assignment)

    def preview(self, actor: Actor, draft: Assignment, learners: Iterable[str], at: datetime | None = None) -> tuple[Previewed, ...]:
        """See `handing_out.preview`."""
        return handing_out.preview(self._desk, actor, draft, learners, at)

    def extend(
        self,
        actor: Actor,
        cohort: str,
        assignment: str,
        learners: Collection[str],
        *,
        due: datetime | None = None,
        closes: datetime | None = None,
        attempts: int | None = None,
    ) -> int:
        """See `allowances.extend`."""
        return allowances.extend(self._desk, actor, cohort, assignment, learners, due=due, closes=closes, attempts=attempts)

    def exempt(self, actor: Actor, cohort: str, assignment: str, learners: Collection[str], yes: bool = True) -> int:
        """See `allowances.exempt`."""
        return allowances.exempt(self._desk, actor, cohort, assignment, learners, yes)

    def follow(self, actor: Actor, cohort: str, assignment: str) -> FollowView:
        """See `following.follow`."""
        return following.follow(self._desk, actor, cohort, assignment)

    def learner(self, actor: Actor, cohort: str, learner: str) -> LearnerPage:
        """See `following.learner_page`."""
        return following.learner_page(self._desk, actor, cohort, learner)

    def nudge(self, actor: Actor, cohort: str, assignment: str, learners: Collection[str], address: str) -> Nudge:
        """See `announcing.nudge`."""
        return announcing.nudge(self._desk, actor, cohort, assignment, learners, address)

    def announce(self, actor: Actor, cohort: str, title: str, body: str, until: datetime | None = None) -> int:
        """See `announcing.announce`."""
        return announcing.announce(self._desk, actor, cohort, title, body, until)

    def take_down(self, actor: Actor, cohort: str, announcement: int) -> None:
        """See `announcing.take_down`."""
        announcing.take_down(self._desk, actor, cohort, announcement)

    def announced(self, actor: Actor, cohort: str) -> tuple[Announcement, ...]:
        """See `announcing.announced`."""
        return announcing.announced(self._desk, actor, cohort)

    def gradebook(
        self,
        actor: Actor,
        cohort: str,
        *,
        sort: str = "name",
        down: bool = False,
        group: str = "",
        text: str = "",
        show: Show = Show.EVERYBODY,
        number: int = 1,
    ) -> BookView:
        """See `gradebook.page`."""
        return gradebook.page(self._desk, actor, cohort, sort=sort, down=down, group=group, text=text, show=show, number=number)

    def grade_settings(
        self,
        actor: Actor,
        cohort: str,
        *,
        drop_lowest: int,
        steps: Sequence[tuple[str, float]],
        below: str,
        show_mean: bool,
        show_place: bool,
    ) -> None:
        """See `gradebook.change_settings`."""
        gradebook.change_settings(
            self._desk, actor, cohort, drop_lowest=drop_lowest, steps=steps, below=below, show_mean=show_mean, show_place=show_place
        )

    def override(self, actor: Actor, cohort: str, assignment: str, learner: str, share: float | None, reason: str) -> None:
        """See `gradebook.override`."""
        gradebook.override(self._desk, actor, cohort, assignment, learner, share, reason)

    def grade_history(self, actor: Actor, cohort: str, assignment: str, learner: str) -> tuple[GradeChange, ...]:
        """See `gradebook.history`."""
        return gradebook.history(self._desk, actor, cohort, assignment, learner)

    def own_grades(self, learner: LearnerId) -> tuple[OwnBook, ...]:
        """See `gradebook.own`."""
        return gradebook.own(self._desk, learner)

    def export(self, actor: Actor, cohort: str, form: str) -> tuple[Format, str, bytes]:
        """See `gradebook.export`."""
        return gradebook.export(self._desk, actor, cohort, form)

    def long_form(self, actor: Actor, cohort: str) -> tuple[str, bytes]:
        """See `gradebook.long_form`."""
        return gradebook.long_form(self._desk, actor, cohort)

    def learner_answers(self, actor: Actor, cohort: str, learner: str) -> tuple[str, bytes]:
        """See `gradebook.learner_answers`."""
        return gradebook.learner_answers(self._desk, actor, cohort, learner)
