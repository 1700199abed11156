"""The door to what an instructor does with a cohort: assignments, extensions, following, the gradebook, announcements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from course.access.assignments import Assignment, as_data
from course.content.model import Catalogue
from course.interop.registry import Format
from course.services.people.pressing import made_id
from course.services.study.desk import Desk, LearnerId
from course.services.teach import allowances, announcing, following, gradebook, handing_out, long_table, who_gets
from course.services.teach.announcing import Nudge
from course.services.teach.book_views import BookView, Earned, OwnBook, Show
from course.services.teach.following import CohortView, FollowView, LearnerPage
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

    def cohort(self, who: LearnerId | None, cohort: str) -> CohortView:
        """See `following.cohort_view`."""
        return following.cohort_view(self._desk, who, cohort)

    def choices(self, who: LearnerId | None, cohort: str) -> Choices:
        """See `handing_out.choices`."""
        return handing_out.choices(self._desk, who, cohort)

    def assign(self, who: LearnerId | None, draft: Assignment, key: str = "") -> str:
        """See `handing_out.create`. The same `key` with the same draft makes one assignment; without a key each call makes one."""
        new_id = made_id(who, key, "assignment", draft.cohort, as_data(draft)) if key else self._ids()
        return handing_out.create(self._desk, who, draft, new_id)

    def save(self, who: LearnerId | None, draft: Assignment, seen: Assignment | None = None) -> None:
        """See `handing_out.save`."""
        handing_out.save(self._desk, who, draft, seen)

    def withdraw(self, who: LearnerId | None, cohort: str, assignment: str) -> None:
        """See `handing_out.withdraw`."""
        handing_out.withdraw(self._desk, who, cohort, assignment)

    def withdrawn(self, who: LearnerId | None, cohort: str) -> tuple[Assignment, ...]:
        """See `handing_out.withdrawn`."""
        return handing_out.withdrawn(self._desk, who, cohort)

    def bring_back(self, who: LearnerId | None, cohort: str, assignment: str) -> Assignment:
        """See `handing_out.bring_back`."""
        return handing_out.bring_back(self._desk, who, cohort, assignment)

    def assignment(self, who: LearnerId | None, cohort: str, assignment: str) -> Assignment:
        """See `handing_out.get`."""
        return handing_out.get(self._desk, who, cohort, assignment)

    def preview(
        self, who: LearnerId | None, draft: Assignment, learners: Iterable[str], at: datetime | None = None
    ) -> tuple[Previewed, ...]:
        """See `handing_out.preview`."""
        return handing_out.preview(self._desk, who, draft, learners, at)

    def extend(
        self,
        who: LearnerId | None,
        cohort: str,
        assignment: str,
        learners: Collection[str],
        *,
        due: datetime | None = None,
        closes: datetime | None = None,
        attempts: int | None = None,
    ) -> int:
        """See `allowances.extend`."""
        return allowances.extend(self._desk, who, cohort, assignment, learners, due=due, closes=closes, attempts=attempts)

    def exempt(self, who: LearnerId | None, cohort: str, assignment: str, learners: Collection[str], yes: bool = True) -> int:
        """See `allowances.exempt`."""
        return allowances.exempt(self._desk, who, cohort, assignment, learners, yes)

    def follow(self, who: LearnerId | None, cohort: str, assignment: str) -> FollowView:
        """See `following.follow`."""
        return following.follow(self._desk, who, cohort, assignment)

    def learner(self, who: LearnerId | None, cohort: str, learner: str) -> LearnerPage:
        """See `following.learner_page`."""
        return following.learner_page(self._desk, who, cohort, learner)

    def nudge(self, who: LearnerId | None, cohort: str, assignment: str, learners: Collection[str], address: str) -> Nudge:
        """See `announcing.nudge`."""
        return announcing.nudge(self._desk, who, cohort, assignment, learners, address)

    def announce(self, who: LearnerId | None, cohort: str, title: str, body: str, until: datetime | None = None) -> int:
        """See `announcing.announce`."""
        return announcing.announce(self._desk, who, cohort, title, body, until)

    def change_announcement(
        self, who: LearnerId | None, cohort: str, seen: Announcement, title: str, body: str, until: datetime | None = None
    ) -> None:
        """See `announcing.edit`."""
        announcing.edit(self._desk, who, cohort, seen, title, body, until)

    def take_down(self, who: LearnerId | None, cohort: str, announcement: int) -> None:
        """See `announcing.take_down`."""
        announcing.take_down(self._desk, who, cohort, announcement)

    def announced(self, who: LearnerId | None, cohort: str) -> tuple[Announcement, ...]:
        """See `announcing.announced`."""
        return announcing.announced(self._desk, who, cohort)

    def gradebook(
        self,
        who: LearnerId | None,
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
        return gradebook.page(self._desk, who, cohort, sort=sort, down=down, group=group, text=text, show=show, number=number)

    def who_gets(
        self, who: LearnerId | None, cohort: str, *, drop_lowest: int, steps: Sequence[tuple[str, float]], below: str
    ) -> tuple[Earned, ...]:
        """See `who_gets.who_gets`."""
        return who_gets.who_gets(self._desk, who, cohort, drop_lowest=drop_lowest, steps=steps, below=below)

    def grade_settings(
        self,
        who: LearnerId | None,
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
            self._desk, who, cohort, drop_lowest=drop_lowest, steps=steps, below=below, show_mean=show_mean, show_place=show_place
        )

    def override(self, who: LearnerId | None, cohort: str, assignment: str, learner: str, share: float | None, reason: str) -> None:
        """See `gradebook.override`."""
        gradebook.override(self._desk, who, cohort, assignment, learner, share, reason)

    def grade_history(self, who: LearnerId | None, cohort: str, assignment: str, learner: str) -> tuple[GradeChange, ...]:
        """See `gradebook.history`."""
        return gradebook.history(self._desk, who, cohort, assignment, learner)

    def own_grades(self, learner: LearnerId) -> tuple[OwnBook, ...]:
        """See `gradebook.own`."""
        return gradebook.own(self._desk, learner)

    def export(self, who: LearnerId | None, cohort: str, form: str) -> tuple[Format, str, bytes]:
        """See `gradebook.export`."""
        return gradebook.export(self._desk, who, cohort, form)

    def long_form(self, who: LearnerId | None, cohort: str, write: Callable[[bytes], object]) -> str:
        """See `long_table.of_class`."""
        return long_table.of_class(self._desk, who, cohort, write)

    def learner_answers(self, who: LearnerId | None, cohort: str, learner: str, write: Callable[[bytes], object]) -> str:
        """See `long_table.of_learner`."""
        return long_table.of_learner(self._desk, who, cohort, learner, write)
