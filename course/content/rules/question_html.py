"""Rule: questions and entries hold Markdown, not HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.markdown import raw_html
from course.content.raw_cells import closes
from course.content.rules.base import Context, Rule, written
from course.diagnostics import Finding

_TAG: Final = re.compile(r"<(?:!--|[A-Za-z/][^<>\n]*>)")


class RawHtml(Rule):
    """No text holds raw HTML: it would run in the reader's browser. Markdown and LaTeX do what is needed.

    Modules are covered when they are read; this rule covers quizzes, the glossary and the other YAML files.
    """

    code = "raw-html"

    def check(self, context: Context) -> Iterable[Finding]:
        line: tuple[str, int | None] | None = None
        opened: set[str] = set()
        for found, place in written(context.authored, _TAG, ("<",)):
            if place.path.endswith(".yaml") and any(raw_html(found[0])):
                if (place.path, place.line) != line:
                    line, opened = (place.path, place.line), set()
                if closes(found[0], opened):
                    continue
                yield self.finding(f"raw HTML is not allowed: `{found[0][:40]}`", place, "write Markdown")
