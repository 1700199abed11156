"""Rule: words put the person first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, written
from course.diagnostics import Finding

_INSTEAD: Final = (
    (r"addicts?", "person with a use disorder"),
    (r"(?:drug |substance |ketamine )?abusers?", "person who uses"),
    (r"(?:drug|substance|ketamine|alcohol) abuse", "use, harmful use or use disorder"),
    (r"drug habits?", "use"),
    (r"junk(?:ie|y|ies)s?|druggies?|crackheads?|k-heads?", "person who uses"),
    (r"(?:get|gets|getting|got|stay|stays|stayed|staying|be|been|being|is|are|was|were|keep|keeps|kept) clean", "not using"),
    (r"(?:clean|dirty) (?:urines?|tests?|samples?|screens?|drug)", "negative or positive test"),
)
_ANY_CASE: Final = re.compile(rf"(?i:(?<![-\w])(?:{'|'.join(words for words, _ in _INSTEAD)})(?![-\w]))")


_HINTS: Final = ("addict", "abuse", "drug habit", "junk", "drugg", "crackhead", "k-head", "clean", "dirty")


class PeopleFirst(Rule):
    """Words name the person before the condition: never "addict", "abuser", "clean" or "dirty" (NIDA, Words Matter, 2021).

    Titles of sources are printed as they are; names of institutions, written with capitals ("National Institute on Drug
    Abuse"), too. Where a module quotes a word in order to speak about it, silence the rule there with the reason.
    """

    code = "people-first"

    def check(self, context: Context) -> Iterable[Finding]:
        for found, place in written(context.authored, _ANY_CASE, _HINTS):
            word = found[0]
            if " " in word and word.title() == word:
                continue
            instead = next(better for words, better in _INSTEAD if re.fullmatch(words, word, re.IGNORECASE))
            yield self.finding(f"`{word}` puts a label before the person", place, f"for example: {instead}")
