"""glossary.yaml and misconceptions.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from course.content.formats import GLOSSARY_FILE, MISCONCEPTIONS_FILE, read_file
from course.content.mentions import Mention, Target, cited
from course.content.model import Misconception, Term
from course.diagnostics import Report
from course.questions.nodes import Node


def read_glossary(node: Node | None, report: Report, mentions: list[Mention]) -> tuple[Term, ...]:
    """The terms in authored order. A word that two terms claim is an error: a role could mean either."""
    parsed = read_file(GLOSSARY_FILE, node, report)
    mentions.extend(cited(node, "terms"))
    terms = []
    words: dict[str, str] = {}
    for entry in parsed["terms"] if parsed else ():
        terms.append(Term(entry["id"], entry["term"], tuple(entry["also"]), entry["text"], tuple(entry["cites"]), entry.place))
        for word in (entry["term"], *entry["also"]):
            first = words.setdefault(" ".join(word.casefold().split()), entry["id"])
            if first != entry["id"]:
                place = entry.at("term" if word == entry["term"] else "also")
                report.error("same-term", f"`{word}` already stands for the term `{first}`", place)
    return tuple(terms)


def read_misconceptions(node: Node | None, report: Report, mentions: list[Mention]) -> Mapping[str, Misconception]:
    """Id -> misconception, in authored order; the cells that answer them are mentioned."""
    parsed = read_file(MISCONCEPTIONS_FILE, node, report)
    found = {}
    for entry in parsed["misconceptions"] if parsed else ():
        if entry["cell"] is not None:
            mentions.append(Mention(Target.CELL, entry["cell"], entry.at("cell")))
        found[entry["id"]] = Misconception(entry["id"], entry["text"], entry["correction"], entry["cell"], entry.place)
    return found
