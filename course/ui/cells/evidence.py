"""A claim with how sure the field is: the first paragraph is the statement, the rest the caveat."""

from __future__ import annotations

from html import escape

from course.content.model import Claim
from course.services.study.views import CellView
from course.ui.components.markup import block, inline
from course.ui.components.prose import prose
from course.ui.visit import Visit


def markup(visit: Visit, cell_view: CellView) -> str:
    cell, catalogue = cell_view.cell, visit.catalogue
    statement, _, rest = cell.body.strip().partition("\n\n")
    claim = catalogue.course.claims.get(cell.claim or "")
    confidence = claim.confidence if claim else "moderate"
    return _note(confidence, inline(prose(statement, catalogue)), block(prose(rest, catalogue)), _told(claim) if claim else "")


def sure(confidence: str) -> str:
    """How sure the field is, in words: "high confidence", "contested evidence"."""
    return "contested evidence" if confidence == "contested" else f"{confidence} confidence"


def _told(claim: Claim) -> str:
    """Which claim it is, leading to its sources."""
    link = f'<a href="references?claim={escape(claim.id)}" target="_blank" rel="noreferrer">Claim {escape(claim.id)}</a>'
    return link + (f", as of {claim.as_of:%B %Y}" if claim.as_of else "")


def _note(confidence: str, statement: str, note: str, cite: str) -> str:
    """The note itself. `confidence` is high, moderate, low or contested; `note` and `cite` are safe markup."""
    dots = {"high": 3, "moderate": 2, "low": 1}.get(confidence, 0)
    bars = "".join(f'<i class="{"on" if i < dots else ""}"></i>' for i in range(3))
    word = sure(confidence).capitalize()
    return (
        f'<div role="note" class="k-note k-{escape(confidence)}"><p class="k-conf"><span class="k-bars" aria-hidden="true">{bars}</span>{word}</p>'
        f'<p class="k-notetext">{statement}</p><div class="k-notebody">{note}</div><p class="k-cite">{cite}</p></div>'
    )
