"""The gradebook as pages and files show it, its settings, and grades changed with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np

from course.access.permissions import NOT_THERE, Action
from course.analytics.gradebook import FEWEST, Floats, checked_scale, places
from course.errors import NotFound, Refused
from course.interop.grades import GradeColumn, GradeRow, GradeTable
from course.interop.registry import GRADEBOOK, Format
from course.services.study.assigned import quiz_of
from course.services.study.desk import Desk, LearnerId
from course.services.study.standing import standing
from course.services.teach.book_views import BookCell, BookColumn, BookRow, BookView, OwnBook, OwnGrade, Show
from course.services.teach.class_book import EXEMPT, FINISHED, BookSettings, ClassBook, class_book
from course.services.teach.handing_out import the_assignment
from course.services.teach.noting import allowed, changing
from course.services.teach.who_gets import earned
from course.storage.stores.gradebook import GradeChange

PAGE: Final = 50
REASON_LENGTH: Final = 500


def page(
    desk: Desk,
    who: LearnerId | None,
    cohort_id: str,
    *,
    sort: str = "name",
    down: bool = False,
    group: str = "",
    text: str = "",
    show: Show = Show.EVERYBODY,
    number: int = 1,
) -> BookView:
    """Fifty learners of the cohort. `sort`: `name`, `total` or an assignment's id; learners without a number come last."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.GRADEBOOK_VIEW, cohort=cohort_id)
        book = class_book(tx, desk.catalogue(), cohort_id, desk.clock())
        groups = {g.id: g.name for g in tx.cohorts.groups(cohort_id)}
    rows = _sorted(book, _matching(book, groups, group, text, show), sort, down)
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(1, number), pages)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    return BookView(
        cohort=book.cohort.id,
        title=book.cohort.name,
        settings=book.settings,
        columns=_columns(book),
        rows=tuple(_row(book, at, groups) for at in shown),
        groups=tuple(sorted(groups.values())),
        learners=len(book.learners),
        found=len(rows),
        page=number,
        pages=pages,
        mean=_mean(book.totals.total),
        earned=earned(book),
    )


def change_settings(
    desk: Desk,
    who: LearnerId | None,
    cohort_id: str,
    *,
    drop_lowest: int,
    steps: Sequence[tuple[str, float]],
    below: str,
    show_mean: bool,
    show_place: bool,
) -> None:
    """Store how totals are made. Raises Refused with what to mend."""
    if not 0 <= drop_lowest <= 40:
        raise Refused("Between 0 and 40 assignments can be dropped.")
    fresh = BookSettings(drop_lowest, checked_scale(steps, below), show_mean, show_place)
    with changing(desk, who, Action.GRADEBOOK_EDIT, cohort_id) as change:
        before = BookSettings.of(change.cohort)
        if fresh == before:
            return
        change.tx.cohorts.save(replace(change.cohort, settings={**change.cohort.settings, "gradebook": fresh.to_json()}))
        change.note("gradebook", before=before.to_json(), after=fresh.to_json())


def override(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str, learner: str, share: float | None, reason: str) -> None:
    """Give the learner this share for the assignment, whatever the answers came to; None takes that back.

    Raises Refused without a reason or for a share outside of 0 to 1, NotFound for somebody who does not learn in the cohort.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Say why; the reason is kept with the change.")
    if len(reason) > REASON_LENGTH:
        raise Refused(f"The reason is longer than {REASON_LENGTH} characters.")
    if share is not None and not 0 <= share <= 1:
        raise Refused("A grade lies between 0 % and 100 %.")
    with changing(desk, who, Action.GRADEBOOK_OVERRIDE, cohort_id) as change:
        the_assignment(change.tx, cohort_id, assignment_id)
        if not any(p.id == learner for p in change.tx.gradebook.learners(cohort_id)):
            raise NotFound(NOT_THERE)
        book = class_book(change.tx, desk.catalogue(), cohort_id, change.now, only=assignment_id)
        row = book.row(learner)
        before = _number(float(book.shown[row, 0])) if row is not None else None
        if share is None and np.isnan(book.overrides[row or 0, 0]):
            raise Refused("This grade was not changed, so nothing can be taken back.")
        change.tx.gradebook.change(GradeChange(assignment_id, learner, change.now, who, reason, before, share))
        change.note(f"assignment:{assignment_id}", person=learner, before={"share": before}, after={"share": share})


def history(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str, learner: str) -> tuple[GradeChange, ...]:
    """Every change of one grade, oldest first."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.GRADEBOOK_VIEW, cohort=cohort_id, person=learner)
        the_assignment(tx, cohort_id, assignment_id)
        return tx.gradebook.history(assignment_id, learner)


