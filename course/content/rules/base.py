"""What an authoring rule is. One file a rule; `rules/__init__` lists them; the docstring is its page in docs/rules.md."""

from __future__ import annotations

import bisect
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import ClassVar, Final

from course.content.asked import Asked, asked
from course.content.authored import Authored
from course.content.model import Cell, Module
from course.content.passages import Passage, passages
from course.diagnostics import Finding, Place, Severity
from course.questions.choices import Choice

_UNSHOWN: Final = frozenset({"modules/references.yaml", "modules/claims.yaml", "modules/help.yaml"})


@dataclass(frozen=True)
class Context:
    """What a rule looks at: the content, and the day on which it is judged. What several rules look at is worked out once."""

    authored: Authored
    today: date

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every choice that a question, or a part of a case, asks for."""
        return tuple(asked(self.authored))

    @cached_property
    def choices(self) -> Mapping[str, tuple[Choice, ...]]:
        """Question id -> its options."""
        return {found.name: found.choices for found in self.asked}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every paragraph of the notebooks."""
        return tuple(passages(self.authored))


class Waits(Enum):
    """What a rule waits for, so that one fault is one finding: a question that could not be read is in no pool, and names nothing."""

    NEVER = "judges whatever could be read"
    FILE = "says nothing of a file that has a fault of format or names what does not exist"
    COURSE = "says nothing while any file has"


class Rule(ABC):
    """One thing that content must not do. Stateless; one instance stands in the registry."""

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    release: ClassVar[bool] = False
    """True: only a release must meet it (`check --release`)."""
    waits: ClassVar[Waits] = Waits.NEVER
    basic: ClassVar[bool] = False
    """True: what it finds is a fault that others wait for."""

    @abstractmethod
    def check(self, context: Context) -> Iterable[Finding]:
        """Every breach, in any order."""

    def finding(self, message: str, place: Place, hint: str = "") -> Finding:
        return Finding(self.code, self.severity, place, message, hint)


def cells(authored: Authored) -> Iterator[tuple[Module, Cell]]:
    """Every cell of every module, in order."""
    for module in authored.modules:
        yield from ((module, cell) for cell in module.cells)


def written(authored: Authored, pattern: re.Pattern[str], hints: tuple[str, ...]) -> Iterator[tuple[re.Match[str], Place]]:
    """Every match of `pattern` in a line of what learners may come to read, with its place.

    Only lines with one of `hints` (lower-case) are looked at: finding a plain string is much faster. Sources and claims are
    left out (titles are printed as they are), so are remarks, lists of sources and the keys inside {cite}.
    """
    for path, source in authored.sources.items():
        for index in _hinted(authored.lowered[path], hints) if path not in _UNSHOWN else ():
            line = source.lines[index]
            if line.lstrip().startswith(("#", "%", "cites:")):
                continue
            for found in pattern.finditer(line):
                if not _in_cite(line, found.start()):
                    yield found, Place(path, index + 1, found.start() + 1)


def _hinted(lowered: str, hints: tuple[str, ...]) -> Iterable[int]:
    """The indices of the lines that hold one of the hints."""
    starts: list[int] = []
    lines: set[int] = set()
    for hint in hints:
        at = lowered.find(hint)
        while at >= 0:
            starts = starts or [found.end() for found in re.finditer("\n", lowered)]
            line = bisect.bisect_right(starts, at)
            lines.add(line)
            at = lowered.find(hint, starts[line]) if line < len(starts) else -1
    return sorted(lines)


def _in_cite(line: str, column: int) -> bool:
    opening = line.rfind("{cite}`", 0, column)
    return opening >= 0 and line.find("`", opening + 7) >= column


@dataclass(frozen=True, slots=True)
class Spans:
    """Parts of files: path -> first lines and the lines after the last, in order."""

    lines: Mapping[str, tuple[tuple[int, int], ...]]

    def covers(self, place: Place) -> bool:
        return any(first <= (place.line or 0) < after for first, after in self.lines.get(place.path, ()))


def for_clinicians(authored: Authored) -> Spans:
    """The cells, figures and questions that no lay reader sees."""
    found: dict[str, list[tuple[int, int]]] = {}
    for path, first, after in _for_clinicians(authored):
        found.setdefault(path, []).append((first, after))
    return Spans({path: tuple(spans) for path, spans in found.items()})


def _for_clinicians(authored: Authored) -> Iterator[tuple[str, int, int]]:
    """Path, first line and the line after: cells, figures and questions that no lay reader sees."""
    for module in authored.modules:
        starts = [cell.place.line or 1 for cell in module.cells]
        for cell, first, after in zip(module.cells, starts, [*starts[1:], 10**9], strict=True):
            if cell.clinician:
                yield cell.place.path, first, after
    lay = {_figure_path(module.folder, cell.figure.name) for module, cell in cells(authored) if cell.figure and not cell.clinician}
    for module, cell in cells(authored):
        if cell.figure and cell.clinician and (path := _figure_path(module.folder, cell.figure.name)) not in lay:
            yield path + ".yaml", 1, 10**9
            yield path + ".csv", 1, 10**9
    yield from _questions(authored)


def _figure_path(folder: str, name: str) -> str:
    return f"{folder}/figures/{name}"


def _questions(authored: Authored) -> Iterator[tuple[str, int, int]]:
    hidden = {cell.question for _, cell in cells(authored) if cell.clinician} - {c.question for _, c in cells(authored) if not c.clinician}
    places: list[Place] = [found.node.place for found in authored.questions]
    for index, found in enumerate(authored.questions):
        if found.question.id in hidden:
            following = places[index + 1] if index + 1 < len(places) and places[index + 1].path == places[index].path else None
            yield places[index].path, places[index].line or 1, (following.line or 1) if following else 10**9
