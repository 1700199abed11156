"""Options to choose among, as single_choice and multiple_choice author, check and review them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.base import Comment, Json, Line, Option, QuestionType, Shuffle
from course.questions.numbers import Quantity, read_quantity
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import Boolean, Number, Slug, Text
from course.questions.scoring_rules import Rule
from course.questions.spec import Parsed
from course.questions.wording import normalise

OPTION: Final = Record(
    "an option",
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "text": Field(Text(), "what the learner reads", required=True),
        "correct": Field(Boolean(), "true marks a key", default=False),
        "fraction": Field(Number(low=-1, high=1), "score of choosing it, with `scoring: per_option`"),
        "feedback": Field(Text(), "shown to those who chose it", default=""),
        "misconception": Field(Slug(), "the misconception that choosing it betrays", default=""),
    },
)
OPTIONS: Final = Field(ListOf(OPTION, least=2, unique="id"), "what can be chosen, in authored order", required=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option with its part in the key. `fraction` is what choosing it scores under per_option."""

    id: str
    text: str
    correct: bool
    fraction: float
    feedback: str
    misconception: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The body of both choice types: the options and the rule they are scored by."""

    options: tuple[Choice, ...]
    rule: Rule

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(o.id for o in self.options if o.correct)

    @property
    def fractions(self) -> Mapping[str, float]:
        return {o.id: o.fraction for o in self.options}

    @property
    def shown(self) -> tuple[Option, ...]:
        return tuple(Option(o.id, o.text) for o in self.options)


class ChoiceType(QuestionType[Choices]):
    """Comments on and shows chosen options; a subclass says how many may be chosen and what that scores."""

    fields: ClassVar[Mapping[str, Field]] = {"options": OPTIONS}

    def key(self, body: Choices) -> Json:
        return [o.id for o in body.options if o.correct]

    def comments(self, body: Choices, response: Json) -> tuple[Comment, ...]:
        wanted = self.chosen(body, response)
        return tuple(Comment(o.id, o.feedback, o.misconception) for o in body.options if o.id in wanted and (o.feedback or o.misconception))

    def review(self, body: Choices, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        wanted = self.chosen(body, response)
        return tuple(
            Line(o.text, o.id in wanted, reveal_key and o.correct, comment=o.feedback if reveal_key or o.id in wanted else "")
            for o in body.options
        )

    def options(self, body: Choices) -> tuple[Option, ...]:
        return body.shown


def read_choices(parsed: Parsed, rule: str | None, report: Report) -> Choices:
    """Build the options; reports twins, missing keys, and fractions that are unused, missing or do not sum to 1."""
    authored: list[Parsed] = parsed["options"]
    refuse_twins(authored, report)
    scoring = Rule(rule) if rule else Rule.ALL_OR_NOTHING
    if not any(o["correct"] for o in authored):
        report.error("no-key", "no option is marked `correct: true`", parsed.at("options"), "mark the right one with `correct: true`")
    fractions = _read_fractions(authored, scoring, parsed, report)
    options = (Choice(o["id"], o["text"], o["correct"], fractions[o["id"]], o["feedback"], o["misconception"]) for o in authored)
    return Choices(tuple(options), scoring)


def refuse_twins(authored: Sequence[Parsed], report: Report) -> None:
    """Report every entry whose `text` reads like an earlier one's."""
    seen: dict[str, str] = {}
    for entry in authored:
        first = seen.setdefault(normalise(entry["text"]), entry["id"])
        if first != entry["id"]:
            report.error("same-text", f"`{entry['id']}` reads the same as `{first}`", entry.at("text"), "give each its own words")


def shuffle_for(texts: Iterable[str]) -> Shuffle:
    """Numbers stay in order, so that they can be read as a scale; other texts may be shuffled."""
    return Shuffle.NEVER if all(isinstance(read_quantity(text), Quantity) for text in texts) else Shuffle.ALLOWED


def known_option(response: Json, ids: Iterable[str]) -> bool:
    """True when the response is one of these ids (ids are texts; a number that looks alike is not one)."""
    return isinstance(response, str) and response in set(ids)


def _read_fractions(authored: Sequence[Parsed], rule: Rule, parsed: Parsed, report: Report) -> dict[str, float]:
    keys = [o for o in authored if o["correct"]]
    if rule is not Rule.PER_OPTION:
        for option in authored:
            if option["fraction"] is not None:
                report.error("unused-fraction", "`fraction` counts only with `scoring: per_option`", option.at("fraction"))
        return {o["id"]: float(o["correct"]) for o in authored}
    share = 1 / len(keys) if keys and all(o["fraction"] is None for o in keys) else None
    for option in keys:
        if option["fraction"] is None and share is None:
            report.error("missing-fraction", f"the key `{option['id']}` needs a `fraction`, as the other keys have one", option.place)
        elif option["fraction"] is not None and option["fraction"] <= 0:
            report.error("key-fraction", f"the key `{option['id']}` scores nothing", option.at("fraction"), "a key's fraction is above 0")
    fractions = {o["id"]: o["fraction"] if o["fraction"] is not None else (share or 0.0) * o["correct"] for o in authored}
    total = sum(max(0.0, fractions[o["id"]]) for o in keys)
    if keys and abs(total - 1) > 1e-6:
        report.error("fractions-sum", f"the keys' positive fractions sum to {total:g}, they must sum to 1", parsed.at("options"))
    return fractions
