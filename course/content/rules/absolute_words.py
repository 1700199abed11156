"""Rule: distractors are not given away by absolute words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_ABSOLUTE: Final = re.compile(
    r"\b(?:always|never|nobody|no one|everybody|everyone|completely|totally|absolutely|entirely|impossible|invariably|at all|"
    r"whatever (?:happens|one does)|every single|without exception|under no circumstances)\b",
    re.IGNORECASE,
)


class AbsoluteWords(Rule):
    """No distractor says "always", "never", "nobody" or "completely" unless the key says such a word too.

    Little in health is absolute, so such an option is ruled out without knowing the subject (Haladyna and colleagues 2002, 28a).
    Where the absolute belief is the very misconception that is tested, silence the rule there and say so.
    """

    code = "absolute-words"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            if any(_ABSOLUTE.search(choice.text) for choice in asked.keys):
                continue
            for choice in asked.distractors:
                found = _ABSOLUTE.search(choice.text)
                if found:
                    yield self.finding(f"`{found[0]}` gives this distractor away", asked.at_option(choice), "say it less absolutely")
