"""What an authoring rule is. One file a rule; `rules/__init__` lists them; the docstring is its page in docs/authoring.md."""

from __future__ import annotations

import bisect
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from course.content.authored import Authored
from course.content.model import Cell, Module
from course.diagnostics import Finding, Place, Severity


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


def written(authored: Authored, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Place]]:
    """Every match of `pattern` in what learners may come to read, with its place.

    Sources and claims are left out (titles are printed as they are), so are remarks and the keys inside {cite}.
    """
    for path, source in authored.sources.items():
        if path in ("modules/references.yaml", "modules/claims.yaml", "modules/help.yaml"):
            continue
        starts: list[int] = []
        for found in pattern.finditer(source.text):
            starts = starts or [0, *(m.end() for m in re.finditer("\n", source.text))]
            index = bisect.bisect_right(starts, found.start()) - 1
            line = source.lines[index]
            column = found.start() - starts[index] + 1
            if not line.lstrip().startswith(("#", "%", "cites:")) and "{cite}`" not in line[: column - 1][-80:].rsplit("` ", 1)[-1]:
                yield found, Place(path, index + 1, column)
