"""Glossary: every term the notebooks link to. `?term=id` puts one first."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.content.model import Catalogue, Term
from course.ui.components import page
from course.ui.components.markup import inline
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    page.begin("read")
    terms = visit.catalogue.course.glossary
    page.masthead("", "Glossary", f"{len(terms)} words the notebooks use, in plain language.")
    wanted = query("term")
    chosen = [t for t in terms if t.id == wanted]
    if chosen:
        page.section("You asked for")
        st.html(_listed(chosen, visit.catalogue))
        page.section("All terms")
    elif wanted:
        page.fine("That term is not in the glossary; here are all of them.")
    st.html(_listed(sorted(terms, key=lambda t: t.term.casefold()), visit.catalogue))


def _listed(terms: list[Term], catalogue: Catalogue) -> str:
    return '<dl class="k-terms">' + "".join(_term(t, catalogue) for t in terms) + "</dl>"


def _term(term: Term, catalogue: Catalogue) -> str:
    also = f"<small>also: {escape(', '.join(term.also))}</small>" if term.also else ""
    cites = ", ".join(
        f'<a href="references?key={escape(key)}" target="_self">{escape(catalogue.course.references[key].short)}</a>'
        for key in term.cites
        if key in catalogue.course.references
    )
    return (
        f"<div><dt>{escape(term.term)}{also}</dt><dd>{inline(term.text)}"
        + (f' <span class="k-cite">{cites}</span>' if cites else "")
        + "</dd></div>"
    )
