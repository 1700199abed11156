"""Small groups are not shown to those without the right to individual data, nor what would give them away by subtraction."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

FEWEST: Final = 5
Group = TypeVar("Group", bound=Hashable)


def shown(groups: Mapping[Group, int], fewest: int = FEWEST) -> frozenset[Group]:
    """Which groups of a whole may be shown beside its total. `groups`: people in each; nobody is in two.

    Groups of 1 to `fewest` - 1 are hidden. What is hidden together must hold at least `fewest` people and be at least two
    groups, or the total less the rest would tell it: then the next smallest are hidden too. An empty group is shown as 0,
    unless a group had to be hidden with nothing else to hide beside it. When all together are too few, nothing is shown.
    """
    total = sum(groups.values())
    if total < fewest:
        return frozenset()
    by_size = sorted(groups, key=lambda group: (groups[group], str(group)))
    hidden = {group for group in by_size if 0 < groups[group] < fewest}
    if not hidden:
        return frozenset(groups)
    for group in [g for g in by_size if groups[g] >= fewest] + [g for g in by_size if groups[g] == 0]:
        if sum(groups[g] for g in hidden) >= fewest:
            break
        hidden.add(group)
    return frozenset(groups) - hidden


def share_shown(part: int, whole: int, fewest: int = FEWEST) -> bool:
    """Whether "part of whole" may be shown: both the group and its complement are empty or large enough, and so is the whole."""
    return whole >= fewest and all(size == 0 or size >= fewest for size in (part, whole - part))
