"""Rule: a stem asks something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, Waits
from course.diagnostics import Finding, Severity

_BLANK: Final = re.compile(r"_{3,}|\.{4,}|\[ *\]")
_MOST: Final = 90
_UNASKED: Final = ("true_false", "likert", "cloze", "case")


class StemAsks(Rule):
    """A stem is a whole sentence that ends in a question mark, a full stop or a colon, has no blank to fill and at most 90 words.

    The learner should know what is asked before reading the options (Haladyna and colleagues 2002, 14 to 16). Gaps belong into a cloze.
    """

    code = "stem-asks"
    severity = Severity.WARNING
    waits = Waits.FILE

    def check(self, context: Context) -> Iterable[Finding]:
        for authored in context.authored.questions:
            question = authored.question
            stem = question.stem.strip()
            place = question.places.get("stem", question.place)
            if "__" in stem or "...." in stem or "[ " in stem:
                if _BLANK.search(stem):
                    yield self.finding(f"the stem of `{question.id}` has a blank to fill", place, "ask a question, or make it a cloze")
            elif stem and question.type not in _UNASKED and stem.rstrip('"”’)*` ')[-1:] not in (".", "?", ":", "!"):
                yield self.finding(f"the stem of `{question.id}` ends without a full stop or question mark", place)
            if len(stem) > 4 * _MOST and len(stem.split()) > _MOST:
                yield self.finding(f"the stem of `{question.id}` has {len(stem.split())} words, more than {_MOST}", place)
