"""Rule: a clinical statement has its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.passages import Passage
from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding
from course.learning.outline import CellKind

TELLING: Final = frozenset({CellKind.READ, CellKind.NOTE, CellKind.WARNING, CellKind.SUPPORT, CellKind.EVIDENCE, CellKind.SIMULATION})
"""Kinds of cell whose prose states facts. A reflection asks, and a case is fictional."""

_CLINICAL: Final = re.compile(
    r"\b(?:\w*ketamine|doses?|bladder|urin\w+|kidneys?|liver|bile|brain|receptors?|dopamine|memory|cravings?|withdrawal|dependen\w+|disorders?|"
    r"symptoms?|treat(?:s|ed|ments?)|medicines?|therap\w+|surgery|clinic\w*|patients?|trials?|stud(?:y|ies)|surveys?|deaths?|died|poison\w*|"
    r"overdos\w*|depress\w+|anxiety|pain|breath\w*|naloxone|opioids?|addict\w+|criteri(?:a|on)|remission|relapse|diagnos\w+)\b"
    r"|\d(?:[\d,.]*)(?:%| per cent| people| of \d)",
    re.IGNORECASE,
)
_LIST: Final = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


class Uncited(Rule):
    """A paragraph that states something clinical cites a source: a drug, an organ, a symptom, a treatment, a study or a share of people.

    A list is covered by the paragraph that leads to it, and the text of an evidence cell by its claim. A paragraph that only
    guides the reader, or draws its own conclusion, is silenced with that as the reason. The key of a question must cite as well: `cites`
    is required there.
    """

    code = "uncited"
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        before: Passage | None = None
        for passage in context.passages:
            found = _CLINICAL.search(passage.words) if passage.cell.kind in TELLING and not passage.cites else None
            if found and not _covered(passage, before):
                told = f"this paragraph speaks of `{found[0]}` and cites no source"
                yield self.finding(told, passage.place, "add {cite}, or silence `uncited` with the reason")
            before = passage


def _covered(passage: Passage, before: Passage | None) -> bool:
    if passage.cell.claim and passage.cell.cites:
        return True
    return bool(_LIST.match(passage.text) and before is not None and before.cell.id == passage.cell.id and before.cites)
