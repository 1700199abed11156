"""Rule: what is asked until it is right is not said to be shown later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from course.content.model import Quiz
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Place, Severity
from course.learning.policy import Behaviour, Moment

_TELLING: Final = frozenset({Behaviour.INTERACTIVE, Behaviour.MASTERY})
_WRITTEN: Final = re.compile(r"\bbehaviour:\s*['\"]?(?P<word>interactive|mastery)\b")


class ToldAtOnce(Rule):
    """A quiz that asks again until an answer is right reveals correctness after each question.

    `behaviour: interactive` takes another try after a wrong answer and none after a right one; `mastery` asks a further round.
    Either way a learner sees at once what was right, whatever `reveal` says, and the page before the quiz would promise
    otherwise. Feedback, explanations and keys may wait. Every kind but practice, survey and case reveals later unless told to.
    """

    code = "told-at-once"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for quiz in context.authored.quizzes:
            behaviour, moment = quiz.policy.behaviour, quiz.policy.reveal.correctness
            if behaviour in _TELLING and moment is not Moment.AFTER_QUESTION:
                told = f"`{behaviour}` shows at once what was right, and `reveal` has `correctness: {moment}`"
                hint = "add `correctness: after_question` to `reveal`, or ask with `behaviour: deferred`"
                yield self.finding(told, _place(context, quiz), hint)


def _place(context: Context, quiz: Quiz) -> Place:
    """Where the behaviour is written."""
    source = context.authored.sources.get(quiz.path)
    for number, line in enumerate(source.lines if source is not None else (), 1):
        if found := _WRITTEN.search(line):
            return Place(quiz.path, number, found.start("word") + 1)
    return quiz.place
