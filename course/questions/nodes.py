"""A value read from a file that still knows where it stood. The content loader makes nodes; the schema reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from course.diagnostics import Place

NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One scalar. `text` is its source text; `plain` is False when it was quoted or a block."""

    text: str
    plain: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value; `key` has a place of its own so that findings can point at it."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping in authored order. Duplicate keys are reported by the reader, which keeps the first."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, name: str) -> Node | None:
        return next((e.value for e in self.entries if e.key.text == name), None)


Node: TypeAlias = Scalar | Sequence | Mapped


def from_json(value: Any, place: Place = NOWHERE) -> Node:
    """Build a node from plain data (a stored question version). Strings become quoted scalars, numbers plain ones."""
    if isinstance(value, Mapping):
        return Mapped(tuple(Entry(Scalar(str(k), True, place), from_json(v, place)) for k, v in value.items()), place)
    if isinstance(value, list | tuple):
        return Sequence(tuple(from_json(v, place) for v in value), place)
    if isinstance(value, str):
        return Scalar(value, False, place)
    return Scalar("" if value is None else json.dumps(value), True, place)
