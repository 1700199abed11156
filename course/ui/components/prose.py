"""Authored prose in the form a page shows: roles become links. Kept for as long as the content snapshot is served."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Generic, TypeVar

from course.content.markdown import Lookup, render
from course.content.model import Catalogue

T = TypeVar("T")
_RICH: Final = re.compile(r"\$|^ {0,3}(?:\||#|>|```|~~~)|~~|:[a-z][a-z-]*\[", re.M)


class Same(Generic[T]):
    """A shared, immutable object as a cache key: equal only to itself."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.it is self.it


def is_rich(body: str) -> bool:
    """Whether `st.markdown` draws something in it that plain markup does not: formulas, tables, headings, quotations, code."""
    return _RICH.search(body) is not None


def prose(body: str, catalogue: Catalogue) -> str:
    """Markdown for `st.markdown` or `markup.block`."""
    return _rendered(body, Same(catalogue))


@lru_cache(maxsize=2048)
def _rendered(body: str, catalogue: Same[Catalogue]) -> str:
    return render(body, _lookup(catalogue))


@lru_cache(maxsize=4)
def _lookup(catalogue: Same[Catalogue]) -> Lookup:
    return Lookup.of(catalogue.it.course.references, catalogue.it.course.glossary)
