"""No order of clicks, reloads, tabs and clock jumps leads out of the tables of states, and scores follow from the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from course.content.model import Catalogue
from course.errors import BadResponse, NotFound, Refused
from course.learning import attempts, interactive, rounds
from course.learning.attempts import OPEN, OVER, Attempt, AttemptState
from course.learning.interactive import TryState
from course.learning.marking import chain, trying
from course.learning.policy import Behaviour, Kind, default_reveal
from course.learning.responses import Response, ResponseKind
from course.learning.rounds import RoundState
from course.learning.telling import of_part, parts_of, told
from course.questions import by_name
from course.services.study.grading import Paper, paper
from course.services.study.showing import is_settled
from course.storage.stores.attempts import Slot
from course.storage.unit_of_work import UnitOfWork
from tests.factories import catalogue, cell, module, multiple_choice, question, quiz, single_choice
from tests.people import ANN
from tests.services.classroom import Classroom
from tests.services.test_variants import half
from tests.unit.questions import authored

PER_OPTION = question(
    "fractions",
    "single_choice",
    scoring="per_option",
    options=[
        {"id": "a", "text": "A", "correct": True, "fraction": 1},
        {"id": "b", "text": "B", "fraction": 0.5},
        {"id": "c", "text": "C", "fraction": -0.5},
    ],
)
HINTS = [{"text": "One.", "penalty": 0.1}, {"text": "Two.", "penalty": 0.6}]
ASKED = [
    single_choice("one", hints=HINTS),
    single_choice("two", notice="About an overdose.", hints=HINTS),
    PER_OPTION,
    multiple_choice("many"),
    half(hints=HINTS),
    authored.question(by_name("case").example),
]
KINDS = {
    Behaviour.DEFERRED: {ResponseKind.SAVED, ResponseKind.TOLD},
    Behaviour.IMMEDIATE: {ResponseKind.SAVED, ResponseKind.CHECKED, ResponseKind.TOLD},
    Behaviour.INTERACTIVE: set(ResponseKind),
    Behaviour.MASTERY: {ResponseKind.SAVED, ResponseKind.CHECKED, ResponseKind.TOLD},
}
RESPONSES = ["a", "a", "b", "b", "c", ["a", "b"], ["a"], 500, "500", None, "nonsense", {"x": 1}]
TOLD = [
    {"met": ["larger"]},
    {"met": ["craving"]},
    {"met": ["larger"], "least": 2},
    {"met": ["craving"], "least": 3},
    {"least": 2},
    {"met": ["x"], "least": 2},
]
ACTS = ["save", "save", "check", "check", "check", "tell", "hint", "again", "again", "move on", "flag", "skip", "wait", "sweep"]
Raw = tuple[Attempt | None, tuple[Slot, ...], tuple[Response, ...]]
chances = st.randoms(use_true_random=True)
"""Clicks come from a seeded generator: drawn one by one they would mostly be the same few."""


@dataclass(frozen=True)
class Click:
    """What one tab sends, whatever another one has done since it was drawn."""

    act: str
    position: int
    response: object
    certainty: int | None
    number: int


def some_click(chance: Random) -> Click:
    position = chance.choice([1, 1, 2, 2, 3, 4, 5, 6, 6, 7, 8])
    return Click(
        act=chance.choice(ACTS),
        position=position,
        response=chance.choice(TOLD if position > 5 and chance.random() < 0.8 else RESPONSES),
        certainty=chance.choice([None, 1, 2, 3]),
        number=chance.randint(0, 3),
    )


policies = st.fixed_dictionaries(
    {
        "certainty": st.booleans(),
        "sequential": st.booleans(),
        "time_limit": st.sampled_from([None, 600.0]),
        "tries": st.sampled_from([(1.0, 0.5, 0.25), (1.0,), (0.8, 0.4)]),
        "mastery": st.sampled_from([(1, 1), (2, 3)]),
        "reveal": st.sampled_from([default_reveal(kind) for kind in (Kind.PRACTICE, Kind.PRACTICE, Kind.CHECKPOINT)]),
    }
)


class Learner(RuleBasedStateMachine):
    """One learner, any number of tabs, one quiz, and everything they could send at any time."""

    def __init__(self, uow: UnitOfWork, behaviour: Behaviour) -> None:
        super().__init__()
        self.behaviour = behaviour
        self.room = Classroom(uow)
        self.who = str(uuid4())
        with uow.write() as tx:
            tx.people.add(replace(ANN, id=self.who))
        self.attempt = 0
        self.seen: Seen | None = None
        self.raw: Raw | None = None
        """What was stored when it was looked at last; what has not changed since is not looked at again."""
        self.reloaded: tuple[Raw | None, datetime] | None = None
        """What the page was made from when it was last drawn, and when that was."""
        self.refusals: set[str] = set()

    @initialize(rules=policies)
    def begin(self, rules: Mapping[str, Any]) -> None:
        self.room.catalogue = _course(behaviour=self.behaviour, **rules)
        self.attempt = self.room.study.start(self.who, "q", "k")

    @rule(chance=chances)
    def clicks(self, chance: Random) -> None:
        for click in [some_click(chance) for _ in range(10)]:
            self._try(lambda click=click: self._made(click))  # type: ignore[misc]
            self.everything_is_in_its_table()
            self.a_reload_shows_nothing_of_the_key_too_early()

    @precondition(lambda self: self.at_work)
    @rule(seconds=st.sampled_from([1, 60, -45, -400, 300, 599, 661, 31 * 86_400]))
    def the_clock_jumps(self, seconds: int) -> None:
        self.room.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.at_work)
    @rule(chance=chances)
    def the_end(self, chance: Random) -> None:
        """Handed in from one tab, and another one clicks on."""
        self._try(lambda: self.room.study.submit(self.who, self.attempt, "one tab"))
        self.everything_is_in_its_table()
        self.clicks(chance)
        self.begin_again()

    @property
    def at_work(self) -> bool:
        """Whether enough was done for an end to be worth looking at."""
        return self.seen is not None and len(self.seen.log) > 4

    def begin_again(self) -> None:
        """The attempt that runs is continued; one more begins only when it does not run any more."""
        before = self._stored()[0]
        running = attempts.settle(before, self.room.now).state in OPEN
        try:
            found = self.room.study.start(self.who, "q", "k2")
        except Refused:
            assert not running
            return
        assert (found == self.attempt) == running
        if not running:
            self.room.study.submit(self.who, found, "s")

    @invariant()
    def everything_is_in_its_table(self) -> None:
        if not self.attempt:
            return
        raw = self._raw()
        if raw == self.raw:
            return
        now = Seen(*self._stored())
        if self.seen is not None:
            _moved(self.seen, now)
        self.seen, self.raw = now, raw

    @invariant()
    def a_reload_shows_nothing_of_the_key_too_early(self) -> None:
        if not self.attempt:
            return
        if (self.raw, self.room.now) == self.reloaded:
            return
        self.reloaded = (self.raw, self.room.now)
        view = self.room.study.attempt(self.who, self.attempt)
        for slot in view.slots:
            assert slot.may_check <= slot.may_change
            if slot.review is not None and slot.may_change:
                assert not slot.review.key_shown
                assert (slot.review.explanation, slot.review.lines, slot.review.outcome) == ("", (), "")
            if slot.review is None and slot.may_change:
                assert "Explanation" not in repr(slot)

    @invariant()
    def what_was_handed_in_is_what_the_log_says(self) -> None:
        if self.seen is None or self.seen.attempt.state not in OVER:
            return
        with self.room.uow.read() as tx:
            found = paper(self.room.study._desk, tx, self.seen.attempt)
        total = found.totals()
        stored = self.seen.attempt
        assert (stored.points, stored.max, stored.fraction) == (total.points, total.max, total.fraction)
        assert {s.position: (s.score, s.state) for s in found.slots} == {p: (m.score, m.state) for p, m in found.marks.items()}
        assert all(m.score is None or -1 <= m.score <= 1 for m in found.marks.values())
        result = self.room.study.result(self.who, self.attempt)
        assert result == self.room.study.submit(self.who, self.attempt, "late, from anywhere")

    def teardown(self) -> None:
        assert all(sentence.endswith(".") for sentence in self.refusals)

    def _made(self, click: Click) -> None:
        study, here = self.room.study, (self.who, self.attempt, click.position)
        match click.act:
            case "save":
                study.save(*here, click.response, click.certainty)
            case "check":
                study.check(*here, click.response, click.certainty)
            case "tell":
                study.tell(*here, click.number)
            case "hint":
                study.take_hint(*here, click.number)
            case "again":
                study.ask_again(*here)
            case "move on":
                study.move_on(*here)
            case "flag":
                study.flag(*here, click.number > 1)
            case "skip":
                study.skip_notice(*here)
            case "wait":
                self.room.wait(seconds=click.number)
            case _:
                study.sweep()

    def _try(self, step: Callable[[], object]) -> None:
        """What is refused is refused with a sentence, and nothing else ever comes out."""
        try:
            step()
        except (Refused, NotFound, BadResponse) as refusal:
            self.refusals.add(refusal.message)

    def _raw(self) -> Raw:
        with self.room.uow.read() as tx:
            return tx.attempts.get(self.attempt), tuple(tx.attempts.slots(self.attempt)), tuple(tx.attempts.log(self.attempt))

    def _stored(self) -> tuple[Attempt, tuple[Slot, ...], list[Response], Paper]:
        with self.room.uow.read() as tx:
            attempt = tx.attempts.get(self.attempt)
            assert attempt is not None
            found = paper(self.room.study._desk, tx, attempt)
            return attempt, found.slots, list(tx.attempts.log(self.attempt)), found


class Seen:
    """Everything stored about an attempt at one moment."""

    def __init__(self, attempt: Attempt, slots: tuple[Slot, ...], log: list[Response], found: Paper) -> None:
        self.attempt, self.slots, self.log = attempt, slots, log
        self.settled = {s.position: [r for r in log if r.position == s.position] for s in slots if is_settled(found, s)}
        self.fixed = {s.position: _fixed(found, s) for s in slots}
        firsts = [s for s in slots if s.again_of is None]
        policy = found.policy
        self.tries: dict[int, TryState] = {}
        self.chains: dict[int, RoundState] = {}
        if policy.behaviour is Behaviour.INTERACTIVE:
            self.tries = {s.position: trying(policy, found.asked[s.position], over=False).state for s in slots}
        if policy.behaviour is Behaviour.MASTERY:
            self.chains = {s.position: chain(policy, found.asked, s.position, over=False).state for s in firsts}


def _fixed(found: Paper, slot: Slot) -> dict[str, Any]:
    """The answers to the parts of a case that were gone on from."""
    parts, last = parts_of(found.question(slot)), found.last(slot)
    return {part: of_part(last.response if last else None, part) for part in parts[: told(found.steps(slot), parts) - 1]}


def _moved(before: Seen, after: Seen) -> None:
    one, other = before.attempt.state, after.attempt.state
    assert _reachable(attempts.TRANSITIONS, one, other), (one, other)
    assert after.log[: len(before.log)] == before.log, "the log only grows"
    assert {r.kind for r in after.log} <= KINDS[after.attempt.policy.behaviour]
    if one not in OPEN:
        assert (after.log, after.attempt) == (before.log, replace(before.attempt, state=other))
    pinned = [(s.position, s.question, s.version, s.points, s.variant, s.again_of) for s in after.slots]
    assert pinned[: len(before.slots)] == [(s.position, s.question, s.version, s.points, s.variant, s.again_of) for s in before.slots]
    for position, steps in before.settled.items():
        assert [r for r in after.log if r.position == position] == steps, "what is settled takes nothing more"
    for position, answers in before.fixed.items():
        assert after.fixed[position].items() >= answers.items(), "what was gone on from stays as it was answered"
    for position, state in before.tries.items():
        assert _reachable(interactive.TRANSITIONS, state, after.tries[position])
    for position, state in before.chains.items():
        assert _reachable(rounds.TRANSITIONS, state, after.chains[position])
    for first, state in before.chains.items():
        if state is not RoundState.ANSWERED:
            assert _length(after, first) == _length(before, first), "another round begins only after an answered one"
    if after.attempt.policy.sequential:
        assert (after.attempt.reached or 0) >= (before.attempt.reached or 0), "there is no way back"
    assert after.attempt.state is not AttemptState.VOIDED


def _length(seen: Seen, first: int) -> int:
    return sum(first in (s.position, s.again_of) for s in seen.slots)


def _reachable(table: Mapping[tuple[Any, Any], StrEnum], start: StrEnum, end: StrEnum) -> bool:
    """Along the table, in any number of steps."""
    found, edge = {start}, {start}
    while edge:
        edge = {to for (origin, _), to in table.items() if origin in edge} - found
        found |= edge
    return end in found


def _course(**rules: Any) -> Catalogue:
    if rules["behaviour"] not in (Behaviour.IMMEDIATE, Behaviour.DEFERRED):
        rules = {**rules, "certainty": False}
    return catalogue([module("first", [cell("only")])], [quiz("q", ASKED, attempts=2, shuffle_questions=False, **rules)])


@pytest.mark.parametrize("behaviour", Behaviour)
def test_no_order_of_clicks_leaves_the_tables(uow: UnitOfWork, behaviour: Behaviour) -> None:
    few = uow.engines.read.dialect.name == "postgresql"
    run_state_machine_as_test(
        lambda: Learner(uow, behaviour),
        settings=settings(
            max_examples=8 if few else 40,
            stateful_step_count=5,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
