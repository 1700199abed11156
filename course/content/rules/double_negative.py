"""Rule: nobody has to undo two negatives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_NOT: Final = re.compile(r"\b(?:not|never|nobody|none|cannot|\w+n[’\']t)\b", re.IGNORECASE)
_LAST: Final = re.compile(r"[^.?!]*[.?!:]*\s*\Z")


class DoubleNegative(Rule):
    """A stem whose question holds "not" or "never" has no option that holds one too; nor does a true-or-false statement hold two."""

    code = "double-negative"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            last = _LAST.search(asked.stem.strip())
            if last is None or not _NOT.search(last[0]):
                continue
            choice = next((choice for choice in asked.choices if _NOT.search(choice.text)), None)
            if choice is not None:
                told = f"the stem of `{asked.name}` says `{_first(last[0])}`, and this option says `{_first(choice.text)}`"
                yield self.finding(told, asked.at_option(choice))
        for authored in context.authored.questions:
            question = authored.question
            if question.type == "true_false" and len(found := _NOT.findall(question.stem)) > 1:
                told = f"this statement holds {len(found)} negatives, and it may have to be negated once more"
                yield self.finding(told, question.places.get("stem", question.place))


def _first(text: str) -> str:
    found = _NOT.search(text)
    return found[0] if found else ""
