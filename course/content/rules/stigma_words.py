"""Rule: words do not shame."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule, written
from course.diagnostics import Finding

_INSTEAD: Final = (
    (r"(?:drug|ketamine|substance|cocaine|heroin|cannabis|opioid) users?", "people who use drugs (or the drug's name)"),
    (r"(?:drug |substance )?misusers?", "people who use drugs"),
    (r"suffer(?:s|ed|ing)? from (?:an? )?(?:\w+ )?(?:addiction|dependence|use disorder)", "has a use disorder"),
    (r"victims? of (?:addiction|drugs|ketamine)", "person with a use disorder"),
    (r"commit(?:s|ted|ting)? suicide", "died by suicide"),
    (r"(?:failed|successful) suicide attempts?", "suicide attempt; died by suicide"),
    (r"drug[- ]seeking", "asking for help with pain, or what the person did"),
    (r"non-?complian(?:t|ce)|treatment failures?", "what was not taken or done, and why"),
    (r"relapsers?|recovering alcoholics?|alcoholics?", "person who returned to use; person with an alcohol use disorder"),
    (r"failed (?:treatment|rehab(?:ilitation)?|detox(?:ification)?)", "the treatment did not help"),
    (r"hooked on|in the grip of|drug[- ]addled|strung out", "dependent on, or what was seen"),
    (r"(?:hard|soft) drugs?|drug of choice|drugs? epidemic|scourge", "the drug's name, or a number"),
)
_ANY: Final = re.compile(rf"(?i:(?<![-\w])(?:{'|'.join(words for words, _ in _INSTEAD)})(?![-\w]))")
_HINTS: Final = (
    "user",
    "suffer",
    "victim",
    "suicide",
    "seeking",
    "complian",
    "treatment failure",
    "relapser",
    "alcoholic",
    "failed",
    "hooked",
    "grip of",
    "addled",
    "strung",
    "hard drug",
    "soft drug",
    "of choice",
    "epidemic",
    "scourge",
)


class StigmaWords(Rule):
    """Words blame nobody and frighten nobody: no "drug user", "suffers from addiction", "commit suicide", "failed treatment", "hooked".

    They keep people from asking for help (NIDA, Words Matter, 2021). Titles of sources and of the course are printed as they are,
    and `people-first` has the labels for a person. Where a module quotes a word in order to speak about it, silence the rule there.
    """

    code = "stigma-words"

    def check(self, context: Context) -> Iterable[Finding]:
        for found, place in written(context.authored, _ANY, _HINTS):
            instead = next(better for words, better in _INSTEAD if re.fullmatch(words, found[0], re.IGNORECASE))
            yield self.finding(f"`{found[0]}` blames or frightens", place, f"for example: {instead}")
