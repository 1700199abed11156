"""Small HTML pages outside the notebook: a question to confirm, an error with its id. No script, one stylesheet."""

from __future__ import annotations

from html import escape
from typing import Final

from starlette.responses import HTMLResponse

_CORNER: Final = (
    '<nav aria-label="Help and leaving"><a href="/help">Get help</a>'
    '<a href="https://www.wikipedia.org/" rel="noreferrer">Quick exit</a></nav>'
)
"""On every page of the course, so on these too."""


def plain(title: str, *paragraphs: str, form: str = "", status: int = 200) -> HTMLResponse:
    """A page of text. `paragraphs` are escaped; `form` is markup made by `confirm`."""
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title><link rel="icon" href="/app/static/mark.svg">'
        f'<link rel="stylesheet" href="/app/static/plain.css"></head><body>{_CORNER}<main><h1>{escape(title)}</h1>{body}'
        f"{form or back()}</main></body></html>"
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def confirm(action: str, label: str, **fields: str) -> str:
    """A form that POSTs to `action`, with a way back."""
    hidden = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in fields.items())
    return f'<form method="post" action="{escape(action)}">{hidden}<button type="submit">{escape(label)}</button><a href="/">Back to the course</a></form>'


def back() -> str:
    return '<p><a href="/">Back to the course</a></p>'


def error(status: int, title: str, message: str, *, error_id: str = "") -> HTMLResponse:
    """A failure: what happened, what is kept, an id to quote; never a trace."""
    extra = (f"If you report this, give this number: {error_id}.",) if error_id else ()
    return plain(title, message, *extra, status=status)
