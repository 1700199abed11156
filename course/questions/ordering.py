"""Items to put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeGuard

from course.diagnostics import Report
from course.questions.base import Arrange, Comment, Control, Graded, Json, Line, Option, QuestionType, Samples, State, invalid, scored
from course.questions.choices import refuse_twins
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import Slug, Text
from course.questions.scoring_rules import Rule, parts_score
from course.questions.spec import Parsed

STEP: Final = Record(
    "an item",
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "text": Field(Text(), "what the learner reads", required=True),
        "feedback": Field(Text(), "shown after answering", default=""),
    },
)


@dataclass(frozen=True, slots=True)
class Order:
    """Items in their right order; `feedback` by item id, where there is any."""

    items: tuple[Option, ...]
    feedback: dict[str, str]
    rule: Rule

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.items]


class Ordering(QuestionType[Order]):
    """Asks to put all items in order; they are authored in the right one and never shown in it.

    The answer is a list of all item ids; a list that leaves one out or repeats one is invalid. `each` (the default) scores
    the share of items that stand in their own place; the other rules count an item out of place as answered wrong.
    """

    name = "ordering"
    title = "Ordering"
    fields: ClassVar[Mapping[str, Field]] = {
        "items": Field(ListOf(STEP, least=2, unique="id"), "the items, in the right order", required=True)
    }
    rules = (Rule.EACH, Rule.ALL_OR_NOTHING, Rule.NET_CORRECT, Rule.COVERAGE)
    example = """\
id: bladder-spectrum
type: ordering
objective: uropathy-spectrum
stem: In which order does bladder harm build up, from first to last?
items:
  - {id: urine, text: Ketamine passes into the urine}
  - {id: irritation, text: The lining becomes irritated}
  - {id: scar, text: Scar tissue forms in the wall}
  - {id: small, text: The bladder holds less}
feedback: {right: Contact comes first., wrong: Start with what reaches the bladder.}
explanation: Contact, irritation, scarring, then lost capacity; people do not all move along it.
cites: [winst2012]
tests:
  - {response: [urine, irritation, scar, small], score: 1}
  - {response: [urine, irritation, small, scar], score: 0.5}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> Order | None:
        items = parsed["items"]
        refuse_twins(items, report)
        feedback = {i["id"]: i["feedback"] for i in items if i["feedback"]}
        return Order(tuple(Option(i["id"], i["text"]) for i in items), feedback, Rule(rule or Rule.EACH))

    def grade(self, body: Order, response: Json) -> Graded:
        if not _is_order(response, body):
            return invalid("Put all the items in order, each of them once.")
        parts = {item: State.RIGHT if item == place else State.WRONG for item, place in zip(body.ids, response, strict=True)}
        right = list(parts.values()).count(State.RIGHT)
        return scored(parts_score(body.rule, right, len(parts) - right, len(parts)), parts)

    def controls(self, body: Order) -> tuple[Control, ...]:
        return (Arrange("", "Your order, first to last", body.items),)

    def sample(self, body: Order) -> Samples:
        ids = body.ids
        swapped = [*ids[:-2], ids[-1], ids[-2]]
        rotated = [*ids[1:], ids[0]]
        partial = (swapped,) if 0 < (self.grade(body, swapped).score or 0) < 1 else ()
        return Samples((ids,), partial, (rotated,), (ids[:-1], [*ids[:-1], ids[0]], [*ids, "no-such-item!"], ids[0], {"a": 1}, [1, 2], 3))

    def key(self, body: Order) -> Json:
        return body.ids

    def comments(self, body: Order, response: Json) -> tuple[Comment, ...]:
        return tuple(Comment(item, body.feedback[item]) for item in self.chosen(body, response) if item in body.feedback)

    def review(self, body: Order, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        """Lines in the learner's order; without a valid answer in the right order, or by their texts while that is not to be seen."""
        given = self.chosen(body, response)
        shown = sorted(body.items, key=lambda item: _shown_at(item, given, body.ids, reveal_key))
        return tuple(
            Line(
                item.text,
                chosen=bool(given),
                key=False,
                state=_state(item.id, given, body.ids),
                comment=body.feedback.get(item.id, "") if reveal_key or given else "",
                answer=str(given.index(item.id) + 1) if given else "",
                right=str(body.ids.index(item.id) + 1) if reveal_key else "",
            )
            for item in shown
        )

    def options(self, body: Order) -> tuple[Option, ...]:
        return body.items

    def chosen(self, body: Order, response: Json) -> tuple[str, ...]:
        return tuple(response) if _is_order(response, body) else ()


def _shown_at(item: Option, given: Sequence[str], right: Sequence[str], reveal_key: bool) -> tuple[int, str]:
    if given:
        return given.index(item.id), ""
    return (right.index(item.id), "") if reveal_key else (0, item.text)


def _state(item: str, given: Sequence[str], right: Sequence[str]) -> State:
    if not given:
        return State.OMITTED
    return State.RIGHT if given.index(item) == right.index(item) else State.WRONG


def _is_order(response: Json, body: Order) -> TypeGuard[list[str]]:
    if not isinstance(response, list) or not all(isinstance(r, str) for r in response):
        return False
    return sorted(response) == sorted(body.ids)
