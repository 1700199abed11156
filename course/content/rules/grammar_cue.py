"""Rule: the grammar of the stem fits every option."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding

_ARTICLE: Final = re.compile(r"\b(?P<article>an?)\s*(?:\.{3}|…|:|_+)?\s*\Z")
_VOWEL: Final = re.compile(r"[\W_]*[aeiou]", re.IGNORECASE)
_PLURAL: Final = re.compile(r"\b(?:which|what) (?:two|three|four|are the)\b", re.IGNORECASE)


class GrammarCue(Rule):
    """A stem that options complete does not end in "a" or "an", and one with a single answer does not ask "which two".

    An article fits some options only, and the others are ruled out by ear (Haladyna and colleagues 2002, 28c).
    """

    code = "grammar-cue"

    def check(self, context: Context) -> Iterable[Finding]:
        for asked in context.asked:
            article = _ARTICLE.search(asked.stem)
            if article and len({bool(_VOWEL.match(choice.text)) for choice in asked.choices}) == 2:
                told = f"the stem of `{asked.name}` ends in `{article['article']}`, which fits some of the options only"
                yield self.finding(told, asked.at(), "move the article into the options")
            number = _PLURAL.search(asked.stem) if not asked.several else None
            if number and "and" not in {word for choice in asked.choices for word in choice.text.lower().split()}:
                told = f"the stem of `{asked.name}` asks `{number[0]}`, and one option can be chosen"
                yield self.finding(told, asked.at(), "make it multiple_choice")
