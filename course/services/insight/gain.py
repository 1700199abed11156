"""What the cohort gained between the test at the beginning and those after it, as a whole and by objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

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
    """A first test and a later one. `pairs`: before and after of each learner with both, without names, for the picture."""

    before: str
    after: str
    whole: Gain
    by_objective: tuple[ObjectiveGain, ...]
    pairs: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class GainView:
    """`comparisons`: one for each test after a first one in the same place of the course, in the course's order."""

    comparisons: tuple[Comparison, ...]
    lens: Lens


def gains(desk: Desk, who: LearnerId | None, lens: Lens) -> GainView:
    """First attempts at the first test, first attempts at the later ones: with more, practice of the same questions would count."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, replace(lens, quiz=""))
        quizzes = found.catalogue.course.quizzes.values()
        firsts = [q for q in quizzes if q.policy.kind is Kind.PRETEST]
        laters = [q for q in quizzes if q.policy.kind in (Kind.POSTTEST, Kind.FOLLOWUP)]
        pairs = [(one, other) for one in firsts for other in laters if one.module == other.module]
        columns = {q.id: tx.answers.answers(replace(found.asked, quiz=q.id)) for q in {q.id: q for pair in pairs for q in pair}.values()}
        return GainView(tuple(_compared(found, one, other, columns) for one, other in pairs), lens)


def _compared(found: Scene, one: Quiz, other: Quiz, columns: Mapping[str, AnswerColumns]) -> Comparison:
    objective = {q.id: q.objective or "" for q in found.catalogue.questions.values()}
    before, after = _shares(columns[one.id], objective), _shares(columns[other.id], objective)
    whole, later = before.pop("", {}), after.pop("", {})
    known = found.catalogue.objectives
    both = [name for name in known if name in before and name in after]
    by_objective = gains_by_objective({n: before[n] for n in both}, {n: after[n] for n in both})
    return Comparison(
        before=one.title,
        after=other.title,
        whole=gain(whole, later),
        by_objective=tuple(ObjectiveGain(known[g.objective].number, known[g.objective].text, g) for g in by_objective),
        pairs=tuple((whole[who], later[who]) for who in sorted(whole.keys() & later.keys())),
    )


def _shares(columns: AnswerColumns, objective: Mapping[str, str]) -> dict[str, dict[LearnerId, float]]:
    """Objective ("" is the whole) -> learner -> share of the points in the learner's first graded attempt."""
    counted = (columns.state >= 0) & ~np.isnan(columns.score) & (columns.max > 0)
    chosen = np.zeros(len(columns.attempts), dtype=bool)
    attempts, at = np.unique(columns.attempt[counted], return_index=True)
    owner = columns.learner[counted][at]
    chosen[attempts[np.unique(owner, return_index=True)[1]]] = True
    rows = np.flatnonzero(counted & chosen[columns.attempt])
    earned: dict[tuple[str, LearnerId], list[float]] = {}
    for row in rows.tolist():
        who, points = columns.learners[columns.learner[row]], float(columns.max[row])
        for name in {"", objective.get(columns.questions[columns.question[row]], "")}:
            total = earned.setdefault((name, who), [0.0, 0.0])
            total[0] += float(columns.score[row]) * points
            total[1] += points
    found: dict[str, dict[LearnerId, float]] = {}
    for (name, who), (points, most) in earned.items():
        found.setdefault(name, {})[who] = points / most
    return found
