"""The prose of the notebooks, a paragraph at a time, each with the cell that it stands in and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from course.content.authored import Authored
from course.content.markdown import plain, roles
from course.content.model import Cell, Module
from course.content.silence import is_silence
from course.diagnostics import Place

_MARK: Final = re.compile(r" {0,3}(?:#{1,6}(?:\s|$)|`{3,}|~{3,}|:[A-Za-z0-9_-]+:)")


@dataclass(frozen=True)
class Passage:
    """One paragraph (or list, or table) of a cell. `text` still has its roles; `place` is its first line."""

    module: Module
    cell: Cell
    text: str
    place: Place

    @cached_property
    def words(self) -> str:
        """What a reader reads, without marks; one line a block."""
        return plain(self.text)

    @cached_property
    def cites(self) -> tuple[str, ...]:
        return tuple(key for role in roles(self.text) if role.name == "cite" for key in role.keys)


def passages(authored: Authored) -> Iterator[Passage]:
    """Every paragraph of every cell that holds prose, in order."""
    for module in authored.modules:
        ends = [(cell.place.line or 1) for cell in module.cells[1:]]
        for cell, end in zip(module.cells, [*ends, None], strict=True):
            if cell.body:
                yield from _of(module, cell, end, authored)


def _of(module: Module, cell: Cell, end: int | None, authored: Authored) -> Iterator[Passage]:
    """`end` is the line on which the next cell begins."""
    path = cell.place.path
    lines = authored.sources[path].lines
    first = (cell.place.line or 1) - 1
    begun: list[str] = []
    for index in range(first, min((end or len(lines) + 1) - 1, len(lines))):
        line = lines[index]
        if not line.strip() or _MARK.match(line) or is_silence(line):
            if begun:
                yield Passage(module, cell, "\n".join(begun), Place(path, index - len(begun) + 1, 1))
            begun = []
        else:
            begun.append(line)
    if begun:
        last = min((end or len(lines) + 1) - 1, len(lines))
        yield Passage(module, cell, "\n".join(begun), Place(path, last - len(begun) + 1, 1))
