"""Rule: the key does not echo the stem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.content.words import content_stems
from course.diagnostics import Finding, Severity

_LONG: Final = 7
_RARE: Final = 4


class ClangCue(Rule):
    """No unusual word stands in the stem and in the key but in no distractor.

    Such an echo is found without knowing the subject (Haladyna and colleagues 2002, 28b). A word is unusual when it has seven letters or
    more and stands in the stems of at most four questions.
    """

    code = "clang-cue"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        single = [asked for asked in context.asked if not asked.several and asked.keys]
        frequent = Counter(word for asked in single for word in asked.stem_words)
        unusual = {word for word, count in frequent.items() if count <= _RARE and len(word) >= _LONG}
        for asked in single:
            echo = asked.stem_words & unusual
            echo = echo & content_stems(asked.keys[0].text) if echo else echo
            for choice in asked.distractors if echo else ():
                echo = echo - content_stems(choice.text)
            if echo:
                told = f"`{min(echo)}` stands in the stem of `{asked.name}` and in no option but the key"
                yield self.finding(told, asked.at_option(asked.keys[0]), "use another word, or use it in a distractor too")
