"""Who names what: every place where authored content points at something by its id. Rules and look-ups read these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from course.diagnostics import Place
from course.questions.nodes import Mapped, Node, Scalar, Sequence
from course.questions.scalar_specs import SLUG


class Target(StrEnum):
    """What is pointed at. The value completes "there is no ..."."""

    REFERENCE = "source"
    CLAIM = "claim"
    TERM = "glossary term"
    OBJECTIVE = "objective"
    MISCONCEPTION = "misconception"
    MODULE = "module"
    QUIZ = "quiz"
    QUESTION = "question"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Owner:
    """Where a mention stands: in a module's cell, in a question of a quiz, or elsewhere (all None)."""

    module: str | None = None
    cell: str | None = None
    quiz: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One pointer. A CELL is named `module#cell`; a QUESTION by its id alone, or `quiz/question`."""

    target: Target
    id: str
    place: Place
    owner: Owner = Owner()


def listed(node: Node | None, key: str) -> Iterator[Scalar]:
    """The well-formed ids in the list under `key`, each with its own place. Anything else is reported by the reader."""
    value = node.get(key) if isinstance(node, Mapped) else None
    for item in value.items if isinstance(value, Sequence) else ():
        if isinstance(item, Scalar) and SLUG.match(item.text):
            yield item


def members(node: Node | None, key: str) -> Iterator[tuple[str, Node]]:
    """What stands under `key`: the entries of a mapping by their key, or of a list by their `id`."""
    value = node.get(key) if isinstance(node, Mapped) else None
    if isinstance(value, Mapped):
        yield from ((entry.key.text, entry.value) for entry in value.entries)
    elif isinstance(value, Sequence):
        for item in value.items:
            name = item.get("id") if isinstance(item, Mapped) else None
            yield (name.text if isinstance(name, Scalar) else ""), item


def cited(node: Node | None, key: str) -> Iterator[Mention]:
    """A mention of every source in the `cites` of every member under `key`."""
    for _, member in members(node, key):
        for scalar in listed(member, "cites"):
            yield Mention(Target.REFERENCE, scalar.text, scalar.place)
