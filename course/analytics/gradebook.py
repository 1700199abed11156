"""The gradebook as arithmetic: scores of assignments under late rules, weights, dropped and exempt ones, totals, places.

Shapes: n learners in rows, m assignments in columns. Shares are fractions of 1; NaN is "nothing there". Times are seconds
since 1970, infinite where there is no limit. Nothing here knows a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from course.access.assignments import Late, LateKind
from course.errors import Refused
from course.learning.policy import Counts

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

DAY: Final = 86_400.0
FEWEST: Final = 5
"""Below so many learners a mean or a place would tell about single people."""
_SLACK: Final = 1e-9
LABEL_LENGTH: Final = 20
"""Characters of a grade."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was handed in, one entry a piece of work, in the order in which each learner began it; all the same length.

    `learner`: row of the gradebook. `work`: which quiz or module, as a number.
    """

    learner: Ints
    work: Ints
    fraction: Floats
    begun: Floats
    handed_in: Floats


@dataclass(frozen=True, slots=True)
class Windows:
    """For each learner: when an assignment is due, and the last moment at which work for it may be begun. (n,) each."""

    due: Floats
    last: Floats


@dataclass(frozen=True, slots=True)
class Scale:
    """Labels with the lowest total that earns them, best first; what lies below the last one earns `below`."""

    steps: tuple[tuple[str, float], ...]
    below: str

    def label(self, total: float | None) -> str:
        """The label of a total; "" without one."""
        if total is None or np.isnan(total):
            return ""
        return next((label for label, least in self.steps if total >= least - _SLACK), self.below)


PASS: Final = Scale((("pass", 0.7),), "fail")
LETTERS: Final = Scale((("A", 0.9), ("B", 0.8), ("C", 0.7), ("D", 0.6)), "F")


@dataclass(frozen=True, slots=True)
class Book:
    """What was computed. `counted`: what each assignment counts for in the total, NaN where it does not count (n, m).

    `dropped` (n, m), `total` (n,): the weighted mean of what counts, `mean` and `median` (m,): of each assignment.
    """

    counted: Floats
    dropped: Bools
    total: Floats
    mean: Floats
    median: Floats


def item_scores(done: Done, work: int, counts: Counts, windows: Windows, late: Late) -> Floats:
    """What a quiz or module counts for each learner under an assignment's late rule; NaN: nothing handed in. (n,)

    Work begun after the last moment is left out; where nothing late is taken, what was begun in time counts whole.
    """
    learners = windows.due.size
    here = (done.work == work) & (done.begun <= windows.last[done.learner]) & ~np.isnan(done.fraction)
    who = done.learner[here]
    value = _after_penalty(done.fraction[here], done.handed_in[here] - windows.due[who], late)
    out = np.full(learners, np.nan)
    match counts:
        case Counts.BEST:
            np.fmax.at(out, who, value)
        case Counts.LAST:
            out[who] = value
        case Counts.FIRST:
            out[who[::-1]] = value[::-1]
        case Counts.MEAN:
            many = np.bincount(who, minlength=learners)
            sums = np.bincount(who, weights=value, minlength=learners)
            np.divide(sums, many, out=out, where=many > 0)
    return out


def assignment_scores(items: Sequence[Floats], ended: Bools) -> Floats:
    """The mean over an assignment's items, each (n,): of those handed in while it runs, missing ones 0 once it has `ended`."""
    scores = np.vstack(items) if len(items) else np.full((1, ended.size), np.nan)
    there = ~np.isnan(scores)
    many = there.sum(axis=0)
    sums = np.where(there, scores, 0.0).sum(axis=0)
    of = np.where(ended, len(scores), many)
    out = np.full(ended.size, np.nan)
    np.divide(sums, of, out=out, where=(of > 0) & ((many > 0) | ended))
    return out


