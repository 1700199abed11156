"""The course's Markdown: CommonMark with two roles, {cite}`key` and {term}`word`. Reads roles, renders them, plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course.content.model import Reference, Term

ROLES: Final = ("cite", "term")

_TOKEN: Final = re.compile(
    r"(?P<fence>^ {0,3}+(?P<mark>`{3,}+(?=[^\n`]*$)|~{3,}+)[^\n]*+(?:\n.*?^ {0,3}(?P=mark)[`~]*+[ \t]*$|.*\Z))"
    r"|\{(?P<name>[A-Za-z][A-Za-z0-9:_+.-]*)\}`(?P<argument>[^`]+)`(?!`)"
    r"|(?P<code>(?<!`)(?P<ticks>`++).+?(?<!`)(?P=ticks)(?!`))",
    re.MULTILINE | re.DOTALL,
)
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>])")
_TAG: Final = re.compile(r"<[A-Za-z/!?]")
_SPACED: Final = re.compile(r" +([.,;:!?])")
_WORD: Final = re.compile(r"\w+(?:[-'’.]\w+)*")


@dataclass(frozen=True, slots=True)
class Role:
    """One role as written. `start` is its offset in the text."""

    name: str
    argument: str
    start: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The citation keys of a {cite}, in order."""
        return tuple(part.strip() for part in self.argument.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Lookup:
    """What roles point at. Terms are found by id, term or `also`, whatever the case."""

    references: Mapping[str, Reference]
    terms: Mapping[str, Term]

    @classmethod
    def of(cls, references: Mapping[str, Reference], glossary: tuple[Term, ...]) -> Lookup:
        terms: dict[str, Term] = {}
        for term in glossary:
            for word in (term.id, term.term, *term.also):
                terms.setdefault(" ".join(word.casefold().split()), term)
        return cls(references, terms)

    def term(self, word: str) -> Term | None:
        return self.terms.get(" ".join(word.casefold().split()))


def roles(text: str) -> Iterator[Role]:
    """Every role outside code, known or not."""
    for found in _TOKEN.finditer(text):
        if found["name"]:
            yield Role(found["name"], " ".join(found["argument"].split()), found.start())


def render(body: str, lookup: Lookup) -> str:
    """The Markdown a page shows: {cite} becomes "(Harding et al. 2025)" linked to `references?key=...`, {term} its word
    linked to `glossary?term=...`. What does not resolve is shown as code. Never adds HTML."""

    def shown(found: re.Match[str]) -> str:
        if not found["name"]:
            return found[0]
        role = Role(found["name"], " ".join(found["argument"].split()), found.start())
        if role.name == "cite":
            return f"({'; '.join(_source(key, lookup) for key in role.keys)})"
        term = lookup.term(role.argument) if role.name == "term" else None
        return f"[{_escaped(role.argument)}](glossary?term={quote(term.id)})" if term else f"`{role.argument}`"

    return _TOKEN.sub(shown, body)


def plain(text: str) -> str:
    """What a reader reads, without marks: citations dropped, one line a block."""
    without = _TOKEN.sub(_unmarked, text)
    lines: list[str] = []
    for token in _PARSER.parse(without):
        if token.type == "inline":
            lines.append(_SPACED.sub(r"\1", " ".join("".join(_words_of(token)).split())))
        elif token.type in ("fence", "code_block"):
            lines.append(" ".join(token.content.split()))
    return "\n".join(line for line in lines if line)


def word_count(text: str) -> int:
    """Words of `plain` text."""
    return len(_WORD.findall(text))


def raw_html(text: str) -> Iterator[tuple[int, str]]:
    """Offsets and texts of raw HTML; autolinks such as <https://...> and code are none."""
    if not _TAG.search(text):
        return
    starts = [0, *(m.end() for m in re.finditer("\n", text)), len(text)]
    for token in _PARSER.parse(text):
        if token.map is None:
            continue
        first = starts[min(token.map[0], len(starts) - 1)]
        if token.type == "html_block":
            yield text.find("<", first), token.content.strip().split("\n", 1)[0]
        elif token.type == "inline":
            for child in token.children or ():
                if child.type == "html_inline":
                    first = max(text.find(child.content, first), 0)
                    yield first, child.content
                    first += len(child.content)


def slug(title: str) -> str:
    """An id from a heading; "section" when nothing is left of it."""
    ascii_text = re.sub(r"[^a-z0-9]+", "-", title.casefold().replace("'", "").replace("’", ""))
    return ascii_text.strip("-")[:80].strip("-") or "section"


_PARSER: Final = MarkdownIt("commonmark")


def _source(key: str, lookup: Lookup) -> str:
    reference = lookup.references.get(key)
    return f"[{_escaped(reference.short)}](references?key={quote(key)})" if reference else f"`{key}`"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _unmarked(found: re.Match[str]) -> str:
    if found["name"] == "cite":
        return ""
    return found["argument"] if found["name"] else found[0]


def _words_of(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "image":
            yield child.content
