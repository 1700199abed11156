"""What the cohort gained between the test at the beginning and the one at the end, and what of it stayed in those that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from course.analytics.gain import Gain, gain, gains_by_objective
from course.content.model import Quiz
from course.learning.policy import Kind
from course.services.insight.desk import Lens, Scene, scene
from course.services.study.desk import Desk, LearnerId
from course.storage.stores.answers import AnswerColumns


@dataclass(frozen=True, slots=True)
class ObjectiveGain:
    """`number` and `text` of the objective beside its gain."""

    number: str
    text: str
    gain: Gain


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tests of the same learners. `pairs`: before and after of each learner with both, without names, for the picture.

    `retention`: between the test at the end and one that follows it; else gain since the test at the beginning. `shared`: how many
    questions both ask, when those alone are compared, as a follow-up asks the anchors alone; 0: all of each are. `days`: the
    median of days between the two, over the pairs; None without pairs.
    """

    before: str
    after: str
    retention: bool
    shared: int
    days: float | None
    whole: Gain
    by_objective: tuple[ObjectiveGain, ...]
    pairs: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class GainView:
    """`comparisons`: first test and last one, then last one and each that follows, first test and each that follows."""

    comparisons: tuple[Comparison, ...]
    lens: Lens


def gains(desk: Desk, who: LearnerId | None, lens: Lens) -> GainView:
    """First attempts at the first test, first attempts at the later ones: with more, practice of the same questions would count."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, replace(lens, quiz=""))
        quizzes = found.catalogue.course.quizzes.values()
        firsts, lasts, follows = ([q for q in quizzes if q.policy.kind is kind] for kind in (Kind.PRETEST, Kind.POSTTEST, Kind.FOLLOWUP))
        follows.sort(key=lambda q: max((u.after for u in q.policy.unlock), default=0.0))
        ways = ((firsts, lasts), (lasts, follows), (firsts, follows))
        pairs = [(one, other) for before, after in ways for one in before for other in after if one.module == other.module]
        columns = {q.id: tx.answers.answers(replace(found.asked, quiz=q.id)) for q in {q.id: q for pair in pairs for q in pair}.values()}
        return GainView(tuple(_compared(found, one, other, columns) for one, other in pairs), lens)


def _compared(found: Scene, one: Quiz, other: Quiz, columns: Mapping[str, AnswerColumns]) -> Comparison:
    objective = {q.id: q.objective or "" for q in found.catalogue.questions.values()}
    follows = other.policy.kind is Kind.FOLLOWUP
    shared = frozenset(e.question.id for e in one.entries) & {e.question.id for e in other.entries} if follows else None
    before, after = (_shares(columns[q.id], objective, shared) for q in (one, other))
    first, second = (_handed_in(columns[q.id]) for q in (one, other))
    whole, later = before.pop("", {}), after.pop("", {})
    both_took = sorted(whole.keys() & later.keys())
    known = found.catalogue.objectives
    both = [name for name in known if name in before and name in after]
    by_objective = gains_by_objective({n: before[n] for n in both}, {n: after[n] for n in both})
    return Comparison(
        before=one.title,
        after=other.title,
        retention=one.policy.kind is Kind.POSTTEST,
        shared=len(shared or ()),
        days=float(np.median([(second[who] - first[who]) / 86_400 for who in both_took])) if both_took else None,
        whole=gain(whole, later),
        by_objective=tuple(ObjectiveGain(known[g.objective].number, known[g.objective].text, g) for g in by_objective),
        pairs=tuple((whole[who], later[who]) for who in both_took),
    )


def _counted(columns: AnswerColumns) -> npt.NDArray[np.int64]:
    """Rows of each learner's first graded attempt that carry points."""
    counted = (columns.state >= 0) & ~np.isnan(columns.score) & (columns.max > 0)
    chosen = np.zeros(len(columns.attempts), dtype=bool)
    attempts, at = np.unique(columns.attempt[counted], return_index=True)
    owner = columns.learner[counted][at]
    chosen[attempts[np.unique(owner, return_index=True)[1]]] = True
    return np.flatnonzero(counted & chosen[columns.attempt])


def _shares(columns: AnswerColumns, objective: Mapping[str, str], shared: frozenset[str] | None) -> dict[str, dict[LearnerId, float]]:
    """Objective ("" is the whole) -> learner -> share of the points in the learner's first graded attempt, of `shared` questions alone."""
    rows = _counted(columns)
    if shared is not None:
        asked = np.array([name in shared for name in columns.questions], dtype=bool)
        rows = rows[asked[columns.question[rows]]]
    aims = [objective.get(name, "") for name in columns.questions]
    found = {"": _share_of_each(columns, rows)} if len(rows) else {}
    for name in dict.fromkeys(aims[code] for code in columns.question[rows].tolist()):
        mine = np.array([aim == name for aim in aims], dtype=bool)
        if name:
            found[name] = _share_of_each(columns, rows[mine[columns.question[rows]]])
    return found


def _share_of_each(columns: AnswerColumns, rows: npt.NDArray[np.int64]) -> dict[LearnerId, float]:
    """Learner -> share of the points that these rows carry."""
    who, points = columns.learner[rows], columns.max[rows]
    earned = np.bincount(who, columns.score[rows] * points, minlength=len(columns.learners))
    most = np.bincount(who, points, minlength=len(columns.learners))
    return {columns.learners[code]: float(earned[code] / most[code]) for code in np.flatnonzero(most > 0).tolist()}


def _handed_in(columns: AnswerColumns) -> Mapping[LearnerId, float]:
    """Learner -> when the first graded attempt was handed in, in seconds since 1970."""
    return {columns.learners[columns.learner[row]]: float(columns.submitted[row]) for row in _counted(columns).tolist()}
