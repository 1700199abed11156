"""Everything as it was written: what the rules look through, and what the catalogue is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course.content.course_source import CourseHead
from course.content.markdown import Lookup
from course.content.mentions import Mention, Target
from course.content.model import Claim, Help, Misconception, Module, Objective, Quiz, Reference, Term
from course.content.quiz_source import AuthoredQuestion, Use
from course.content.text_source import TextSource
from course.diagnostics import Place


@dataclass(frozen=True)
class Authored:
    """The content as far as it could be read. Modules are those of course.yaml in order, then any that it leaves out.

    `questions` are where they are defined, duplicates included; `draws` holds the places of each quiz's pools; `listed`
    counts the questions written in each quiz file, broken ones and used ones too. `uses` pairs a quiz with what it brings
    from another. `blind` names what may exist in a file that could not be read, so that not finding it means nothing;
    `broken` are the ids of questions that could not be read.
    """

    root: Path
    head: CourseHead | None
    modules: tuple[Module, ...]
    quizzes: tuple[Quiz, ...]
    questions: tuple[AuthoredQuestion, ...]
    references: Mapping[str, Reference]
    claims: Mapping[str, Claim]
    glossary: tuple[Term, ...]
    misconceptions: Mapping[str, Misconception]
    help: Help
    mentions: tuple[Mention, ...]
    sources: Mapping[str, TextSource]
    draws: Mapping[str, tuple[Place, ...]]
    listed: Mapping[str, int]
    uses: tuple[tuple[str, Use], ...]
    blind: frozenset[Target]
    broken: frozenset[str]

    @cached_property
    def objectives(self) -> Mapping[str, Objective]:
        """Id -> objective over all modules; the first wins where two share an id."""
        found: dict[str, Objective] = {}
        for module in self.modules:
            for objective in module.objectives:
                found.setdefault(objective.id, objective)
        return found

    @cached_property
    def lowered(self) -> Mapping[str, str]:
        """Path -> the file's text in lower case, in which many rules look for words."""
        return {path: source.text.lower() for path, source in self.sources.items()}

    @cached_property
    def lookup(self) -> Lookup:
        return Lookup.of(self.references, self.glossary)

    @cached_property
    def defined(self) -> Mapping[str, AuthoredQuestion]:
        """Question id -> its first definition."""
        found: dict[str, AuthoredQuestion] = {}
        for question in self.questions:
            found.setdefault(question.question.id, question)
        return found
