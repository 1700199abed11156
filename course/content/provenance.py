"""What leans on sources that no longer stand, and which claims are due: the findings of `check --claims`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from course.content.authored import Authored
from course.content.markdown import plain, roles
from course.content.model import Claim, Reference
from course.content.passages import Passage, passages
from course.content.quiz_source import AuthoredQuestion
from course.content.readability import sentences
from course.diagnostics import Finding, Place, Severity
from course.questions import by_name

CODES: Final = ("leans-on-retracted", "leans-on-superseded", "claim-overdue")
_CITE: Final = re.compile(r"\{cite\}`(?P<keys>[^`]+)`")
_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_SHOWN: Final = 160
"""Characters of a sentence that are quoted."""


@dataclass(frozen=True, slots=True)
class _Weak:
    code: str
    severity: Severity
    why: str

    def finding(self, what: str, place: Place) -> Finding:
        return Finding(self.code, self.severity, place, f"{what} leans on {self.why}")


def provenance(authored: Authored, today: date) -> Iterator[Finding]:
    """Every sentence, key, figure, claim and term that leans on a retracted (error) or superseded (warning) source, each at
    its place; every claim past its review (error), with the cells that show it.

    A citation covers what stands between the one before it and itself.
    """
    weak = {key: _weakness(source) for key, source in authored.references.items() if source.retracted or source.superseded_by}
    if weak:
        yield from _in_notebooks(authored, weak)
        for found in authored.questions:
            yield from _in_question(found, weak)
        for claim in authored.claims.values():
            yield from (weak[key].finding(f"the claim `{claim.id}`", claim.place) for key in claim.cites if key in weak)
        for term in authored.glossary:
            yield from (weak[key].finding(f"the term `{term.term}`", term.place) for key in term.cites if key in weak)
    due = {claim.id: claim for claim in authored.claims.values() if claim.overdue(today)}
    for claim in due.values():
        yield _overdue(f"the claim `{claim.id}`", claim, claim.place)
    for module in authored.modules:
        for cell in module.cells:
            shown = {cell.claim, cell.figure.claim if cell.figure else None}
            yield from (_overdue(f"`{cell.id}` shows the claim `{name}`, which", due[name], cell.place) for name in shown if name in due)


def _weakness(source: Reference) -> _Weak:
    if source.retracted:
        return _Weak(CODES[0], Severity.ERROR, f"`{source.key}`, which has been retracted")
    return _Weak(CODES[1], Severity.WARNING, f"`{source.key}`, which `{source.superseded_by}` supersedes")


def _overdue(what: str, claim: Claim, place: Place) -> Finding:
    on = claim.review_by.isoformat() if claim.review_by else ""
    return Finding(
        CODES[2], Severity.ERROR, place, f"{what} was to be reviewed by {on}: {_quoted(claim.statement)}", "look again, then move the date"
    )


def _in_notebooks(authored: Authored, weak: Mapping[str, _Weak]) -> Iterator[Finding]:
    for passage in passages(authored):
        for key, text, place in _cited(passage) if weak.keys() & set(passage.cites) else ():
            if key in weak:
                yield from (weak[key].finding(_quoted(sentence), place) for sentence in sentences(plain(text)))
    for module in authored.modules:
        for cell in module.cells:
            keys = {key for role in roles(cell.caption) if role.name == "cite" for key in role.keys}
            for key in sorted(keys & weak.keys()):
                yield weak[key].finding(f"the caption {_quoted(plain(cell.caption))}", cell.place)
            for key in cell.figure.cites if cell.figure else ():
                if cell.figure and key in weak:
                    yield weak[key].finding(f"the figure `{cell.figure.name}`", cell.figure.written)


def _cited(passage: Passage) -> Iterator[tuple[str, str, Place]]:
    """Key, text and line of what each citation covers: all that stands between the one before it and itself, in one item of a list."""
    items: list[tuple[int, str]] = []
    for number, line in enumerate(passage.text.split("\n"), passage.place.line or 1):
        if items and not _ITEM.match(line):
            items[-1] = (items[-1][0], f"{items[-1][1]}\n{line}")
        else:
            items.append((number, line))
    for number, text in items:
        start = 0
        for found in _CITE.finditer(text):
            covered = text[start : found.start()].lstrip(" .;,")
            start = found.end()
            yield from ((key.strip(), covered, Place(passage.place.path, number, 1)) for key in found["keys"].split(","))


def _in_question(found: AuthoredQuestion, weak: Mapping[str, _Weak]) -> Iterator[Finding]:
    question = found.question
    for key in question.cites:
        if key in weak:
            yield weak[key].finding(f"the key of `{question.id}` ({_key(found)})", question.places.get("cites", question.place))


def _key(found: AuthoredQuestion) -> str:
    """The key in words, for those types that have one."""
    question = found.question
    kind = by_name(question.type)
    texts = {option.id: option.text for option in kind.options(question.body)}
    right = kind.key(question.body) if kind.graded else ""
    if isinstance(right, dict):
        lines = kind.review(question.body, right, reveal_key=True)
        return _quoted("; ".join(f"{line.text}: {line.answer or line.right}" for line in lines))
    chosen = right if isinstance(right, list) else [right]
    return _quoted("; ".join(texts.get(str(one), str(one)) for one in chosen))


def _quoted(text: str) -> str:
    text = " ".join(text.replace("\u2024", ".").split())
    return f"\u201c{text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + '…'}\u201d"
