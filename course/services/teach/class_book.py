"""A cohort's whole book, computed once a use case: columns from storage, rules of `access`, arithmetic of `analytics`.

Rows are learners, columns assignments. Two thousand by forty is the size this is made for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import numpy as np

from course.access.assignments import Assignment, Extension, Item, ItemKind, TargetKind
from course.access.windows import Effective, effective
from course.analytics.gradebook import (
    LETTERS,
    PASS,
    Book,
    Bools,
    Done,
    Floats,
    Ints,
    Scale,
    Windows,
    assignment_scores,
    book,
    item_scores,
)
from course.content.model import Catalogue
from course.learning.policy import Counts
from course.services.people.desk import the_cohort
from course.services.study.assigned import quiz_of
from course.services.teach.handing_out import as_person
from course.storage.stores.cohorts import Cohort
from course.storage.stores.gradebook import BookLearner
from course.storage.unit_of_work import Transaction

NOT_YOURS, EXEMPT, NOT_STARTED, IN_PROGRESS, FINISHED = range(5)
"""How an assignment stands for a learner: the values of `ClassBook.state`."""
STATE_WORDS: Final = ("not assigned", "exempt", "not started", "in progress", "finished")


@dataclass(frozen=True, slots=True)
class BookSettings:
    """How a cohort's totals are made, and what its learners see of the class."""

    drop_lowest: int = 0
    scale: Scale = PASS
    show_mean: bool = False
    show_place: bool = False

    def to_json(self) -> dict[str, Any]:
        scale = {"steps": [[label, least] for label, least in self.scale.steps], "below": self.scale.below}
        return {"drop_lowest": self.drop_lowest, "scale": scale, "show_mean": self.show_mean, "show_place": self.show_place}

    @staticmethod
    def of(cohort: Cohort) -> BookSettings:
        """What the cohort's settings hold; what was never set is as it is by default."""
        kept: Mapping[str, Any] = cohort.settings.get("gradebook") or {}
        scale = kept.get("scale")
        return BookSettings(
            drop_lowest=int(kept.get("drop_lowest", 0)),
            scale=Scale(tuple((label, least) for label, least in scale["steps"]), scale["below"]) if scale else PASS,
            show_mean=bool(kept.get("show_mean", False)),
            show_place=bool(kept.get("show_place", False)),
        )


SCALES: Final[Mapping[str, Scale]] = {"Pass or fail": PASS, "Letters A to F": LETTERS}


# Not slotted: what follows from the columns is computed once, when it is asked for.
@dataclass(frozen=True)
class ClassBook:
    """Shapes: n learners, m assignments. `score`: under the late rules, before overrides; NaN: nothing.

    `begun` and `finished_at`: seconds since 1970, NaN for never. `state`: see above. `late`: finished after the due date, or not
    finished though it has passed.
    """

    cohort: Cohort
    settings: BookSettings
    assignments: tuple[Assignment, ...]
    learners: tuple[BookLearner, ...]
    assigned: Bools
    exempt: Bools
    score: Floats
    overrides: Floats
    due: Floats
    last: Floats
    finished_at: Floats
    state: Ints
    late: Bools
    extended: frozenset[tuple[str, str]]

    @cached_property
    def totals(self) -> Book:
        """Totals under the cohort's settings; an assignment of weight 0 does not count."""
        weights = np.array([a.weight for a in self.assignments], dtype=np.float64)
        return book(
            np.where(self.assigned, self.score, np.nan),
            weights,
            exempt=self.exempt | ~self.assigned,
            overrides=self.overrides,
            drop_lowest=self.settings.drop_lowest,
        )

    @cached_property
    def shown(self) -> Floats:
        """What stands in the cells: the override where there is one, else the score."""
        return np.where(np.isnan(self.overrides), np.where(self.assigned, self.score, np.nan), self.overrides)

    def row(self, learner: str) -> int | None:
        """The learner's row; None when they are not in the cohort."""
        return next((at for at, one in enumerate(self.learners) if one.id == learner), None)

    def column(self, assignment: str) -> int | None:
        return next((at for at, one in enumerate(self.assignments) if one.id == assignment), None)


def class_book(tx: Transaction, catalogue: Catalogue, cohort_id: str, now: datetime, only: str | None = None) -> ClassBook:
    """Read and compute the cohort's book; `only`: of one assignment alone. Raises NotFound for an unknown cohort."""
    cohort = the_cohort(tx, cohort_id)
    assignments = tuple(a for a in tx.assignments.of_cohort(cohort_id) if only in (None, a.id))
    learners = tx.gradebook.learners(cohort_id)
    rows = {one.id: at for at, one in enumerate(learners)}
    ids = [a.id for a in assignments]
    extensions = tx.assignments.extensions(ids)
    windows = _windows(assignments, learners, rows, extensions)
    shape = (len(learners), len(assignments))
    exempt, overrides = np.zeros(shape, dtype=bool), np.full(shape, np.nan)
    at = {one: column for column, one in enumerate(ids)}
    for assignment, learner in tx.assignments.exemptions(ids):
        if learner in rows:
            exempt[rows[learner], at[assignment]] = True
    for (assignment, learner), share in tx.gradebook.changed(ids).items():
        if learner in rows:
            overrides[rows[learner], at[assignment]] = share
    work = _Work(tx, catalogue, cohort_id, assignments, rows)
    assigned, due, last = windows
    seconds = now.timestamp()
    columns = [work.column(a, Windows(due[:, j], last[:, j]), seconds) for j, a in enumerate(assignments)]
    nothing = (np.full(shape, np.nan),) * 3
    score, finished_at, begun = (np.column_stack(part) for part in zip(*columns, strict=True)) if columns else nothing
    finished = ~np.isnan(finished_at)
    state = np.select([~assigned, exempt, finished, ~np.isnan(begun)], [NOT_YOURS, EXEMPT, FINISHED, IN_PROGRESS], NOT_STARTED)
    late = assigned & ~exempt & np.where(finished, finished_at > due, seconds > due)
    return ClassBook(
        cohort=cohort,
        settings=BookSettings.of(cohort),
        assignments=assignments,
        learners=learners,
        assigned=assigned,
        exempt=exempt,
        score=np.where(assigned, score, np.nan),
        overrides=overrides,
        due=due,
        last=last,
        finished_at=finished_at,
        state=state.astype(np.int64),
        late=late,
        extended=frozenset((e.assignment, e.person) for e in extensions),
    )


