"""The frame of a notebook cell: the reading column, and a gutter that carries number, state and kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from course.ui.components.page import mark


def key(number: int) -> str:
    """The container key of a cell. It never carries the state, so widgets inside keep their value when that changes."""
    return f"cell_{number}"


@contextmanager
def cell(number: int, word: str, state: str, title: str = "", *, new: bool = False) -> Iterator[None]:
    """Open cell `number`: gutter with the kind's word, title, then whatever the block draws. `new`: added since the module was finished."""
    with st.container(key=key(number), gap="small"):
        st.html(_gutter(number, word, state, new=new))
        if title:
            st.html(f'<h2 class="k-celltitle">{escape(title)}</h2>')
        yield


def stub(number: int, word: str, title: str) -> None:
    """A cell not reached yet: one quiet line, so the learner sees what is left."""
    with st.container(key=key(number), gap="small"):
        st.html(_gutter(number, word, "unseen"))
        st.html(f'<p class="k-stub">{escape(title)}<span class="k-kind">{escape(word)}</span></p>')


def _gutter(number: int, word: str, state: str, *, new: bool = False) -> str:
    fresh = '<span class="k-new">new</span>' if new else ""
    return (
        f'<div class="k-gutter" data-state="{state}"><span class="k-no"><span class="k-sr">Cell </span>{number}</span>'
        f'{mark(state)}<span class="k-kind">{escape(word)}</span>{fresh}</div>'
    )
