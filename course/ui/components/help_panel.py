"""Help by country, one click away on every page, and the quick exit beside it. Nothing here is recorded."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from course.content.model import Country, Help
from course.ui.components import browser

STALE_DAYS = 90


def bar(help_: Help, today: date) -> None:
    """The corner of every page: help and quick exit."""
    with st.container(key="safety", horizontal=True, gap="xsmall", wrap=False, width="content"):
        _help(help_, today)
        browser.corner()


def panel(help_: Help, today: date, *, key: str = "help_country") -> None:
    """The panel itself: emergency line, a country to choose, its services, the date of the last check."""
    st.html(f'<p class="k-helplead">{escape(help_.emergency)}</p>')
    names = [c.name for c in help_.countries]
    chosen = st.selectbox("Country", names, key=key)
    country = next(c for c in help_.countries if c.name == chosen)
    st.html(_services(country) + _checked(help_, today))


@st.fragment
def _help(help_: Help, today: date) -> None:
    """Opening the panel and choosing a country reruns only this part."""
    with st.popover("Help", icon=":material/support:", type="secondary", key="help_open", on_change="rerun") as box:
        if box.open:
            panel(help_, today)


def _services(country: Country) -> str:
    rows = []
    if country.emergency:
        number = escape(country.emergency)
        rows.append(f'<li><b>In danger now</b> <a class="k-phone" href="tel:{number}">{number}</a><small>Emergency services</small></li>')
    for s in country.services:
        dial = s.phone.replace(" ", "")
        small = ", ".join(filter(None, (s.how, s.serves and f"for {s.serves}", s.hours)))
        name = f'<a href="{escape(s.url)}" rel="noreferrer" target="_blank">{escape(s.name)}</a>' if s.url else escape(s.name)
        rows.append(
            f'<li><b>{name}</b> <a class="k-phone" href="tel:{escape(dial)}">{escape(s.phone)}</a><small>{escape(small)}</small></li>'
        )
    return f'<ul class="k-list">{"".join(rows)}</ul>'


def _checked(help_: Help, today: date) -> str:
    if help_.checked_on is None:
        return '<p class="k-fine">These numbers carry no date of check: confirm them on the service’s own site.</p>'
    age = (today - help_.checked_on).days
    old = " That is a while ago: confirm them on the service’s own site." if age > STALE_DAYS else ""
    return f'<p class="k-fine">Numbers last checked on {help_.checked_on.day} {help_.checked_on:%B %Y}.{old} Opening this panel is not recorded.</p>'
