"""Rule: a notice stands before what may distress."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding

_HEAVY: Final = re.compile(
    r"\b(?:suicid\w*|overdos\w*|self-harm\w*|assault\w*|rape[sd]?|ending (?:one|her|his|their)(?:['’]s)? (?:own )?li(?:fe|ves))\b",
    re.IGNORECASE,
)


class ContentNotice(Rule):
    """A module that speaks of overdose, suicide, self-harm or assault has a `content_notice`; a question that does has a `notice`.

    The reader learns beforehand and can skip; a question with a notice is skipped without loss.
    """

    code = "content-notice"

    def check(self, context: Context) -> Iterable[Finding]:
        told: set[str] = set()
        for passage in context.passages:
            found = None if passage.module.content_notice or passage.module.id in told else _HEAVY.search(passage.words)
            if found:
                told.add(passage.module.id)
                message = f"this module speaks of `{found[0]}` and has no `content_notice`"
                yield self.finding(message, passage.place, "say in the front matter what is coming")
        for authored in context.authored.questions:
            question = authored.question
            found = None if question.notice else _HEAVY.search(_asked(context, question.id, question.stem))
            if found:
                message = f"`{question.id}` speaks of `{found[0]}` and has no `notice`"
                yield self.finding(message, question.places.get("stem", question.place))


def _asked(context: Context, name: str, stem: str) -> str:
    return " ".join([stem, *(choice.text for choice in context.choices.get(name, ()))])
