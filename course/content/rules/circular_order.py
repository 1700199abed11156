"""Rule: nothing waits for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Place


class CircularOrder(Rule):
    """No module is its own prerequisite, and no quiz is unlocked by itself, not even by way of others.

    What waits for itself can never be begun.
    """

    code = "circular-order"

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        needed = {module.id: module.prerequisites for module in authored.modules}
        yield from self._circles(needed, {module.id: module.place for module in authored.modules})
        unlocked = {quiz.id: tuple(first for c in quiz.policy.unlock if (first := c.passed or c.handed_in)) for quiz in authored.quizzes}
        yield from self._circles(unlocked, {quiz.id: quiz.place for quiz in authored.quizzes})

    def _circles(self, needed: Mapping[str, tuple[str, ...]], places: Mapping[str, Place]) -> Iterable[Finding]:
        for name in needed:
            way = _way_back(name, needed)
            if way:
                told = " needs ".join(f"`{step}`" for step in way)
                yield self.finding(f"{told}, so it can never be begun", places[name])


def _way_back(start: str, needed: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The steps from `start` to itself, or none. Each name is gone through once."""
    seen: set[str] = set()
    ways = [[start, step] for step in needed[start]]
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend([*way, step] for step in needed.get(way[-1], ()))
    return []
