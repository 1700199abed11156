"""Rule: no two options say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_WORD: Final = re.compile(r"\w+")
_SMALL: Final = "a an the it its is are was were of to in on for that this they by be has have and so"
_FILLERS: Final = frozenset(_SMALL.split(" "))


class SameOptions(Rule):
    """No two options of a question are the same but for small words, order of words and punctuation.

    When two options say the same, neither can be the one key.
    """

    code = "same-options"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            seen: dict[tuple[str, ...], str] = {}
            for choice in asked.choices:
                words = tuple(sorted(word for word in _WORD.findall(choice.text.lower()) if word not in _FILLERS))
                if words in seen:
                    yield self.finding(f"`{choice.id}` says the same as `{seen[words]}`", asked.at_option(choice))
                elif words:
                    seen[words] = choice.id
