"""Which questions an attempt gets and in which order their options stand: a pure function of one seed.

Order comes from sorting by a keyed hash, so it is the same on every machine and Python, and adding an option moves no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from course.learning.policy import Draw


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be drawn."""

    id: str
    objective: str | None
    tags: tuple[str, ...]


def attempt_seed(rule: str, *, fresh: int, learner: str, quiz: str) -> int:
    """The seed of an attempt (63 bits): a fresh one, one per learner and quiz, or one per quiz (`seed:` of the quiz)."""
    if rule == "learner":
        return _number(f"{quiz}/{learner}")
    return _number(quiz) if rule == "fixed" else fresh & (2**63 - 1)


def practice_seed(rule: str, *, number: int) -> int:
    """The seed of the variant that a notebook asks for somebody's try of this number, from 1.

    With `seed: attempt` every try has numbers of its own, otherwise all tries have the same. They are the same for everybody:
    nobody need be known before they answer.
    """
    return max(1, number) if rule == "attempt" else 1


def draw(candidates: Sequence[Candidate], draws: Sequence[Draw], *, seed: int, shuffle: bool) -> tuple[str, ...]:
    """Ids of the questions to ask, in order; no id twice. Without `draws`: all of them.

    A pool that shares questions with later pools takes first what they cannot use. A pool with too few gives what it has
    (`check` refuses such a quiz).
    """
    taken = [c.id for c in candidates] if not draws else _drawn(candidates, draws, seed)
    if shuffle:
        return permute(taken, seed=seed, label="questions")
    authored = {c.id: position for position, c in enumerate(candidates)}
    return tuple(sorted(taken, key=authored.__getitem__))


def round_seed(seed: int, position: int, try_number: int = 0) -> int:
    """The seed of what is drawn for one slot of an attempt alone: a later round of a mastery quiz."""
    return _number(f"{seed}/round-{position}/{try_number}")


def next_round(siblings: Sequence[str], asked: Sequence[str], elsewhere: Collection[str], *, seed: int) -> str:
    """Which question the next round of a mastery quiz asks, after `asked` (in order, never empty).

    One asked least often so far; then one that no other chain of the attempt asks; then not the one asked just now; then by
    chance, which the seed decides. `siblings` test the same objective; the first question is always one of them.
    """
    among = dict.fromkeys([asked[0], *siblings])

    def rank(one: str) -> tuple[int, bool, bool, bytes]:
        return asked.count(one), one in elsewhere, one == asked[-1], _digest(f"{seed}/{one}")

    return min(among, key=rank)


def permute(ids: Sequence[str], *, seed: int, label: str) -> tuple[str, ...]:
    """The ids in an order that depends on seed and label alone."""
    return tuple(sorted(ids, key=lambda one: _digest(f"{seed}/{label}/{one}")))


def displace(ids: Sequence[str], *, seed: int, label: str) -> tuple[str, ...]:
    """Like `permute`, but never the given order: for ordering questions the authored order is the key."""
    mixed = permute(ids, seed=seed, label=label)
    return mixed if mixed != tuple(ids) or len(mixed) < 2 else (*mixed[1:], mixed[0])


def _drawn(candidates: Sequence[Candidate], draws: Sequence[Draw], seed: int) -> list[str]:
    taken: list[str] = []
    for position, pool in enumerate(draws):
        later = draws[position + 1 :]
        fitting = [c for c in candidates if _fits(c, pool) and c.id not in taken]
        label = f"pool-{position}"
        fitting.sort(key=lambda c, later=later, label=label: (sum(_fits(c, p) for p in later), _digest(f"{seed}/{label}/{c.id}")))  # type: ignore[misc]
        taken += [c.id for c in fitting[: pool.take]]
    return taken


def _fits(candidate: Candidate, pool: Draw) -> bool:
    return candidate.objective in pool.objectives or candidate.id in pool.ids or not set(candidate.tags).isdisjoint(pool.tags)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _number(text: str) -> int:
    return int.from_bytes(_digest(text)[:8], "big") & (2**63 - 1)
