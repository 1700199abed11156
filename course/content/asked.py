"""Questions with options as the rules on item writing look at them: stem, options and key, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from course.content.authored import Authored
from course.content.quiz_source import AuthoredQuestion
from course.content.words import content_stems
from course.diagnostics import Place
from course.questions.choices import Choice, Choices
from course.questions.composite import Composite
from course.questions.nodes import Mapped, Sequence


@dataclass(frozen=True)
class Asked:
    """One choice to make: a single_choice or multiple_choice question, or such a part of a case. `name` says which, for messages."""

    name: str
    quiz: str
    stem: str
    choices: tuple[Choice, ...]
    several: bool
    """Whether more than one option may be chosen."""
    node: Mapped

    @cached_property
    def keys(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.correct)

    @cached_property
    def distractors(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if not choice.correct)

    @cached_property
    def stem_words(self) -> frozenset[str]:
        """The words of meaning in the stem."""
        return content_stems(self.stem)

    def at(self, key: str = "stem") -> Place:
        """Where the value of a key of the question stands."""
        found = self.node.get(key)
        return found.place if found is not None else self.node.place

    def at_option(self, choice: Choice, key: str = "text") -> Place:
        """Where a key of this option stands."""
        options = self.node.get("options")
        index = next(number for number, option in enumerate(self.choices) if option is choice)
        node = options.items[index] if isinstance(options, Sequence) and index < len(options.items) else self.node
        found = node.get(key) if isinstance(node, Mapped) else None
        return found.place if found is not None else node.place


def asked(authored: Authored) -> Iterator[Asked]:
    """Every choice that any question asks for, in order. Gaps of a cloze are left out: their stem is the text around them."""
    for found in authored.questions:
        question = found.question
        if isinstance(question.body, Choices):
            yield Asked(question.id, found.quiz, question.stem, question.body.options, question.type == "multiple_choice", found.node)
        elif question.type == "case":
            yield from _parts(found)


def _parts(found: AuthoredQuestion) -> Iterator[Asked]:
    body, nodes = found.question.body, found.node.get("parts")
    if not isinstance(body, Composite) or not isinstance(nodes, Sequence):
        return
    for part, node in zip(body.parts, nodes.items, strict=False):
        if isinstance(part.body, Choices) and isinstance(node, Mapped):
            name = f"{found.question.id}/{part.id}"
            yield Asked(name, found.quiz, part.stem, part.body.options, part.kind.name == "multiple_choice", node)
