"""References: every source, and every place that leans on it. `?key=id` puts one first."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.content.model import Catalogue, Citation, Reference
from course.ui.components import page
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    page.begin("read")
    catalogue = visit.catalogue
    cited = [r for r in catalogue.course.references.values() if catalogue.cited_by.get(r.key)]
    page.masthead(
        "", "References", f"{len(cited)} sources, and where the course leans on each.",
        "An open circle marks an entry whose title or authors nobody has yet confirmed on the publisher’s page.",
    )  # fmt: skip
    wanted = catalogue.course.references.get(query("key"))
    if wanted is not None:
        page.section("You asked for")
        st.html(f'<ul class="k-list k-refs">{_entry(wanted, catalogue, visit.clinician)}</ul>')
        page.section("All sources")
    elif query("key"):
        page.fine("That source is not cited in the course; here are all that are.")
    cited.sort(key=lambda r: (r.short.casefold(), r.key))
    st.html('<ul class="k-list k-refs">' + "".join(_entry(r, catalogue, visit.clinician) for r in cited) + "</ul>")


def _entry(ref: Reference, catalogue: Catalogue, clinician: bool) -> str:
    who = ", ".join(ref.authors) + (", et al." if ref.et_al else "")
    where = escape(", ".join(filter(None, (ref.container, ref.volume, ref.pages))))
    title = (
        f'<a href="{escape(ref.url)}" rel="noreferrer" target="_blank">{escape(ref.title)}</a>'
        if ref.url.startswith("https://")
        else escape(ref.title)
    )
    parts = [
        escape(who).removesuffix(".") + "." if who else "",
        f"{title}.",
        where + "." if where else "",
        f"{ref.year}." if ref.year else "",
    ]
    doubt = (
        f' <span title="to be confirmed">{page.mark("unseen", spoken=False)}<span class="k-sr">To be confirmed.</span></span>'
        if ref.to_confirm
        else ""
    )
    kind = escape(", ".join(filter(None, (ref.design or ref.type, ref.doi and f"doi {ref.doi}"))))
    leans = "; ".join(dict.fromkeys(_place(c) for c in catalogue.cited_by.get(ref.key, ()) if _visible(c, catalogue, clinician)))
    return f"<li>{' '.join(filter(None, parts))}{doubt}<small>{kind}</small><small>Cited in {leans or 'the claims only'}</small></li>"


def _visible(citation: Citation, catalogue: Catalogue, clinician: bool) -> bool:
    if clinician or citation.module is None or citation.cell is None:
        return True
    module = catalogue.module(citation.module)
    cell = module.cell(citation.cell) if module else None
    return cell is not None and not cell.clinician


def _place(citation: Citation) -> str:
    if citation.module and citation.cell:
        return f'<a href="module?m={escape(citation.module)}&amp;cell={escape(citation.cell)}" target="_self">{escape(citation.label)}</a>'
    return escape(citation.label)
