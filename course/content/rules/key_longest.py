"""Rule: the key does not stand out by its length."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_RATIO: Final = 1.4
_MORE: Final = 25


class KeyLongest(Rule):
    """The key is not much longer than every distractor: at most 1.4 times as long as the longest, or 25 characters more.

    A key that says everything exactly is found without knowing the subject (Haladyna, Downing and Rodriguez 2002, 24).
    """

    code = "key-longest"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            if asked.several or not asked.keys or not asked.distractors:
                continue
            key, longest = asked.keys[0], max(len(choice.text) for choice in asked.distractors)
            if len(key.text) > _RATIO * longest and len(key.text) > longest + _MORE:
                told = f"the key of `{asked.name}` has {len(key.text)} characters, the longest distractor {longest}"
                yield self.finding(told, asked.at_option(key), "shorten it, or say as much in a distractor")
