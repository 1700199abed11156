"""What every act on results shares: an attempt graded anew under other decisions, what changed, and storing that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from course.access.permissions import Action
from course.errors import NotFound, Refused
from course.learning.attempts import OVER, Attempt, AttemptState, grade
from course.learning.rulings import ActKind
from course.learning.scoring import passes
from course.services.study import rolling
from course.services.study.desk import Desk
from course.services.study.grading import Paper
from course.services.study.standing import note_completions
from course.services.teach.views import AttemptChange, Effect, SlotChange
from course.storage.stores.attempts import Slot
from course.storage.stores.audit import Entry, Via
from course.storage.stores.rulings import Result, Ruled
from course.storage.unit_of_work import Transaction

NAME_LENGTH = 80
REASON_LENGTH = 500
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Signed:
    """Who does it, when, and why. `person` None: on the command line, by the name `by`. `cohort`: where they may, None everywhere."""

    by: str
    at: datetime
    why: str
    person: str | None = None
    cohort: str | None = None

    def note(
        self,
        tx: Transaction,
        action: Action,
        subject: str,
        *,
        person: str | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Write it into the audit, in the transaction of the change. `before` and `after` hold no name, and no mark."""
        via = Via.WEB if self.person else Via.COMMAND
        tx.audit.append(Entry(self.at, action.value, self.person, self.cohort, person, subject, before, after, via))


@dataclass(frozen=True, slots=True)
class Amendment:
    """An attempt with its slots, before and after."""

    before: Attempt
    after: Attempt
    found: Paper
    """As it is graded before."""
    graded: Paper
    """As it is graded after."""

    @property
    def slots(self) -> tuple[tuple[Slot, Slot], ...]:
        """Each slot before and after."""
        marks = self.graded.marks
        return tuple(
            (s, replace(s, score=marks[s.position].score, state=marks[s.position].state) if s.position in marks else s)
            for s in self.found.slots
        )

    @property
    def changed(self) -> frozenset[int]:
        """Positions whose score or state changes."""
        return frozenset(a.position for a, b in self.slots if (a.score, a.state) != (b.score, b.state))

    @property
    def changes_anything(self) -> bool:
        return bool(self.changed) or result(self.before) != result(self.after)


def signed(desk: Desk, by: str, why: str) -> Signed:
    """Raises Refused without a name or a reason, or when they are too long."""
    return Signed(grader_name(by), desk.clock(), reason(why, "Say why (--why TEXT)"))


def reason(why: str, ask: str = "Say why") -> str:
    """The reason without spare white space. Raises Refused when there is none (`ask` begins the sentence) or it is too long."""
    why = " ".join(why.split())
    if not why:
        raise Refused(f"{ask}; learners whose result changes read the reason.")
    if len(why) > REASON_LENGTH:
        raise Refused(f"The reason is too long: {len(why)} characters, at most {REASON_LENGTH}.")
    return why


def grader_name(by: str) -> str:
    """The name without spare white space. Raises Refused when there is none or it is too long."""
    by = " ".join(by.split())
    if not by:
        raise Refused("Say who does this (--by NAME).")
    if len(by) > NAME_LENGTH:
        raise Refused(f"The name is too long: {len(by)} characters, at most {NAME_LENGTH}.")
    return by


def amended(attempt: Attempt, found: Paper, graded: Paper, now: datetime) -> Amendment:
    """The attempt when it is graded as `graded` says. One that waited for a person is graded once nothing is awaited."""
    total = graded.totals()
    passed = passes(total.fraction, attempt.policy.pass_mark)
    after = attempt
    if attempt.state is AttemptState.GRADED:
        after = replace(attempt, points=total.points, max=total.max, fraction=total.fraction, passed=passed)
    elif not total.pending:
        after = grade(attempt, now, points=total.points, maximum=total.max, fraction=total.fraction, passed=passed)
    return Amendment(attempt, after, found, graded)


def known_attempt(tx: Transaction, attempt_id: int) -> Attempt:
    """Raises NotFound when there is none of this number."""
    found = tx.attempts.get(attempt_id)
    if found is None:
        raise NotFound(f"There is no attempt {attempt_id}.")
    return found


