"""The frame of a notebook cell: the reading column, and a gutter that carries number, state and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from course.ui.components.page import mark


def key(number: int) -> str:
    """The container key of a cell. It never carries the state, so widgets inside keep their value when that changes."""
    return f"cell_{number}"


@contextmanager
def cell(number: int, word: str, state: str, title: str = "", head: str = "", *, new: bool = False) -> Iterator[None]:
    """Open cell `number`: gutter with the kind's word, title, `head` (safe markup), then whatever the block draws.

    `new`: added since the module was finished.
    """
    with st.container(key=key(number), gap="small"):
        st.html(_gutter(number, word, state, new=new) + _heading(title) + head)
        yield


def written(number: int, word: str, state: str, title: str, body: str, *, new: bool = False) -> None:
    """A cell that is markup through and through, as one element. `body` is safe markup."""
    st.html(_framed(number, _gutter(number, word, state, new=new) + _heading(title) + body))


def stubs(cells: Iterable[tuple[int, str, str]]) -> None:
    """Cells not reached yet (number, word, title): one quiet line each, so the learner sees what is left."""
    lines = (
        _framed(number, f'{_gutter(number, word, "unseen")}<p class="k-stub">{escape(title)}<span class="k-kind">{escape(word)}</span></p>')
        for number, word, title in cells
    )
    if text := "".join(lines):
        st.html(f'<div class="k-stubs">{text}</div>')


def _framed(number: int, content: str) -> str:
    return f'<div class="k-cell st-key-{key(number)}">{content}</div>'


def _heading(title: str) -> str:
    return f'<h2 class="k-celltitle">{escape(title)}</h2>' if title else ""


def _gutter(number: int, word: str, state: str, *, new: bool = False) -> str:
    fresh = '<span class="k-new">new</span>' if new else ""
    return (
        f'<div class="k-gutter" data-state="{state}"><span class="k-no"><span class="k-sr">Cell </span>{number}</span>'
        f'{mark(state)}<span class="k-kind">{escape(word)}</span>{fresh}</div>'
    )
