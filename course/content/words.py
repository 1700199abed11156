"""Words as search and likeness compare them: case, accents and plural endings do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")
_JOINT: Final = re.compile(r"[-'’]")
_SMALL: Final = (
    "a about after all also an and any are as at be been before but by can do does for from had has have how if in into is it its "
    "more most no not of off on one only or other out over so some such than that the their them then there these they this those to "
    "two up was we were what when where which while who why will with you your"
)
_STOP: Final = frozenset(_SMALL.split(" "))


def fold(text: str) -> str:
    """Case and accents dropped. Keeps the length of text without combining characters."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Stem, start and end of every word; hyphenated words count whole and in parts."""
    for found in _WORD.finditer(text):
        word = fold(found[0])
        yield stem(word), found.start(), found.end()
        if not word.isalnum():
            parts = _JOINT.split(word)
            yield from ((stem(part), found.start(), found.end()) for part in parts if len(part) > 1)


def stem(word: str) -> str:
    """A light English stem: plural and possessive endings."""
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def content_stems(text: str) -> frozenset[str]:
    """The stems that carry meaning: no small words, no single letters."""
    return frozenset(s for s, _, _ in tokens(text) if len(s) > 2 and s not in _STOP)
