"""Page furniture: mastheads, sections, meters, state marks, ruled tables, empty states.

Functions that return markup return it safe: whatever a person or an author typed is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, Literal

import streamlit as st

from course.ui.tokens import current

STATE_WORDS: Final = {
    "unseen": "Not seen yet",
    "seen": "Seen",
    "right": "Answered right",
    "partial": "Answered partly right",
    "wrong": "Answered wrong",
    "review": "Needs review",
    "now": "You are here",
    "done": "Done",
}


def begin(width: str = "wide") -> None:
    """Choose the measure: `read` (one column) or `wide` (dashboards). The stylesheet comes with the document."""
    st.html(f'<div id="k-page" class="k-{width} k-{current().name}"></div>')


def masthead(eyebrow: str, title: str, standfirst: str = "", meta: str = "", *, compact: bool = False, after: str = "") -> None:
    """The page's one h1 with what stands around it. `after` is safe markup that follows it."""
    st.html(
        f'<header class="k-mast{" k-compact" if compact else ""}">'
        + (f'<p class="k-eyebrow">{escape(eyebrow)}</p>' if eyebrow else "")
        + f"<h1>{escape(title)}</h1>"
        + (f'<p class="k-standfirst">{escape(standfirst)}</p>' if standfirst else "")
        + (f'<p class="k-meta">{escape(meta)}</p>' if meta else "")
        + f"</header>{after}"
    )


def section(title: str, note: str = "") -> None:
    st.html(f'<div class="k-section"><h2>{escape(title)}</h2>' + (f"<p>{escape(note)}</p>" if note else "") + "</div>")


def fine(text: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """One quiet line; as wide as its words beside other things."""
    st.html(f'<p class="k-fine">{escape(text)}</p>', width=width)


def meter(value: int, total: int, label: str) -> str:
    """A thin progress bar as markup; `value` of `total`."""
    share = round(100 * value / total) if total else 0
    return (
        f'<div class="k-meter" role="progressbar" aria-label="{escape(label)}" aria-valuemin="0" aria-valuemax="{total}" '
        f'aria-valuenow="{value}"><span style="width:{share}%"></span></div>'
    )


def mark(state: str, *, visible: bool = False, spoken: bool = True) -> str:
    """A shape-coded state mark as markup; its word is spoken, and shown when `visible`."""
    shape = {"done": "right", "partial": "review"}.get(state, state)
    icon = f'<span class="k-mark k-{shape}" aria-hidden="true"></span>'
    if not spoken:
        return icon
    return f'{icon}<span class="{"k-word" if visible else "k-sr"}">{STATE_WORDS[state]}</span>'


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, label: str, numeric: Sequence[int] = ()) -> None:
    """A ruled table that becomes stacked rows on a phone. Cells are markup: escape what was typed before passing it in."""
    num = [' class="n"' if i in numeric else "" for i in range(len(headers))]
    head = "".join(f'<th role="columnheader" scope="col"{num[i]}>{escape(h)}</th>' for i, h in enumerate(headers))
    body = "".join(
        '<tr role="row">'
        + "".join(f'<td role="cell" data-label="{escape(headers[i])}"{num[i]}>{c}</td>' for i, c in enumerate(row))
        + "</tr>"
        for row in rows
    )
    st.html(
        f'<table class="k-rows k-stack" role="table" aria-label="{escape(label)}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def facts(pairs: Iterable[tuple[str, str]]) -> None:
    """Big numbers with what they count."""
    st.html('<div class="k-facts">' + "".join(f"<div><b>{escape(n)}</b><span>{escape(what)}</span></div>" for n, what in pairs) + "</div>")


def empty(title: str, text: str) -> None:
    """An empty state says what will appear here and what makes it appear."""
    st.html(f'<div class="k-empty"><p><b>{escape(title)}</b></p><p>{escape(text)}</p></div>')


def flags(sentences: Iterable[str]) -> None:
    """What is worth looking at, each beside a rule in the margin."""
    st.html("".join(f'<div role="note" class="k-callout"><p>{escape(sentence)}</p></div>' for sentence in sentences))


def quoted(markup: str) -> None:
    """Safe markup that is looked at rather than read: a question's own words."""
    st.html(f'<blockquote class="k-quoted">{markup}</blockquote>')


def small_print(markup: str) -> None:
    """One quiet line of safe markup."""
    st.html(f'<p class="k-fine">{markup}</p>')
