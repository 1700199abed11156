"""Items that each belong to one target: what matching, categorise and matrix have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from course.diagnostics import Report, did_you_mean
from course.questions.base import (
    OMITTED,
    Comment,
    Control,
    Graded,
    Json,
    Line,
    Option,
    Pick,
    QuestionType,
    Samples,
    Shuffle,
    State,
    invalid,
    is_blank,
    scored,
)
from course.questions.choices import refuse_twins
from course.questions.scoring_rules import Rule, parts_score
from course.questions.spec import Parsed


@dataclass(frozen=True, slots=True)
class Item:
    """Something to place; `target` is the id of where it belongs."""

    id: str
    text: str
    target: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Items, the targets they all choose among, and the rule the whole is scored by."""

    items: tuple[Item, ...]
    targets: tuple[Option, ...]
    rule: Rule
    shuffle: Shuffle

    def text_of(self, target: str) -> str:
        """The target's words; "" for no target."""
        return next((t.text for t in self.targets if t.id == target), "")


class PairingType(QuestionType[Pairing]):
    """Grades and shows `{item: target}`; a subclass says how it is authored.

    Items left out or blank are neither right nor wrong. `options` are the pairs, as `item:target`, so that distractor
    statistics see which were made.
    """

    rules = (Rule.EACH, Rule.ALL_OR_NOTHING, Rule.NET_CORRECT, Rule.COVERAGE)

    def grade(self, body: Pairing, response: Json) -> Graded:
        if not _is_pairing(response, body):
            return invalid("Choose one of the answers shown for each item.")
        parts = {item.id: _state(item, response.get(item.id)) for item in body.items}
        states = list(parts.values())
        if all(state is State.OMITTED for state in states):
            return OMITTED
        return scored(parts_score(body.rule, states.count(State.RIGHT), states.count(State.WRONG), len(states)), parts)

    def controls(self, body: Pairing) -> tuple[Control, ...]:
        return tuple(Pick(item.id, item.text, body.targets, body.shuffle) for item in body.items)

    def sample(self, body: Pairing) -> Samples:
        key = self.key(body)
        first = body.items[0].id
        wrong = {item.id: next(t.id for t in body.targets if t.id != item.target) for item in body.items}
        tries: tuple[Json, ...] = ({**key, first: wrong[first]}, {i: t for i, t in key.items() if i != first})
        return Samples(
            right=(key,),
            partial=tuple(t for t in tries if 0 < (self.grade(body, t).score or 0) < 1),
            wrong=(wrong, {first: wrong[first]}),
            invalid=({"no-such-item!": "x"}, {first: "no-such-target!"}, {first: 1}, [key[first]], "text", 7),
        )

    def key(self, body: Pairing) -> Json:
        return {item.id: item.target for item in body.items}

    def comments(self, body: Pairing, response: Json) -> tuple[Comment, ...]:
        answers = _answers(body, response)
        return tuple(Comment(item.id, item.feedback) for item in body.items if item.feedback and item.id in answers)

    def review(self, body: Pairing, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        answers = _answers(body, response)
        return tuple(
            Line(
                item.text,
                chosen=item.id in answers,
                key=False,
                state=_state(item, answers.get(item.id)),
                comment=item.feedback if reveal_key or item.id in answers else "",
                answer=body.text_of(answers.get(item.id, "")),
                right=body.text_of(item.target) if reveal_key else "",
            )
            for item in body.items
        )

    def options(self, body: Pairing) -> tuple[Option, ...]:
        return tuple(Option(f"{i.id}:{t.id}", f"{i.text}: {t.text}") for i in body.items for t in body.targets)

    def chosen(self, body: Pairing, response: Json) -> tuple[str, ...]:
        return tuple(f"{item}:{target}" for item, target in _answers(body, response).items())

    def ids(self, body: Pairing) -> frozenset[str]:
        return frozenset(target.id for target in body.targets)


def read_pairing(
    items: Sequence[Parsed], targets: Sequence[Parsed], pointer: str, rule: str | None, shuffle: Shuffle, report: Report
) -> Pairing:
    """Build a pairing whose items name their target under `pointer`; reports unknown targets and texts that read the same."""
    refuse_twins(items, report)
    refuse_twins(targets, report)
    known = [t["id"] for t in targets]
    for item in items:
        if item[pointer] not in known:
            message = f"`{item['id']}` belongs to `{item[pointer]}`, which does not exist"
            report.error("unknown-target", message, item.at(pointer), did_you_mean(item[pointer], known))
    return Pairing(
        tuple(Item(i["id"], i["text"], i[pointer], i["feedback"]) for i in items),
        tuple(Option(t["id"], t["text"]) for t in targets),
        Rule(rule or Rule.EACH),
        shuffle,
    )


def _answers(body: Pairing, response: Json) -> Mapping[str, str]:
    """The items that were answered, with what was chosen; empty for an invalid response."""
    return {item: target for item, target in response.items() if not is_blank(target)} if _is_pairing(response, body) else {}


def _state(item: Item, answer: Json) -> State:
    if is_blank(answer):
        return State.OMITTED
    return State.RIGHT if answer == item.target else State.WRONG


def _is_pairing(response: Json, body: Pairing) -> TypeGuard[dict[str, str]]:
    if not isinstance(response, dict) or not set(response) <= {item.id for item in body.items}:
        return False
    targets = {t.id for t in body.targets}
    return all(is_blank(value) or (isinstance(value, str) and value in targets) for value in response.values())
