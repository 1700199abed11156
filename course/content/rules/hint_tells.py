"""Rule: a hint is no answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding

_LEAST: Final = 4


class HintTells(Rule):
    """No hint holds the whole text of a key: it would cost a part of the score and give all of it."""

    code = "hint-tells"

    def check(self, context: Context) -> Iterable[Finding]:
        keys = {asked.name: asked.keys for asked in context.asked}
        for authored in context.authored.questions:
            question = authored.question
            for hint in question.hints:
                told = next((key.text for key in keys.get(question.id, ()) if len(key.text) >= _LEAST and _in(key.text, hint.text)), None)
                if told is not None:
                    place = question.places.get("hints", question.place)
                    yield self.finding(f"a hint of `{question.id}` holds its key: `{told}`", place)


def _in(key: str, hint: str) -> bool:
    return key.strip().rstrip(".").casefold() in hint.casefold()
