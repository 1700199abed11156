"""Rule: what is practised is not graded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Place
from course.learning.policy import Kind

GRADED: Final = frozenset({Kind.PRETEST, Kind.POSTTEST, Kind.FOLLOWUP, Kind.CHECKPOINT, Kind.EXAM})
"""Kinds whose scores count."""


class PracticeLeak(Rule):
    """No question stands both in a practice quiz and in a graded one.

    Practice shows the key after every question, so a graded quiz that asks the same question measures memory of the key.
    """

    code = "practice-leak"

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        practised = {entry.question.id: quiz for quiz in authored.quizzes if quiz.policy.kind is Kind.PRACTICE for entry in quiz.entries}
        uses = {(quiz_id, use.question): use.place for quiz_id, use in authored.uses}
        for quiz in authored.quizzes:
            for entry in quiz.entries if quiz.policy.kind in GRADED else ():
                practice = practised.get(entry.question.id)
                if practice is not None:
                    name = entry.question.id
                    place: Place = uses.get((quiz.id, name)) or uses.get((practice.id, name)) or entry.question.places["id"]
                    yield self.finding(
                        f"`{name}` is practised in `{practice.id}` and graded in `{quiz.id}`", place, "write a sibling question"
                    )
