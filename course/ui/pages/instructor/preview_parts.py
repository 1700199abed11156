"""What the pages of the preview share: choices that live in the address, and what stands beside a thing for its author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from course.content.model import Claim, Reference, Spot
from course.services.authoring.views import FindingLine
from course.ui.components.findings import listed
from course.ui.components.markup import inline
from course.ui.visit import query


def address(**names: str) -> str:
    """Where the preview shows this, escaped for markup."""
    return escape(f"preview?{urlencode({name: value for name, value in names.items() if value})}")


def to(spot: Spot) -> str:
    """A link as safe markup."""
    return f'<a href="{escape(f"{spot.page}?{urlencode(spot.query)}")}" target="_self">{inline(spot.label)}</a>'


def choice(label: str, name: str, options: Mapping[str, str], default: str) -> str:
    """One of few, kept in the address under `name`; the default is what an address without it means."""
    key, asked = f"preview_{name}", query(name)
    chosen = asked if asked in options else default
    st.session_state[key] = chosen
    st.segmented_control(
        label, list(options), format_func=options.__getitem__, required=True, key=key, on_change=_follow, args=(name, key, default)
    )
    return chosen


def aside(lines: Iterable[str], findings: Iterable[FindingLine] = ()) -> None:
    """Quiet lines of safe markup for the author, and what was found."""
    found = tuple(findings)
    said = "".join(f"<div>{line}</div>" for line in lines if line)
    st.html(f'<div class="k-aside" role="note" aria-label="For authors">{said}{listed(found, linked=False) if found else ""}</div>')


def leans_on(sources: Iterable[Reference], claims: Iterable[Claim]) -> str:
    """The sources and claims behind something, each leading to its page in another tab: this one keeps what was tried."""
    named = [f'<a href="references?key={escape(s.key)}" target="_blank">{escape(s.short)}</a>' for s in sources]
    stated = [f'<a href="references?claim={escape(c.id)}" target="_blank">{escape(c.id)}</a>' for c in claims]
    before = "Claims that rest on them" if named else "Claims that rest on its sources"
    return ". ".join(filter(None, (f"Sources: {', '.join(named)}" if named else "", f"{before}: {', '.join(stated)}" if stated else "")))


def _follow(name: str, key: str, default: str) -> None:
    """The address takes what was chosen."""
    value = st.session_state.get(key)
    if value and value != default:
        st.query_params[name] = str(value)
    elif name in st.query_params:
        del st.query_params[name]