def through(desk: Desk, attempts: Iterable[tuple[int, str]], apply: bool, step: Callable[[Transaction, Attempt], None]) -> None:
    """Take `step` with every attempt that was handed in: in one reading when nothing is stored, else each in a transaction of
    its own, so that learners can work meanwhile and an interrupted run is finished by the next."""
    if not apply:
        with desk.uow.read() as tx:
            for attempt_id, _ in attempts:
                _step(tx, attempt_id, step)
        return
    for attempt_id, learner in attempts:
        with desk.uow.write() as tx:
            if tx.people.lock(learner) is not None:
                _step(tx, attempt_id, step)


def store(desk: Desk, tx: Transaction, amendment: Amendment, rows: Sequence[Ruled], now: datetime) -> None:
    """Write the new marks and totals with the decision they follow from, and what they complete."""
    changed = amendment.changed
    tx.attempts.save_slots(amendment.before.id, (after for _, after in amendment.slots if after.position in changed))
    if amendment.after != amendment.before:
        tx.attempts.save(amendment.after)
    if amendment.after != amendment.before or changed:
        rolling.changed(tx, amendment.after, (after.question for _, after in amendment.slots if after.position in changed))
    tx.rulings.append(rows)
    note_completions(tx, desk.catalogue(), amendment.before.learner, now)


def row(amendment: Amendment, kind: ActKind, sign: Signed, position: int | None = None, share: float | None = None) -> Ruled:
    """The record of one decision, about one question or (without `position`) the whole attempt."""
    slots = {before.position: (before, after) for before, after in amendment.slots}
    before, after = slots[position] if position is not None else (None, None)
    return replace(
        of_whole(amendment.before, amendment.after, kind, sign),
        position=position,
        share=share,
        versions=(graded_against(amendment.found, before), graded_against(amendment.graded, after)) if before and after else (None, None),
        scores=(before.score, after.score) if before and after else (None, None),
    )


def of_whole(before: Attempt, after: Attempt, kind: ActKind, sign: Signed) -> Ruled:
    """The record of a decision that looks at no single question."""
    return Ruled(
        attempt=before.id,
        position=None,
        kind=kind,
        at=sign.at,
        by=sign.by,
        person=sign.person,
        why=sign.why,
        before=result(before),
        after=result(after),
    )


def change(amendment: Amendment, positions: Iterable[int]) -> AttemptChange:
    """The change as a report tells it, with the questions at these positions."""
    wanted = set(positions)
    slots = tuple(
        SlotChange(
            position=a.position,
            question=a.question,
            versions=(graded_against(amendment.found, a), graded_against(amendment.graded, b)),
            scores=(a.score, b.score),
            states=(a.state, b.state),
        )
        for a, b in amendment.slots
        if a.position in wanted
    )
    attempt, before, after = amendment.before, result(amendment.before), result(amendment.after)
    return AttemptChange(
        attempt=attempt.id,
        learner=short(attempt.learner),
        person=attempt.learner,
        quiz=attempt.quiz,
        number=attempt.number,
        slots=slots,
        before=before,
        after=after,
        effect=_effect(before, after, slots),
    )


def result(attempt: Attempt) -> Result:
    """The attempt's totals as they are recorded."""
    return Result(attempt.points, attempt.max, attempt.passed)


def graded_against(found: Paper, slot: Slot) -> str:
    """The version whose key counts for the slot."""
    return found.rulings.regraded.get(slot.position, slot.version)


def short(learner: str) -> str:
    """The beginning of a learner's id: enough to tell learners apart in a report."""
    return learner[:8]


def moved(before: float | None, after: float | None) -> Effect:
    """What a score that goes from one to the other means; one that appears or disappears is no loss by itself."""
    if before is None or after is None or abs(after - before) <= _SLACK:
        return Effect.STAYS
    return Effect.GAINS if after > before else Effect.LOSES


def _step(tx: Transaction, attempt_id: int, step: Callable[[Transaction, Attempt], None]) -> None:
    attempt = tx.attempts.get(attempt_id)
    if attempt is not None and attempt.state in OVER:
        step(tx, attempt)


def _effect(before: Result, after: Result, slots: Sequence[SlotChange]) -> Effect:
    """By the pass, then by the share of the points, then, where there is no total yet, by the questions."""
    if before.passed and after.passed is False:
        return Effect.LOSES
    one, other = _share(before), _share(after)
    if one is not None and other is not None:
        return moved(one, other)
    effects = {moved(*slot.scores) for slot in slots}
    return Effect.LOSES if Effect.LOSES in effects else Effect.GAINS if Effect.GAINS in effects else Effect.STAYS


def _share(found: Result) -> float | None:
    return found.points / found.max if found.max and found.points is not None else None
