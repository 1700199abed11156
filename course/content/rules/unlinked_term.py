"""Rule: a term is linked where a module first needs it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from course.content.markdown import roles
from course.content.passages import Passage
from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity

_WORD: Final = re.compile(r"\w+")


class UnlinkedTerm(Rule):
    """A module that uses a term of the glossary links it at least once with {term}, so that a reader can look it up.

    Only the term itself is looked for, not its `also`.
    """

    code = "unlinked-term"
    severity = Severity.WARNING
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        linked: dict[str, set[str]] = defaultdict(set)
        by_first: dict[str, list[tuple[re.Pattern[str], str, str]]] = defaultdict(list)
        for term in context.authored.glossary:
            pattern = re.compile(rf"(?<![\w-]){re.escape(term.term)}s?(?![\w-])", 0 if term.term[:2].isupper() else re.IGNORECASE)
            first = _WORD.search(term.term)
            if first:
                by_first[first[0].casefold()].append((pattern, term.id, term.term))
        for passage in context.passages:
            for role in roles(passage.text) if "{term}" in passage.text else ():
                found = context.authored.lookup.term(role.argument) if role.name == "term" else None
                if found is not None:
                    linked[passage.module.id].add(found.id)
        for passage in context.passages:
            for name, word in _terms(passage, by_first):
                if name not in linked[passage.module.id]:
                    linked[passage.module.id].add(name)
                    told = f"`{word}` is a term of the glossary, and this module does not link it"
                    yield self.finding(told, passage.place, f"write {{term}}`{word}` once")


def _terms(passage: Passage, by_first: dict[str, list[tuple[re.Pattern[str], str, str]]]) -> Iterable[tuple[str, str]]:
    text = passage.words
    for word in dict.fromkeys(_WORD.findall(text.casefold())):
        for stem in {word, word.removesuffix("s")}:
            for pattern, name, term in by_first.get(stem, ()):
                if pattern.search(text):
                    yield name, term
