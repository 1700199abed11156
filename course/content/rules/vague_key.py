"""Rule: the key is not given away by careful words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_VAGUE: Final = re.compile(
    r"\b(?:usually|(?<!how )often|sometimes|generally|typically|probably|perhaps|possibly|maybe|may|might|tends? to|likely|in most cases|partly)\b",
    re.IGNORECASE,
)


class VagueKey(Rule):
    """Words such as "usually", "may" and "often" do not stand in the key alone.

    Careful words sound right; when only the key is careful, it is found by its tone.
    """

    code = "vague-key"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            if asked.several or not asked.keys or any(_VAGUE.search(choice.text) for choice in asked.distractors):
                continue
            found = _VAGUE.search(asked.keys[0].text)
            if found:
                told = f"of the options of `{asked.name}`, only the key says `{found[0]}`"
                yield self.finding(told, asked.at_option(asked.keys[0]), "leave it out, or be as careful in a distractor")
