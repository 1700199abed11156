"""A cohort's report as one page to print, charts included. No script."""

from __future__ import annotations

from html import escape

from course.interop.report import Report, ReportPart


def page(report: Report, language: str, pdf: str) -> str:
    """`pdf`: the address of the same report as a file."""
    title = escape(f"{report.course}: {report.cohort}")
    above = "".join(f"<p>{escape(line)}</p>" for line in (*report.filters, report.made))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title}</title><link rel="icon" href="/app/static/mark.svg">'
        '<link rel="stylesheet" href="/app/static/plain.css"><link rel="stylesheet" href="/app/static/report.css"></head><body>'
        f'<main class="report"><p class="muted">{escape(report.course)}</p><h1>{escape(report.cohort)}</h1>{above}'
        f'<p class="screen"><a href="{escape(pdf)}" download>The same as a PDF</a></p>'
        + "".join(map(_section, report.parts))
        + "<section><h2>How the numbers are computed</h2>"
        + "".join(f"<p>{escape(note)}</p>" for note in report.notes)
        + f"</section><p>{escape(report.notice)}</p></main></body></html>"
    )


def _section(part: ReportPart) -> str:
    said = "".join(f"<p>{escape(line)}</p>" for line in part.said)
    pictures = "".join(
        f'<figure><figcaption>{escape(one.title)}</figcaption><div class="wide" tabindex="0" role="region" '
        f'aria-label="{escape(f"{part.title}, chart {number}")}">{one.svg}</div></figure>'
        for number, one in enumerate(part.pictures, start=1)
    )
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in part.headings)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>' for row in part.rows
    )
    table = (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(part.title)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
        if part.rows
        else f"<p>{escape(part.empty)}</p>"
    )
    return f"<section><h2>{escape(part.title)}</h2>{said}{pictures}{table}</section>"
