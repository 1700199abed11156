"""What people decided about an attempt beside its answers: other versions to grade by, questions that do not count, marks, a grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from course.learning.scoring import Mark
from course.questions.base import State, scored


class ActKind(StrEnum):
    """What somebody did to a result. The value is stored, so it never changes."""

    REGRADE = "regrade"
    VOID = "void"
    UNVOID = "unvoid"
    OVERRIDE = "override"
    OVERRIDE_REMOVED = "override_removed"
    MARK = "mark"
    ATTEMPT_VOIDED = "attempt_voided"
    ATTEMPT_BACK = "attempt_back"


@dataclass(frozen=True, slots=True)
class Act:
    """One decision as far as it changes how an attempt is graded. `share` is a fraction of 1."""

    kind: ActKind
    position: int | None = None
    version: str | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Rulings:
    """All decisions in force. With the answers they say everything that an attempt's grade depends on."""

    regraded: Mapping[int, str] = field(default_factory=dict)
    """Position -> the version it is graded against; positions that are graded as asked are absent."""
    voided: frozenset[int] = frozenset()
    """Positions that count as not presented."""
    given: Mapping[int, float] = field(default_factory=dict)
    """Position -> the share of its points that graders agreed on; absent while they have not."""
    override: float | None = None
    """The share that stands for the whole attempt, whatever its questions give."""

    def ruled(self, position: int, found: Mark) -> Mark:
        """The mark that counts: nothing for a withdrawn question, the graders' share where a person must grade."""
        if position in self.voided:
            return Mark(None, None, found.points)
        share = self.given.get(position)
        if found.state is not State.MANUAL or share is None:
            return found
        graded = scored(share)
        return Mark(graded.score, graded.state, found.points)


NO_RULINGS: Final = Rulings()


def rulings(acts: Iterable[Act], *, voided: Iterable[int] = (), given: Mapping[int, float] | None = None) -> Rulings:
    """What is in force after these decisions, oldest first: the last regrade of a position, the last override."""
    regraded: dict[int, str] = {}
    override: float | None = None
    for act in acts:
        if act.kind is ActKind.REGRADE and act.position is not None and act.version is not None:
            regraded[act.position] = act.version
        elif act.kind in (ActKind.OVERRIDE, ActKind.OVERRIDE_REMOVED):
            override = act.share
    return Rulings(regraded, frozenset(voided), dict(given or {}), override)
