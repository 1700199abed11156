"""Rule for a release: the help numbers were looked up lately."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Place

DAYS: Final = 90
"""How long a look-up of the help numbers holds."""


class HelpNumbers(Rule):
    """Within 90 days before a release every number in `help.yaml` was looked up again on the service's own site (`checked_on`)."""

    code = "help-numbers"
    release = True

    def check(self, context: Context) -> Iterable[Finding]:
        checked = context.authored.help.checked_on
        source = context.authored.sources.get("modules/help.yaml")
        if source is None or checked is None:
            if context.authored.modules:
                yield self.finding("there is no help.yaml with a `checked_on`", Place("modules/help.yaml"))
        elif not 0 <= (context.today - checked).days <= DAYS:
            line = next((n for n, text in enumerate(source.lines, 1) if text.startswith("checked_on:")), 1)
            told = f"the help numbers were last looked up on {checked.isoformat()}; a release needs a look within {DAYS} days"
            yield self.finding(told, Place(source.path, line, 1))
