"""What is drawn of a fitted model: item curves with what was observed, the Wright map, the information of the test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from course.analytics.intervals import wilson
from course.analytics.irt import NODES, Fit, chances
from course.analytics.patterns import Floats
from course.analytics.statistic import Statistic, found, missing

BINS: Final = 8
_IN_BIN: Final = 5


@dataclass(frozen=True, slots=True)
class ObservedBin:
    """People of about the same estimated ability (its mean), and the share of them that was right, with Wilson's interval."""

    ability: float
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class ItemCurve:
    """`ability` and `chance`: the model's curve. An `observed` bin has at least five people."""

    question: str
    ability: Floats
    chance: Floats
    observed: tuple[ObservedBin, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WrightMap:
    """People and questions on one scale: counts of people between neighbouring `edges`, difficulties easiest first."""

    edges: Floats
    people: tuple[int, ...]
    questions: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class InformationCurve:
    """`information` at each `ability`. `at_pass`: ability whose expected share of the points is the pass mark; `error_at_pass`: its SE."""

    ability: Floats
    information: Floats
    pass_mark: float
    at_pass: Statistic
    information_at_pass: Statistic
    error_at_pass: Statistic


def item_curve(fit: Fit, question: str, bins: int = BINS) -> ItemCurve:
    """Raises KeyError for a question that the model does not have.

    People are cut into `bins` groups of equal size by estimated ability. The question's own answer is part of that estimate, so
    the bins are a little steeper than the curve in short tests.
    """
    names = [item.question for item in fit.items]
    if question not in names:
        raise KeyError(question)
    j = names.index(question)
    seen = fit.patterns.seen[fit.patterns.row_of, j] > 0
    right, ability = fit.patterns.right[fit.patterns.row_of, j][seen], fit.abilities[seen]
    groups = np.array_split(np.argsort(ability, kind="stable"), bins)
    observed = tuple(_bin(ability[g], right[g]) for g in groups if len(g) >= _IN_BIN)
    return ItemCurve(question, NODES, chances((fit.items[j],), NODES)[0], observed)


def wright_map(fit: Fit, width: float = 0.5) -> WrightMap:
    """Everybody and every question lie between the outermost edges."""
    difficulties = [item.difficulty for item in fit.items]
    low = math.floor(min(*fit.abilities, *difficulties) / width) * width
    high = math.ceil(max(*fit.abilities, *difficulties) / width + 1e-9) * width
    edges = np.arange(round(low / width), round(high / width) + 1) * width
    counts, _ = np.histogram(fit.abilities, edges)
    questions = sorted(((item.question, item.difficulty) for item in fit.items), key=lambda pair: pair[1])
    return WrightMap(edges, tuple(int(c) for c in counts), tuple(questions))


def information_curve(fit: Fit, pass_mark: float) -> InformationCurve:
    """Sum of a^2 P (1 - P) over the questions. `pass_mark`: share of the points, 0 to 1."""
    slopes = np.array([item.discrimination for item in fit.items])[:, None]
    p = chances(fit.items, NODES)
    expected = fit.patterns.max @ p / fit.patterns.max.sum()
    if (np.diff(expected) <= 0).any() or not expected[0] < pass_mark < expected[-1]:
        none = missing(fit.n, "No ability between -6 and 6 stands for the pass mark.")
        return InformationCurve(NODES, (slopes**2 * p * (1 - p)).sum(axis=0), pass_mark, none, none, none)
    at = float(np.interp(pass_mark, expected, NODES))
    here = chances(fit.items, np.array([at]))
    there = float((slopes**2 * here * (1 - here)).sum())
    return InformationCurve(
        ability=NODES,
        information=(slopes**2 * p * (1 - p)).sum(axis=0),
        pass_mark=pass_mark,
        at_pass=found(at, fit.n),
        information_at_pass=found(there, fit.n),
        error_at_pass=found(1 / math.sqrt(there), fit.n),
    )


def _bin(ability: Floats, right: Floats) -> ObservedBin:
    share = float(right.mean())
    return ObservedBin(float(ability.mean()), len(ability), share, *wilson(share, len(ability)))