def _windows(
    assignments: Sequence[Assignment], learners: Sequence[BookLearner], rows: Mapping[str, int], extensions: Sequence[Extension]
) -> tuple[Bools, Floats, Floats]:
    """Assigned or not, due dates and last moments, (n, m) each; only extensions and targets need a look at single people."""
    shape = (len(learners), len(assignments))
    assigned, due, last = np.zeros(shape, dtype=bool), np.full(shape, np.inf), np.full(shape, np.inf)
    mine = {(e.assignment, e.person): e for e in extensions}
    for column, one in enumerate(assignments):
        for target in one.targets:
            match target.kind:
                case TargetKind.COHORT:
                    assigned[:, column] = True
                case TargetKind.GROUP:
                    assigned[:, column] |= np.array([target.id in p.groups for p in learners], dtype=bool)
                case TargetKind.PERSON if target.id in rows:
                    assigned[rows[target.id], column] = True
        if learners:
            everybody = effective(one, as_person(learners[0]))
            due[:, column], last[:, column] = _seconds(everybody.due), _seconds(everybody.last_moment)
    at = {one.id: column for column, one in enumerate(assignments)}
    for (assignment, person), extension in mine.items():
        if person in rows:
            column, row = at[assignment], rows[person]
            rules: Effective = effective(assignments[column], as_person(learners[row]), extension)
            due[row, column], last[row, column] = _seconds(rules.due), _seconds(rules.last_moment)
    return assigned, due, last


def _seconds(at: datetime | None) -> float:
    return np.inf if at is None else at.timestamp()


class _Work:
    """What the cohort handed in, as columns; a module without a checkpoint counts 1 once it is completed."""

    def __init__(
        self, tx: Transaction, catalogue: Catalogue, cohort_id: str, assignments: Sequence[Assignment], rows: Mapping[str, int]
    ) -> None:
        items = {item for a in assignments for item in a.items}
        self.catalogue = catalogue
        self.learners = len(rows)
        quizzes = sorted({q for item in items if (q := quiz_of(catalogue, item)) is not None})
        modules = sorted({item.id for item in items if item.kind is ItemKind.MODULE})
        self.number = {name: at for at, name in enumerate([*quizzes, *(f"module {m}" for m in modules)])}
        numbers = tx.gradebook.numbers(cohort_id)
        row_of = np.zeros(len(numbers) + 1, dtype=np.int64)
        row_of[[numbers[one] for one in rows]] = list(rows.values())
        found = tx.gradebook.work(cohort_id, {q: self.number[q] for q in quizzes}, {m: self.number[f"module {m}"] for m in modules})
        data = np.array(found, dtype=np.float64).reshape(-1, 5)
        data = data[~np.isnan(data[:, 1])]
        data[:, 3:] = np.round(data[:, 3:], 3)
        data = data[np.lexsort((data[:, 3], data[:, 1]))]
        self.who, self.what = row_of[data[:, 0].astype(np.int64)], data[:, 1].astype(np.int64)
        self.fraction, self.begun, self.ended = data[:, 2], data[:, 3], data[:, 4]
        self.starts = np.searchsorted(self.what, np.arange(len(self.number) + 1))

    def column(self, one: Assignment, windows: Windows, now: float) -> tuple[Floats, Floats, Floats]:
        """Score, when everything was finished, when something was begun first. (n,) each."""
        ended = now > windows.last
        scores, finished, begun = [], [], []
        for item in one.items:
            quiz = quiz_of(self.catalogue, item)
            module = item.kind is ItemKind.MODULE
            scores.append(self._score(one, item, quiz, windows))
            key = f"module {item.id}" if module else quiz
            finished.append(self._first(key, self.ended))
            begun.append(self._first(key, self.begun))
            if module and quiz is not None:
                begun.append(self._first(quiz, self.begun))
        all_done = np.max(np.vstack(finished), axis=0)
        return assignment_scores(scores, ended), all_done, np.fmin.reduce(np.vstack(begun), axis=0)

    def _score(self, one: Assignment, item: Item, quiz: str | None, windows: Windows) -> Floats:
        key = quiz if quiz is not None else f"module {item.id}"
        policy = self.catalogue.outline.policies.get(key)
        part = self._part(key)
        done = Done(self.who[part], self.what[part], self.fraction[part], self.begun[part], self.ended[part])
        if done.work.size == 0:
            return np.full(self.learners, np.nan)
        return item_scores(done, self.number[key], policy.counts if policy is not None else Counts.BEST, windows, one.late)

    def _part(self, key: str) -> slice:
        at = self.number[key]
        return slice(int(self.starts[at]), int(self.starts[at + 1]))

    def _first(self, key: str | None, column: Floats) -> Floats:
        """The earliest entry of each learner; NaN where there is none."""
        out = np.full(self.learners, np.nan)
        if key is not None and key in self.number:
            part = self._part(key)
            np.fmin.at(out, self.who[part], column[part])
        return out
