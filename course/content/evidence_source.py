"""references.yaml and claims.yaml: what the course rests on and what it asserts."""

from __future__ import annotations

from collections.abc import Mapping

from course.content.formats import CLAIMS_FILE, REFERENCES_FILE, read_file
from course.content.mentions import Mention, Target, cited
from course.content.model import Claim, Reference
from course.diagnostics import Place, Report
from course.questions.nodes import Node
from course.questions.spec import Parsed


def read_references(node: Node | None, report: Report, mentions: list[Mention]) -> Mapping[str, Reference]:
    """Key -> reference, in authored order; empty when the file is unreadable. A source that replaces another is mentioned."""
    parsed = read_file(REFERENCES_FILE, node, report)
    if parsed is None:
        return {}
    entries: Parsed = parsed["references"]
    newer = [entry for entry in (entries or {}).values() if entry["superseded_by"]]
    mentions.extend(Mention(Target.REFERENCE, entry["superseded_by"], entry.at("superseded_by")) for entry in newer)
    return {key: _reference(key, entry, entries.places[key]) for key, entry in entries.items()} if entries else {}


def read_claims(node: Node | None, report: Report, mentions: list[Mention]) -> Mapping[str, Claim]:
    """Id -> claim, in authored order; the sources that claims rest on are mentioned."""
    parsed = read_file(CLAIMS_FILE, node, report)
    if parsed is None:
        return {}
    entries: Parsed = parsed["claims"]
    mentions.extend(cited(node, "claims"))
    claims = {}
    for key, entry in entries.items():
        place = entries.places[key]
        claims[key] = Claim(
            id=key,
            statement=entry["statement"],
            confidence=entry["confidence"],
            status=entry["status"],
            cites=tuple(entry["cites"]),
            limits=entry["limits"],
            as_of=entry["as_of"],
            review_by=entry["review_by"],
            place=place,
        )
    return claims


def _reference(key: str, entry: Parsed, place: Place) -> Reference:
    return Reference(
        key=key,
        type=entry["type"],
        title=entry["title"],
        authors=tuple(entry["authors"]),
        et_al=entry["et_al"],
        name=entry["short"],
        year=entry["year"],
        container=entry["container"],
        volume=entry["volume"],
        pages=entry["pages"],
        doi=entry["doi"],
        url=entry["url"],
        design=entry["design"],
        note=entry["note"],
        to_confirm=entry["to_confirm"],
        checked_on=entry["checked_on"],
        place=place,
        retracted=entry["retracted"],
        superseded_by=entry["superseded_by"] or "",
    )
