"""What `check` finds, as lines: file, line and column as an editor opens them, the sentence, the mend, the line itself with a caret."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

from course.diagnostics import Finding
from course.services.authoring.views import FindingLine

_BEFORE, _AFTER = 24, 76
"""How much of a long line stands before the place and after it: the place is in sight on a phone too."""


def listed(lines: Iterable[FindingLine], *, linked: bool = True) -> str:
    """A list as safe markup; with `linked` each leads to where the preview shows what it is about."""
    return f'<ul class="k-list k-found">{"".join(f"<li>{_line(line, linked=linked)}</li>" for line in lines)}</ul>'


def _line(line: FindingLine, *, linked: bool) -> str:
    found, opens = line.finding, line.opens if linked else None
    where = f'<code class="k-place">{escape(str(found.place))}</code>'
    link = (
        f' <a href="{escape(f"{opens.page}?{urlencode(opens.query)}")}" target="_self">Show {escape(opens.label)}</a>'
        if opens is not None
        else ""
    )
    hint = f" ({escape(found.hint)})" if found.hint else ""
    said = f"{found.severity.value.capitalize()}: {escape(found.message)}{hint} [{escape(found.code)}]"
    return f"{said}<small>{where}{link}</small>{_quoted(found)}"


def _quoted(found: Finding) -> str:
    """The line as it is written, with the caret under the place; a long line is cut around the place."""
    text = found.source.rstrip()
    if not text.strip():
        return ""
    at = (found.place.column or 1) - 1
    start = max(0, at - _BEFORE)
    caret = " " * (at - start) + "^" if found.place.column else ""
    return f'<pre class="k-caret" tabindex="0" aria-label="The line as it is written"><code>{escape(text[start : start + _BEFORE + _AFTER])}\n{caret}</code></pre>'
