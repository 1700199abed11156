"""YAML bytes to nodes that know their place. A small, safe part of YAML: no tags, anchors, aliases or merge keys.

Reads libyaml's events (twelve times faster than the pure-Python parser, which stands in when libyaml is missing) and never
builds Python objects from them, so `no`, `1e3` and `2024-01-01` keep their source text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import yaml

from course.content.text_source import TextSource, decode
from course.diagnostics import Place, Report
from course.questions.nodes import Entry, Mapped, Node, Scalar, Sequence

DEEPEST: Final = 50
"""Levels of nesting; deeper files are refused."""

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
        _explain(fault, text, source, report, first_line)
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
            raise _FileError("yaml-alias", f"`*{event.anchor}` is an alias; aliases are not read", self.at(event), "write the value out")
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
                self.report.error("yaml-key", "a key must be plain text", key.place)
            elif key.text == "<<" and key.plain:
                self.report.error("yaml-merge", "merge keys are not read", key.place, "write the keys out")
            else:
                entries.append(Entry(key, value))
        return Mapped(tuple(entries), self.at(event))

    def check(self, event: Any) -> None:
        """Anchors end the reading (what they stand for would be missing elsewhere); a tag is reported and left out."""
        if event.anchor is not None:
            raise _FileError("yaml-alias", f"`&{event.anchor}` is an anchor; anchors are not read", self.at(event), "write the value out")
        if event.tag is not None:
            self.report.error("yaml-tag", f"`{event.tag}` is a tag; tags are not read", self.at(event), "delete it")

    def at(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + self.offset, mark.column + 1)


_PLAIN: Final = (
    ("found character '\\t'", "a tab stands where only spaces may", "use spaces"),
    ("cannot start any token", "this character cannot begin a value", "put the text in quotes"),
    ("mapping values are not allowed", "a colon followed by a space makes this a key, and no key can stand here", "put the text in quotes"),
    ("could not find expected ':'", "a key needs a colon after it", "check the line above as well"),
    ("did not find expected ',' or ']'", "a list that began with `[` is not closed, or lacks a comma", "check the brackets"),
    ("did not find expected ',' or '}'", "a mapping that began with `{` is not closed, or lacks a comma", "check the braces and quotes"),
    ("did not find expected '-' indicator", "a line of this list is not indented like its first", "line up the dashes"),
    (
        "did not find expected key",
        "this line is not indented like the ones before it, or a quote is not closed",
        "check indentation and quotes",
    ),
    ("unexpected end of stream", "a quote that begins here is never closed", "close the quote"),
    ("found unknown escape character", "this backslash is not an escape YAML knows", "use single quotes"),
    ("did not find expected <document start>", "text stands after the end of the document", "check the indentation"),
    ("block sequence entries are not allowed", "a list entry cannot begin here", "start it on a line of its own"),
)


def _explain(fault: yaml.MarkedYAMLError, text: str, source: TextSource, report: Report, first_line: int) -> None:
    """One plain sentence for a parser's error, at the line a person would mend."""
    mark: Any = fault.problem_mark or fault.context_mark
    problem = " ".join(p for p in (fault.problem, fault.context) if p)
    line = (mark.line if mark else 0) + first_line
    column = (mark.column if mark else 0) + 1
    if tab := _tabbed_line(text.split("\n"), line - first_line):
        report.error("tab", "this line is indented with a tab", Place(source.path, tab - 1 + first_line, 1), "use spaces")
        return
    for known, sentence, hint in _PLAIN:
        if known in problem:
            if known == "unexpected end of stream" and fault.context_mark is not None:
                line, column = fault.context_mark.line + first_line, fault.context_mark.column + 1
            report.error("yaml", sentence, source.place(line, column), hint)
            return
    report.error("yaml", f"this is not YAML: {problem}", source.place(line, column))


def _tabbed_line(lines: list[str], fault: int) -> int | None:
    """The last line (1-based) at or before the fault, within the same block, that is indented with a tab."""
    for number in range(min(fault, len(lines) - 1), max(fault - 3, -1), -1):
        indent = lines[number][: len(lines[number]) - len(lines[number].lstrip(" \t"))]
        if "\t" in indent and lines[number].strip():
            return number + 1
    return None
