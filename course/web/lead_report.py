"""A cohort's report as one page to print: the tables of the lead's pages without names. No script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from course.interop.spreadsheet import Cell
from course.interop.tables import NOTICE, NumberTable


def report(title: str, made: str, tables: Sequence[NumberTable]) -> str:
    """`made`: when, in words."""
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title><link rel="stylesheet" href="/app/static/plain.css">'
        f'<link rel="stylesheet" href="/app/static/report.css"></head><body><main class="report"><h1>{escape(title)}</h1><p>{escape(made)}</p>'
        + "".join(_section(table) for table in tables)
        + "<h2>How the numbers are computed</h2>"
        + "".join(f"<p>{escape(note)}</p>" for note in notes)
        + f"<p>{escape(NOTICE)}</p></main></body></html>"
    )


def _section(table: NumberTable) -> str:
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in table.headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(_text(cell))}</td>" for cell in row) + "</tr>" for row in table.rows)
    rows = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if table.rows else "<p>Nothing yet.</p>"
    return f'<section><h2>{escape(table.title)}</h2><div class="wide" tabindex="0" role="region" aria-label="{escape(table.title)}">{rows}</div></section>'


def _text(cell: Cell) -> str:
    return "–" if cell is None else f"{cell:.3f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
