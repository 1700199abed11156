"""Search over cells and the glossary, in memory. A whole course is some thousand words: no index file, no dependency."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from course.content.markdown import plain
from course.content.model import Catalogue, Cell, Course, SearchEntry
from course.content.words import tokens

MOST: Final = 30
"""Hits returned at most."""

_AROUND: Final = 90
"""Characters of context before and after the first match."""
_TITLE: Final = 4.0
"""How many times in the text one match in the title is worth."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: a cell (module, cell) or a term. `snippet` is plain text around the first match."""

    module: str | None
    cell: str | None
    term: str | None
    title: str
    snippet: str
    score: float


def search(catalogue: Catalogue, query: str, *, clinician: bool) -> tuple[Hit, ...]:
    """What holds every word of the query, best first; the last word may be a beginning ("disso"). When nothing holds them
    all, what holds some of them.

    Without `clinician` the cells for clinicians are not searched. An empty query finds nothing.
    """
    wanted = list(dict.fromkeys(s for s, _, _ in tokens(query[:200])))
    if not wanted:
        return ()
    entries = [entry for entry in catalogue.search if clinician or not entry.clinician]
    counted = ((entry, _matches(entry, wanted)) for entry in entries)
    some = [(entry, found) for entry, found in counted if any(any(counts) for counts in found.values())]
    matched = [(entry, found) for entry, found in some if all(any(counts) for counts in found.values())] or some
    rarity = {word: math.log(1 + len(entries) / max(sum(any(found[word]) for _, found in some), 1)) for word in wanted}
    hits = [_hit(entry, found, rarity) for entry, found in matched]
    return tuple(sorted(hits, key=lambda hit: -hit.score)[:MOST])


def search_entries(course: Course) -> Iterator[SearchEntry]:
    """What can be found in a course: its cells in order, then its terms."""
    for module in course.modules:
        for cell in module.cells:
            yield _entry(cell.title or module.title, _text(cell), module.id, cell.id, None, cell.clinician)
    for term in course.glossary:
        yield _entry(", ".join((term.term, *term.also)), plain(term.text), None, None, term.id, False)


def _text(cell: Cell) -> str:
    figure = (cell.figure.title, cell.figure.alt) if cell.figure else ()
    return "\n".join(part for part in (plain(cell.body), plain(cell.caption), *figure) if part)


def _entry(title: str, text: str, module: str | None, cell: str | None, term: str | None, clinician: bool) -> SearchEntry:
    words = Counter(s for s, _, _ in tokens(text))
    title_stems = frozenset(s for s, _, _ in tokens(title))
    return SearchEntry(module, cell, term, title, text, clinician, title_stems, dict(words))


def _matches(entry: SearchEntry, wanted: list[str]) -> dict[str, tuple[int, int]]:
    """For each word how often it stands in the title and in the text."""
    found = {}
    for word in wanted:
        begins = word == wanted[-1] and len(word) > 2
        title = sum(s == word or (begins and s.startswith(word)) for s in entry.title_stems)
        text = sum(n for s, n in entry.words.items() if s.startswith(word)) if begins else entry.words.get(word, 0)
        found[word] = (title, text)
    return found


def _hit(entry: SearchEntry, found: dict[str, tuple[int, int]], rarity: dict[str, float]) -> Hit:
    length = 1 + sum(entry.words.values()) / 200
    score = sum(rarity[word] * (_TITLE * title + math.sqrt(text) / length) for word, (title, text) in found.items())
    return Hit(entry.module, entry.cell, entry.term, entry.title, _snippet(entry.text, list(found)), round(score, 6))


def _snippet(text: str, wanted: list[str]) -> str:
    """Text around the first match, cut at words."""
    flat = " ".join(text.split())
    place = next((start for s, start, _ in tokens(flat) if any(s == word or (len(word) > 2 and s.startswith(word)) for word in wanted)), 0)
    first, last = max(place - _AROUND, 0), min(place + 2 * _AROUND, len(flat))
    if first:
        first = flat.find(" ", first, place) + 1 or first
    if last < len(flat):
        last = max(flat.rfind(" ", place, last), place) if flat.rfind(" ", place, last) > place else last
    return ("… " if first else "") + flat[first:last] + (" …" if last < len(flat) else "")