def own(desk: Desk, learner: LearnerId) -> tuple[OwnBook, ...]:
    """The learner's own line in each cohort they learn in; the class only where the instructor lets it be seen.

    A score that a quiz does not show yet is not shown here either, nor what could be computed from it.
    """
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        cohorts = dict.fromkeys(h.assignment.cohort for h in tx.assignments.of_learner(learner))
        if not cohorts:
            return ()
        found = standing(tx, catalogue, learner, now)
        hidden = {a.quiz for a in found.attempts if a.fraction is not None and not found.shows(catalogue, a).score}
        books = [class_book(tx, catalogue, cohort_id, now) for cohort_id in cohorts]
    shown = (
        (book, book.row(learner), {a.id for a in book.assignments if hidden & {quiz_of(catalogue, i) for i in a.items}}) for book in books
    )
    return tuple(_own(book, row, withheld) for book, row, withheld in shown if row is not None)


def export(desk: Desk, who: LearnerId | None, cohort_id: str, form: str) -> tuple[Format, str, bytes]:
    """The gradebook in one of the formats of `interop.registry`: the format, the cohort's name, the file. Raises NotFound for another."""
    wanted = next((f for f in GRADEBOOK if f.id == form), None)
    if wanted is None:
        raise NotFound(NOT_THERE)
    now = desk.clock()
    with desk.uow.read() as tx:
        allowed(tx, who, Action.GRADEBOOK_EXPORT, cohort=cohort_id)
        book = class_book(tx, desk.catalogue(), cohort_id, now)
        groups = {g.id: g.name for g in tx.cohorts.groups(cohort_id)}
    return wanted, book.cohort.name, wanted.write(table(book, groups, now))


def table(book: ClassBook, groups: dict[str, str], now: datetime) -> GradeTable:
    """The book as data to write."""
    shown, totals = book.shown, book.totals.total
    exempt = (book.state == EXEMPT) & np.isnan(book.overrides)
    changed = ~np.isnan(book.overrides)
    rows = tuple(
        GradeRow(
            name=one.name,
            email=one.email,
            id=one.ref,
            group=_groups(groups, one.groups),
            shares=tuple(map(_number, line)),
            exempt=tuple(out),
            changed=tuple(set_),
            total=_number(total),
            label=book.settings.scale.label(total),
        )
        for one, line, out, set_, total in zip(
            book.learners, shown.tolist(), exempt.tolist(), changed.tolist(), totals.tolist(), strict=True
        )
    )
    columns = tuple(GradeColumn(a.title, a.weight) for a in book.assignments)
    return GradeTable(
        f"{book.cohort.name}: grades", f"Made on {now:%Y-%m-%d %H:%M} UTC. Percentages, after penalties for lateness.", columns, rows
    )


def _matching(book: ClassBook, groups: dict[str, str], group: str, text: str, show: Show) -> list[int]:
    wanted = {i for i, name in groups.items() if name == group}
    words = text.casefold().split()
    keep = np.ones(len(book.learners), dtype=bool)
    if show is Show.MISSING:
        keep &= (book.late & (book.state != EXEMPT)).any(axis=1)
    elif show is Show.CHANGED:
        keep &= (~np.isnan(book.overrides)).any(axis=1)
    return [
        at
        for at, one in enumerate(book.learners)
        if keep[at] and (not group or one.groups & wanted) and all(w in f"{one.name} {one.email}".casefold() for w in words)
    ]