def book(scores: Floats, weights: Floats, *, exempt: Bools, overrides: Floats, drop_lowest: int = 0) -> Book:
    """Put overrides in place, leave exempt ones and those of weight 0 out, drop each learner's lowest, and take totals.

    `scores`, `exempt`, `overrides` (NaN: none) are (n, m), `weights` (m,). At least one assignment stays, whatever is dropped.
    Of equal scores the later one is dropped first. An override stands, an exemption beside it too.
    """
    if drop_lowest < 0:
        raise Refused("The number of dropped assignments cannot be below 0.")
    given = np.where(np.isnan(overrides), scores, overrides)
    counts = ~np.isnan(given) & ~exempt & (weights > 0)
    dropped = _dropped(given, counts, drop_lowest)
    counted = np.where(counts & ~dropped, given, np.nan)
    there = ~np.isnan(counted)
    weight = np.where(there, weights, 0.0)
    sums, of = (np.where(there, counted, 0.0) * weight).sum(axis=1), weight.sum(axis=1)
    total = np.divide(sums, of, out=np.full(len(given), np.nan), where=of > 0)
    shown = np.where(exempt, np.nan, given)
    return Book(counted, dropped, total, _columns(shown, np.nanmean), _columns(shown, np.nanmedian))


def places(total: Floats) -> tuple[Ints, int]:
    """Each learner's place (1: highest, equal totals share one, 0: no total), and of how many."""
    there = ~np.isnan(total)
    ordered = np.sort(total[there])
    above = ordered.size - np.searchsorted(ordered, total + _SLACK, side="left")
    return np.where(there, above + 1, 0).astype(np.int64), int(there.sum())


def checked_scale(steps: Sequence[tuple[str, float]], below: str) -> Scale:
    """A scale whose steps fall. Raises Refused with what to mend."""
    limits = [least for _, least in steps]
    if not steps or any(not label.strip() for label, _ in steps) or not below.strip():
        raise Refused("Each step of the scale needs a label.")
    names = [label.strip().casefold() for label in (*(label for label, _ in steps), below)]
    if len(set(names)) < len(names):
        raise Refused("Two steps of the scale have the same label.")
    if any(len(name) > LABEL_LENGTH for name in names):
        raise Refused(f"A label of the scale holds at most {LABEL_LENGTH} characters.")
    if any(not 0 <= least <= 1 for least in limits):
        raise Refused("Each step of the scale begins between 0 % and 100 %.")
    if any(first <= second for first, second in pairwise(limits)):
        raise Refused("The steps of the scale must fall, the best first.")
    return Scale(tuple((label.strip(), least) for label, least in steps), below.strip())


def _after_penalty(fraction: Floats, seconds_late: Floats, late: Late) -> Floats:
    """A score below 0 does not become better by being late."""
    if late.kind is not LateKind.PENALTY:
        return fraction
    days = np.ceil(np.maximum(seconds_late, 0.0) / DAY)
    kept = np.where(days > 0, np.maximum(late.floor, 1.0 - late.per_day * days), 1.0)
    return np.where(fraction > 0, fraction * kept, fraction)


def _dropped(given: Floats, counts: Bools, drop_lowest: int) -> Bools:
    if drop_lowest == 0 or given.shape[1] == 0:
        return np.zeros(given.shape, dtype=bool)
    ranked = np.where(counts, given, np.inf)[:, ::-1]
    rank = np.argsort(np.argsort(ranked, axis=1, kind="stable"), axis=1, kind="stable")[:, ::-1]
    most = np.minimum(drop_lowest, np.maximum(counts.sum(axis=1) - 1, 0))
    dropped: Bools = counts & (rank < most[:, None])
    return dropped


def _columns(shown: Floats, statistic: Callable[..., Floats]) -> Floats:
    """A statistic of each column that holds anything."""
    out = np.full(shown.shape[1], np.nan)
    there = ~np.isnan(shown).all(axis=0) if len(shown) else np.zeros(shown.shape[1], dtype=bool)
    if there.any():
        out[there] = statistic(shown[:, there], axis=0)
    return out
