"""Rule: a pool does not take more than there is."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.model import Quiz
from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Place, did_you_mean
from course.learning.policy import Draw


class Pools(Rule):
    """Every pool under `draw` finds enough questions, also when pools overlap: a question is drawn once. An id it names is asked here."""

    code = "pool-too-small"
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        for quiz in context.authored.quizzes:
            if len(quiz.entries) < context.authored.listed.get(quiz.path, 0):
                continue  # What it takes from another quiz could not be read there.
            found = [_matching(quiz, draw) for draw in quiz.policy.draw]
            places = context.authored.draws.get(quiz.id, ())
            if unknown := list(self._unknown(quiz, places)):
                yield from unknown
                continue
            short = False
            for draw, matching, place in zip(quiz.policy.draw, found, places, strict=False):
                if _filters(draw) == 1 and len(matching) < draw.take:
                    short = True
                    yield self.finding(f"this pool takes {draw.take}, and {len(matching)} of the quiz's questions fit it", place)
            if not short and found and all(_filters(draw) == 1 for draw in quiz.policy.draw):
                drawn = _most_drawn(found, [draw.take for draw in quiz.policy.draw])
                wanted = sum(draw.take for draw in quiz.policy.draw)
                if drawn < wanted:
                    where = places[0] if places else quiz.place
                    yield self.finding(f"the pools take {wanted} questions together and overlap; only {drawn} can be drawn", where)

    def _unknown(self, quiz: Quiz, places: Iterable[Place]) -> Iterable[Finding]:
        asked = [entry.question.id for entry in quiz.entries]
        for draw, place in zip(quiz.policy.draw, places, strict=False):
            for name in unknown_ids(quiz, draw):
                yield self.finding(f"this pool names `{name}`, which this quiz does not ask", place, did_you_mean(name, asked))


def unknown_ids(quiz: Quiz, draw: Draw) -> list[str]:
    """The ids that a pool names and the quiz does not ask."""
    return sorted(set(draw.ids) - {entry.question.id for entry in quiz.entries})


def _filters(draw: Draw) -> int:
    return sum(map(bool, (draw.objectives, draw.tags, draw.ids)))


def _matching(quiz: Quiz, draw: Draw) -> list[str]:
    return [
        e.question.id
        for e in quiz.entries
        if e.question.objective in draw.objectives or e.question.id in draw.ids or set(draw.tags).intersection(e.question.tags)
    ]


def _most_drawn(pools: list[list[str]], takes: list[int]) -> int:
    """How many questions can be drawn at once, each for one pool: maximum matching by augmenting paths (Kuhn 1955)."""
    holder: dict[str, int] = {}

    def place(pool: int, seen: set[str]) -> bool:
        for question in pools[pool]:
            if question in seen:
                continue
            seen.add(question)
            if question not in holder or place(holder[question], seen):
                holder[question] = pool
                return True
        return False

    return sum(place(pool, set()) for pool, take in enumerate(takes) for _ in range(take))