def _sorted(book: ClassBook, rows: list[int], sort: str, down: bool) -> list[int]:
    """Learners stand by name; a column puts numbers in order and leaves those without one at the end."""
    column = book.column(sort)
    if sort != "total" and column is None:
        return rows[::-1] if down else rows
    values = book.totals.total if column is None else book.shown[:, column]
    there = [at for at in rows if not np.isnan(values[at])]
    there.sort(key=lambda at: -values[at] if down else values[at])
    return there + [at for at in rows if np.isnan(values[at])]


def _columns(book: ClassBook) -> tuple[BookColumn, ...]:
    finished, asked = (book.state == FINISHED).sum(axis=0), (book.assigned & ~book.exempt).sum(axis=0)
    return tuple(
        BookColumn(a.id, a.title, a.weight, _number(book.totals.mean[j]), _number(book.totals.median[j]), int(finished[j]), int(asked[j]))
        for j, a in enumerate(book.assignments)
    )


def _row(book: ClassBook, at: int, groups: dict[str, str]) -> BookRow:
    one, total = book.learners[at], _number(float(book.totals.total[at]))
    cells = tuple(
        BookCell(_number(share), state, late, not np.isnan(changed), dropped)
        for share, state, late, changed, dropped in zip(
            book.shown[at].tolist(), book.state[at].tolist(), book.late[at].tolist(), book.overrides[at].tolist(), book.totals.dropped[at].tolist(), strict=True
        )
    )  # fmt: skip
    return BookRow(one.id, one.name or "(no name)", _groups(groups, one.groups), cells, total, book.settings.scale.label(total))


def _own(book: ClassBook, row: int, withheld: Collection[str]) -> OwnBook:
    many = len(book.learners) >= FEWEST
    shows_mean, shows_place = book.settings.show_mean and many, book.settings.show_place and many and not withheld
    place, of = places(book.totals.total)
    total = None if withheld else _number(float(book.totals.total[row]))
    note = ""
    if (book.settings.show_mean or book.settings.show_place) and not many:
        note = f"The class is not shown: it has fewer than {FEWEST} learners."
    return OwnBook(
        cohort=book.cohort.name,
        grades=tuple(_own_grade(book, row, j, withheld, shows_mean) for j in range(len(book.assignments)) if book.assigned[row, j]),
        total=total,
        label=book.settings.scale.label(total),
        mean=_mean(book.totals.total) if shows_mean and total is not None else None,
        place=int(place[row]) if shows_place and place[row] else None,
        of=of,
        note=note,
    )


def _own_grade(book: ClassBook, row: int, column: int, withheld: Collection[str], shows_mean: bool) -> OwnGrade:
    one = book.assignments[column]
    hidden = one.id in withheld
    share = None if hidden else _number(float(book.shown[row, column]))
    state = int(book.state[row, column])
    why = "the score is not shown yet" if hidden else "you are exempt" if state == EXEMPT else "" if share is not None else "nothing yet"
    counted = int((~np.isnan(book.shown[:, column])).sum())
    mean = _number(float(book.totals.mean[column])) if shows_mean and not hidden and counted >= FEWEST else None
    changed = not np.isnan(book.overrides[row, column])
    return OwnGrade(one.title, share, why, one.weight, bool(book.late[row, column]), changed, mean)


def _groups(names: dict[str, str], groups: Collection[str]) -> str:
    return ", ".join(sorted(names[g] for g in groups if g in names))


def _mean(values: Floats) -> float | None:
    return _number(float(np.nanmean(values))) if (~np.isnan(values)).any() else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
