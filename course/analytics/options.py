"""Who chose what, and whether a wrong option does its work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from course.analytics.columns import QuestionColumns
from course.analytics.gates import GATES, Gates, too_few
from course.analytics.intervals import mean_difference, wilson
from course.analytics.moments import correlation
from course.analytics.statistic import Statistic, found, missing

FUNCTIONAL: Final = 0.05
MOST: Final = 50
"""Options listed of one question, the most often chosen: typed answers have thousands."""
_SLACK: Final = 1e-9
Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `key`: full points for everybody who chose it. `functional`: for wrong options, None for keys and below the gate.

    `above_key`: mean rest score of those who chose it less that of those who chose the key; for wrong options only,
    from `gates.people` on each side.
    """

    option: str
    n: int
    of: int
    share: Statistic
    item_rest: Statistic
    key: bool
    functional: bool | None
    above_key: Statistic


def option_table(
    columns: QuestionColumns, names: tuple[str, ...], keys: frozenset[str] | None = None, gates: Gates = GATES
) -> tuple[Option, ...]:
    """The options of a question in the order of their names; those that nobody chose are not listed.

    `keys`: names of the right options; None takes those that gave full points to everybody who chose them.
    """
    if len(columns.choice) == 0:
        return ()
    codes, counts = np.unique(columns.choice, return_counts=True)
    codes = codes[np.sort(np.argsort(-counts, kind="stable")[:MOST])]
    people = {int(code): columns.choice_of[columns.choice == code] for code in codes}
    right = {code for code, who in people.items() if (_full(columns, who) if keys is None else names[code] in keys)}
    in_key = np.unique(np.concatenate([people[code] for code in right])) if right else np.zeros(0, dtype=np.int64)
    described = [_option(columns, names[code], who, code in right, in_key, gates) for code, who in people.items()]
    return tuple(sorted(described, key=lambda option: option.option))


def _full(columns: QuestionColumns, who: Rows) -> bool:
    return columns.max > 0 and bool((columns.points[who] >= columns.max - _SLACK).all())


def _option(columns: QuestionColumns, name: str, who: Rows, key: bool, in_key: Rows, gates: Gates) -> Option:
    n, of = len(who), len(columns.points)
    if of < gates.statistics:
        none = missing(n, too_few(of, gates.statistics))
        return Option(name, n, of, none, none, key, None, none)
    chose = np.zeros(of)
    chose[who] = 1.0
    share = found(n / of, of, wilson(n / of, of))
    r = correlation(chose, columns.rest, x_is="choice", y_is="score on the other questions")
    functional = None if key or r.value is None else n / of >= FUNCTIONAL and r.value < 0
    above = missing(n, "It is the key.") if key else _above(columns.rest[who], columns.rest[in_key], gates)
    return Option(name, n, of, share, r, key, functional, above)


def _above(chose: Floats, took_key: Floats, gates: Gates) -> Statistic:
    """Welch's interval of a handful is not one: with two to four people it misses the truth up to twice as often as it says."""
    if min(len(chose), len(took_key)) < gates.people:
        return missing(len(chose), f"{len(chose)} chose it and {len(took_key)} the key: each side needs {gates.people}.")
    return mean_difference(chose, took_key)
