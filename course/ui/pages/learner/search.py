"""Search over modules and glossary. `?q=words`."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.content.search import Hit, search
from course.services.study.wording import counted
from course.ui.components import page
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    page.begin("read")
    page.masthead("", "Search", "Over the five notebooks and the glossary.")
    with st.form("search_form", border=False):
        words = st.text_input("Search for", value=query("q"), max_chars=100, placeholder="for example: bladder, dopamine, withdrawal")
        if st.form_submit_button("Search", type="primary"):
            st.query_params["q"] = words.strip()
            st.rerun()
    asked = query("q").strip()
    if not asked:
        return
    hits = search(visit.catalogue, asked, clinician=visit.clinician)
    found = counted(len(hits), "place") if hits else "Nothing"
    st.html(f'<p class="k-fine" role="status">{found} found for “{escape(asked)}”.</p>')
    if not hits:
        page.fine("Try one word, or a shorter form of it. Parts of words are found too.")
        visit.link("glossary", "See all terms in the glossary")
        return
    st.html('<ul class="k-list k-refs">' + "".join(_hit(h, visit) for h in hits) + "</ul>")


def _hit(hit: Hit, visit: Visit) -> str:
    if hit.term:
        address, label = f"glossary?term={escape(hit.term)}", "Glossary"
    else:
        module = visit.catalogue.module(hit.module or "")
        address = f"module?m={escape(hit.module or '')}&amp;cell={escape(hit.cell or '')}"
        label = f"Module {module.number}: {module.title}" if module else ""
    return (
        f'<li><a href="{address}" target="_self">{escape(hit.title)}</a><small>{escape(label)}</small>'
        f'<p class="k-desc">{escape(hit.snippet)}</p></li>'
    )
