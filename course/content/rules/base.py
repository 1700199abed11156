"""What an authoring rule is. One file a rule; `rules/__init__` lists them; the docstring is its page in docs/authoring.md."""

from __future__ import annotations

import bisect
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from course.content.authored import Authored
from course.content.model import Cell, Module
from course.diagnostics import Finding, Place, Severity

_UNSHOWN: Final = frozenset({"modules/references.yaml", "modules/claims.yaml", "modules/help.yaml"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule looks at: the content, and the day on which it is judged."""

    authored: Authored
    today: date


class Rule(ABC):
    """One thing that content must not do. Stateless; one instance stands in the registry."""

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    release: ClassVar[bool] = False
    """True: only a release must meet it (`check --release`)."""

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
        for index in _hinted(source.text, hints) if path not in _UNSHOWN else ():
            line = source.lines[index]
            if line.lstrip().startswith(("#", "%", "cites:")):
                continue
            for found in pattern.finditer(line):
                if not _in_cite(line, found.start()):
                    yield found, Place(path, index + 1, found.start() + 1)


def _hinted(text: str, hints: tuple[str, ...]) -> Iterable[int]:
    """The indices of the lines that hold one of the hints."""
    lowered = text.lower()
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
