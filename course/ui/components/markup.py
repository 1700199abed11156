"""Authored Markdown as safe HTML, for places where Streamlit's own Markdown element does not fit (lists, tables, lines)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt

_PARSER: Final = MarkdownIt("commonmark", {"html": False, "linkify": False})
_TYPED: Final = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable("image")


@lru_cache(maxsize=4096)
def inline(text: str) -> str:
    """One line of Markdown as HTML; raw HTML in it stays text."""
    return _kept_open(_PARSER.renderInline(text))


@lru_cache(maxsize=1024)
def block(text: str) -> str:
    """Paragraphs and lists of Markdown as HTML; raw HTML in it stays text."""
    return _kept_open(_PARSER.render(text))


@lru_cache(maxsize=128)
def typed(text: str) -> str:
    """What somebody typed on a page: lines break where they pressed Enter, and a picture of another site is a link to it."""
    return _kept_open(_TYPED.render(text))


def _kept_open(html: str) -> str:
    """Links open beside the page, as those of `st.markdown` do, so that the reader keeps their place."""
    return html.replace('<a href="', '<a target="_blank" rel="noreferrer" href="')
