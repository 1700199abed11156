"""What a cohort gained between a first and a second test: paired learners only, and how many are not paired.

The mean difference with its t interval comes first; Hedges' g_z with its exact interval second; Hake's class gain third, because
it has no interval of its own and flatters classes that began high.

Sources: Student (1908) Biometrika 6:1-25; Hedges L.V. (1981) J Educ Stat 6:107-128; Cumming G. and Finch S. (2001) Educ
Psychol Meas 61:532-574; Hake R.R. (1998) Am J Phys 66:64-74.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from course.analytics import intervals
from course.analytics.moments import Floats, constant, correlation
from course.analytics.statistic import Statistic, found, missing

FEWEST: Final = 10
"""Pairs from which anything but counts is shown."""


@dataclass(frozen=True, slots=True)
class Gain:
    """Shares of the points. `objective` "" is the whole test. `only_before` are drop-outs, `only_after` came late."""

    objective: str
    pairs: int
    only_before: int
    only_after: int
    before: Statistic
    after: Statistic
    difference: Statistic
    """Mean of after less before, with its t interval."""
    g_z: Statistic
    class_gain: Statistic
    """Hake: (after - before) / (1 - before) of the means."""
    correlation: Statistic
    """Of before and after."""
    drop_out_difference: Statistic
    """First scores of those who came back, less those of the drop-outs, with Welch's interval."""


def gain(before: Mapping[str, float], after: Mapping[str, float], objective: str = "", fewest: int = FEWEST) -> Gain:
    """`before` and `after`: each learner's share of the points, by any id. Below `fewest` pairs only counts."""
    pairs = sorted(before.keys() & after.keys())
    first, second = (np.array([scores[name] for name in pairs], dtype=np.float64) for scores in (before, after))
    gone = np.array([before[name] for name in sorted(before.keys() - after.keys())], dtype=np.float64)
    n = len(pairs)
    if n < fewest or n == 0:
        none = missing(n, f"{n} of the {fewest} people that it needs have both scores." if n else "Nobody has both scores.")
        return Gain(objective, n, len(gone), len(after.keys() - before.keys()), none, none, none, none, none, none, none)
    change = second - first
    sd = 0.0 if n < 2 or constant(change) else float(change.std(ddof=1))
    return Gain(
        objective=objective,
        pairs=n,
        only_before=len(gone),
        only_after=len(after.keys() - before.keys()),
        before=intervals.mean_share(first),
        after=intervals.mean_share(second),
        difference=intervals.mean(change),
        g_z=intervals.hedges(float(change.mean()), sd, n),
        class_gain=_class_gain(first, second),
        correlation=correlation(first, second, x_is="first score", y_is="second score"),
        drop_out_difference=intervals.mean_difference(first, gone),
    )


def gains_by_objective(
    before: Mapping[str, Mapping[str, float]], after: Mapping[str, Mapping[str, float]], fewest: int = FEWEST
) -> tuple[Gain, ...]:
    """For each objective that both tests ask: objective to learner to share of the points."""
    return tuple(gain(before[name], after[name], name, fewest) for name in before if name in after)


def _class_gain(first: Floats, second: Floats) -> Statistic:
    room = 1 - float(first.mean())
    if room <= 0:
        return missing(len(first), "Everybody had all points in the first test: there was nothing to gain.")
    return found(float(second.mean() - first.mean()) / room, len(first))
