"""The file and line where a question is written, as a link where there is somewhere to go."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from course.ui.visit import Visit


def source_link(visit: Visit, cohort: str, question: str, place: str) -> str:
    """Safe markup: `quizzes/x.yaml:120` to be copied, and a link to it when `COURSE_SOURCE_URL` or author mode gives one.

    An address of the web is linked as it is; an editor's own one by way of the course, as pages may hold links to the web alone.
    """
    if not place:
        return ""
    words = f'<code class="k-place">{escape(place)}</code>'
    path, _, line = place.rpartition(":")
    address = visit.process.settings.source_of(path, int(line)) if line.isdigit() else ""
    if not address:
        return words
    if address.startswith(("https://", "http://")):
        return f'<a href="{escape(address)}" target="_blank" rel="noreferrer">{words}</a>'
    return f'<a href="/download/insight/{quote(cohort, safe="")}/source/{quote(question, safe="")}" target="_self">{words}</a>'


def written_in(visit: Visit, place: str) -> str:
    """The same for a place that belongs to no cohort, as one line: linked where the content's files can be read on the web."""
    words = f'<code class="k-place">{escape(place)}</code>'
    path, line, *_ = [*place.split(":"), ""]
    address = visit.process.settings.source_of(path, int(line)) if line.isdigit() else ""
    if address.startswith(("https://", "http://")):
        words = f'<a href="{escape(address)}" target="_blank" rel="noreferrer">{words}</a>'
    return f"Written in {words}"
