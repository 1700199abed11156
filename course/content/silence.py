"""Silences: a rule switched off in one place, with a reason.

A rule is silenced where it does not fit: in Markdown `% check: ignore CODE reason` stands on the line before a paragraph
or directive; in YAML, the front matter of a module too, `# check: ignore CODE reason` stands on the line itself or on the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from course.diagnostics import Place

_MARKDOWN: Final = re.compile(r"%[ \t]*check:[ \t]*ignore\b(?P<rest>.*)$")
_YAML: Final = re.compile(r"(?:^|\s)#[ \t]*check:[ \t]*ignore\b(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Silence:
    """Findings of `code` on lines `first` to `last` are not shown. `reason` is "" when the author gave none."""

    code: str
    reason: str
    first: int
    last: int
    place: Place

    def covers(self, code: str, place: Place) -> bool:
        return code == self.code and place.path == self.place.path and place.line is not None and self.first <= place.line <= self.last


def is_silence(line: str) -> bool:
    """Whether this Markdown line is a silence, and so no text."""
    return _MARKDOWN.match(line) is not None


def silences(path: str, lines: Sequence[str]) -> Iterator[Silence]:
    """Every silence in a file; YAML and Markdown are told apart by the path, the front matter by its dashes."""
    if not path.endswith(".md"):
        yield from _in(path, lines, 0, len(lines), markdown=False)
        return
    closing = (index for index, line in enumerate(lines) if index and line.rstrip() == "---")
    body = next(closing, 0) if lines and lines[0].rstrip() == "---" else 0
    yield from _in(path, lines, 0, body, markdown=False)
    yield from _in(path, lines, body, len(lines), markdown=True)


def _in(path: str, lines: Sequence[str], start: int, end: int, *, markdown: bool) -> Iterator[Silence]:
    """The silences on the lines from `start` to before `end`, last first."""
    blocks: dict[int, tuple[int, int]] = {}
    for index in range(end - 1, start - 1, -1):
        found = _found(lines[index], markdown)
        if found is None:
            continue
        code, _, reason = found["rest"].strip().partition(" ")
        if not markdown and lines[index][: found.start()].strip():
            first, last = index, index
        else:
            blocks[index] = first, last = _block(lines, index + 1, markdown, blocks)
        yield Silence(
            code,
            reason.strip(),
            first + 1,
            last + 1,
            Place(path, index + 1, lines[index].index("%" if markdown else "#", found.start()) + 1),
        )


def _found(line: str, markdown: bool) -> re.Match[str] | None:
    if "check:" not in line:
        return None
    return _MARKDOWN.match(line) if markdown else _YAML.search(line)


def _block(lines: Sequence[str], index: int, markdown: bool, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """What a silence above `index` covers: in YAML the next line that is no remark, in Markdown the paragraph or directive.

    `known` holds the blocks of the silences further down, so that a run of silences is walked once.
    """
    while index < len(lines) and (not lines[index].strip() or _is_remark(lines[index], markdown)):
        if index in known:
            return known[index]
        index += 1
    if not markdown or index >= len(lines):
        return index, index
    mark = re.match(r" {0,3}(`{3,}+)", lines[index])
    last = index
    while last + 1 < len(lines):
        following = lines[last + 1].strip()
        if mark is None and not following:
            break
        last += 1
        if mark and following.startswith(mark[1]) and not following.strip("`"):
            break
    return index, last


def _is_remark(line: str, markdown: bool) -> bool:
    return is_silence(line) if markdown else line.lstrip().startswith("#")
