"""Rule: a sentence can be taken in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.readability import sentences, words
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity

_MOST: Final = 35


class LongSentence(Rule):
    """No sentence of a notebook, a stem or an explanation has more than 35 words."""

    code = "long-sentence"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for passage in context.passages:
            for sentence, count in _long(passage.words):
                yield self.finding(f"this sentence has {count} words: `{sentence[:50]}…`", passage.place, "make two of it")
        for authored in context.authored.questions:
            question = authored.question
            for key, text in (("stem", question.stem), ("explanation", question.explanation)):
                for sentence, count in _long(text):
                    told = f"a sentence of `{question.id}` has {count} words: `{sentence[:50]}…`"
                    yield self.finding(told, question.places.get(key, question.place), "make two of it")


def _long(text: str) -> list[tuple[str, int]]:
    """The sentences that are too long, with their words. A text that is shorter than one such sentence is not split."""
    if text.count(" ") < _MOST:
        return []
    counted = ((sentence, len(words(sentence))) for sentence in sentences(text))
    return [(sentence, count) for sentence, count in counted if count > _MOST]
