"""Rule: an explanation explains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.markdown import word_count
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_LEAST: Final = 4


class Rationale(Rule):
    """The explanation says why the key is right: four words at least, and not just the key once more."""

    code = "rationale"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        keys = {asked.name: asked.keys for asked in context.asked}
        for authored in context.authored.questions:
            question = authored.question
            text = question.explanation.strip()
            place = question.places.get("explanation", question.place)
            if text and word_count(text) < _LEAST:
                yield self.finding(f"the explanation of `{question.id}` says too little: `{text}`", place, "say why the key is right")
            elif text and any(text.rstrip(".").casefold() == key.text.strip().rstrip(".").casefold() for key in keys.get(question.id, ())):
                yield self.finding(f"the explanation of `{question.id}` only repeats the key", place, "say why the key is right")
