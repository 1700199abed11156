"""Rule: an abbreviation is written out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_SHORT: Final = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]{1,5}(?:-\d+)?(?![\w-])")
_NAMES: Final = "UK US USA EU UN NHS GP WHO DNA HIV AIDS MRI CT ID TV PDF AM PM II III IV VI ISO S R CI OK DEA FDA NICE CBT MDMA LSD GHB"
_KNOWN: Final = frozenset(_NAMES.split(" "))


class UndefinedTerm(Rule):
    """An abbreviation in capitals is explained where a module first uses it, in its text or by the glossary.

    Explained means: the glossary has it, or it stands in brackets after its words, or its words in brackets after it. The best known
    (UK, NHS, HIV) need none.
    """

    code = "undefined-term"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        defined = {part for term in context.authored.glossary for word in (term.term, *term.also) for part in (word, *word.split())}
        texts: dict[str, str] = {}
        for passage in context.passages:
            texts[passage.module.id] = texts.get(passage.module.id, "") + "\n" + passage.words
        seen: set[tuple[str, str]] = set()
        for passage in context.passages:
            for found in _SHORT.findall(passage.words):
                asked = (passage.module.id, found)
                if asked in seen or found in _KNOWN or found in defined:
                    continue
                seen.add(asked)
                if not _explained(found, texts[passage.module.id]):
                    told = f"`{found}` is not explained in this module"
                    yield self.finding(told, passage.place, "write it out once, or add it to the glossary")


def _explained(short: str, text: str) -> bool:
    """In brackets after its words, before them, or as `X, which ...`, `X, the ...`, `X, a ...`."""
    name = re.escape(short)
    return re.search(rf"\({name}\)|\({name}[,;:]|{name} ?\(|{name}, (?:which|the|a|an|or)\b|(?:called|named) {name}\b", text) is not None
