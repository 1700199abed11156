"""YAML bytes to nodes that know their place. A small, safe part of YAML: no tags, anchors, aliases or merge keys.

Reads libyaml's events (twelve times faster than the pure-Python parser, which stands in when libyaml is missing) and never
builds Python objects from them, so `no`, `1e3` and `2024-01-01` keep their source text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import yaml

from course.content.text_source import TextSource, decode
from course.content.yaml_faults import QUOTE, explain
from course.diagnostics import Place, Report
from course.questions.nodes import Entry, Mapped, Node, Scalar, Sequence

DEEPEST: Final = 50
"""Levels of nesting; deeper files are refused."""

_SPELT_OUT: Final = "write the value out, or put a text that begins with `&` or `*` in quotes"
_UNREAD: Final = re.compile(r" #[^\s#]")
"""A remark that looks like a number sign in a text: `Where does #1 act?`."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_FORMULA: Final = re.compile(r"\$[^$\n]*\\[nt][a-z]+[^$\n]*\$")
"""LaTeX such as `\\theta` or `\\nu`, which double quotes turn into a tab or a line end and the rest."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(data: bytes, path: str, report: Report) -> Node | None:
    """The document in `data` as a node, or None after a finding. Never raises on content.

    Duplicate keys are kept: `schema.Record` reports them. Refused with one finding: files that are too large or not UTF-8,
    broken YAML, nesting beyond 50, anchors and aliases, more than one document, an empty file.
    """
    source = decode(data, path, report)
    return None if source is None else read_yaml_text(source.text, source, report)


def read_yaml_text(text: str, source: TextSource, report: Report, first_line: int = 1) -> Node | None:
    """As `read_yaml`, for `text` that begins on `first_line` of a decoded file (the file itself, or its front matter)."""
    reader = _Reader(text, source, report, first_line)
    try:
        return reader.document()
    except _FileError as refusal:
        report.error(refusal.code, refusal.message, refusal.place, refusal.hint)
    except yaml.MarkedYAMLError as fault:
        explain(fault, text, source, report, first_line)
    except (yaml.YAMLError, RecursionError) as fault:
        report.error("yaml", f"this is not YAML: {fault}".splitlines()[0], Place(source.path))
    return None


class _FileError(Exception):
    def __init__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.place, self.hint = code, message, place, hint


class _Reader:
    """Turns events into nodes. One method a kind of event; `depth` counts open collections."""

    def __init__(self, text: str, source: TextSource, report: Report, first_line: int) -> None:
        self.next: Callable[[], Any] = _LOADER(text).get_event
        self.path = source.path
        self.report = report
        self.offset = first_line
        self.depth = 0
        self.text = text
        self.lines = text.split("\n") if _UNREAD.search(text) else []
        """Only where a text may have been cut off."""

    def document(self) -> Node | None:
        self.next()
        event = self.next()
        if type(event) is yaml.StreamEndEvent:
            self.report.error("empty-file", "this file is empty", Place(self.path))
            return None
        node = self.node(self.next())
        self.next()
        event = self.next()
        if type(event) is not yaml.StreamEndEvent:
            raise _FileError("yaml-documents", "a file holds one document; here a second one begins", self.at(event))
        return node

    def node(self, event: Any) -> Node:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        if kind is yaml.AliasEvent:
            raise _FileError("yaml-alias", f"`*{event.anchor}` is an alias; aliases are not read", self.at(event), _SPELT_OUT)
        self.check(event)
        self.depth += 1
        if self.depth > DEEPEST:
            raise _FileError("too-deep", f"this file is nested more than {DEEPEST} levels deep", self.at(event))
        node = self.mapping(event) if kind is yaml.MappingStartEvent else self.sequence(event)
        self.depth -= 1
        return node

    def scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self.check(event)
        if event.style == '"':
            self.escapes(event)
        elif self.lines and not event.style:
            self.remark(event)
        mark = event.start_mark
        return Scalar(event.value, not event.style, Place(self.path, mark.line + self.offset, mark.column + 1))

    def sequence(self, event: Any) -> Sequence:
        items: list[Node] = []
        while type(following := self.next()) is not yaml.SequenceEndEvent:
            items.append(self.scalar(following) if type(following) is yaml.ScalarEvent else self.node(following))
        return Sequence(tuple(items), self.at(event))

    def mapping(self, event: Any) -> Mapped:
        entries: list[Entry] = []
        while type(following := self.next()) is not yaml.MappingEndEvent:
            key = self.scalar(following) if type(following) is yaml.ScalarEvent else self.node(following)
            following = self.next()
            value = self.scalar(following) if type(following) is yaml.ScalarEvent else self.node(following)
            if not isinstance(key, Scalar):
                raise _FileError("yaml-key", "a key must be plain text", key.place, "put a text that begins with `{` or `[` in quotes")
            if key.text == "<<" and key.plain:
                self.report.error("yaml-merge", "merge keys are not read", key.place, "write the keys out")
            else:
                entries.append(Entry(key, value))
        return Mapped(tuple(entries), self.at(event))

    def check(self, event: Any) -> None:
        """Anchors end the reading (what they stand for would be missing elsewhere); a tag is reported and left out."""
        if event.anchor is not None:
            raise _FileError("yaml-alias", f"`&{event.anchor}` is an anchor; anchors are not read", self.at(event), _SPELT_OUT)
        if event.tag is not None:
            self.report.error(
                "yaml-tag",
                f"`{event.tag}` is a tag; tags are not read",
                self.at(event),
                "delete it, or put a text that begins with `!` in quotes",
            )

    def escapes(self, event: Any) -> None:
        """A backslash in double quotes begins an escape: `"$\\alpha$"` would lose its formula without a word."""
        written = self.text[event.start_mark.index : event.end_mark.index]
        if "\\" in written and (_CONTROL.search(event.value) or _FORMULA.search(written)):
            told = "in double quotes a backslash begins an escape, and one in this text makes another character"
            self.report.error("yaml-escape", told, self.at(event), "use single quotes, or write each backslash twice")

    def remark(self, event: Any) -> None:
        """A plain text ends at ` #`; what stands after it is a remark."""
        line, column = event.end_mark.line, event.end_mark.column
        if event.value and line < len(self.lines) and (found := _UNREAD.match(self.lines[line], column)):
            place = Place(self.path, line + self.offset, found.start() + 2)
            self.report.error(
                "yaml-remark", "what stands after ` #` is a remark and is not read", place, f"{QUOTE}, or leave a space after `#`"
            )

    def at(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + self.offset, mark.column + 1)
