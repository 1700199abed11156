"""Rule: no question answers another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from course.content.asked import Asked
from course.content.model import Quiz
from course.content.rules.base import Context, Rule
from course.content.words import content_stems
from course.diagnostics import Finding, Severity

_LEAST: Final = 3
"""Words of meaning that a key must have to be recognised."""


class GivesAway(Rule):
    """No stem of a quiz holds the whole key of another question that may be asked in the same attempt.

    A key of at least three words of meaning, all of which stand in the other stem, counts as given away. Put the two into
    one pool that takes 1, so that a learner meets only one of them.
    """

    code = "gives-away"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        by_quiz: dict[str, list[Asked]] = defaultdict(list)
        for asked in context.asked:
            by_quiz[asked.quiz].append(asked)
        quizzes = {quiz.id: quiz for quiz in context.authored.quizzes}
        for quiz_id, found in by_quiz.items():
            if quiz_id in quizzes:
                yield from self._in_quiz(quizzes[quiz_id], found)

    def _in_quiz(self, quiz: Quiz, found: list[Asked]) -> Iterable[Finding]:
        stems = {entry.question.id: content_stems(entry.question.stem) for entry in quiz.entries}
        frequent = Counter(word for stem in stems.values() for word in stem)
        standing: dict[str, list[str]] = defaultdict(list)
        for name, stem in stems.items():
            for word in stem:
                standing[word].append(name)
        for asked in found:
            own = asked.name.partition("/")[0]
            for key in asked.keys:
                words = content_stems(key.text)
                if len(words) < _LEAST or not all(word in frequent for word in words):
                    continue
                rarest = min(words, key=lambda word: (frequent[word], word))
                for other in standing[rarest]:
                    if other != own and words <= stems[other] and not _either_or(quiz, own, other):
                        told = f"the stem of `{other}` holds the key of `{own}`: `{key.text}`"
                        yield self.finding(told, asked.at_option(key), "reword one, or put both into a pool that takes 1")


def _either_or(quiz: Quiz, one: str, other: str) -> bool:
    """Whether a pool takes one of the two at most."""
    return any(draw.take == 1 and one in draw.ids and other in draw.ids for draw in quiz.policy.draw)
