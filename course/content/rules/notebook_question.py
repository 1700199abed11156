"""Rule: notebooks ask practice questions."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.mentions import Target
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding
from course.learning.policy import Kind


class NotebookQuestion(Rule):
    """A question asked in a notebook stands in a quiz of kind `practice` (a case also in one of kind `case`).

    It is answered at once and shows its key; its attempts are recorded under that quiz.
    """

    code = "notebook-question"

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        allowed = (Kind.PRACTICE, Kind.CASE)
        practised = {entry.question.id for quiz in authored.quizzes if quiz.policy.kind in allowed for entry in quiz.entries}
        for mention in authored.mentions:
            name = mention.id.rpartition("/")[2]
            if mention.target is Target.QUESTION and mention.owner.cell and name in authored.defined and name not in practised:
                quiz = authored.defined[name].quiz
                yield self.finding(f"`{name}` is asked in a notebook but stands in no practice quiz", mention.place, f"it is in `{quiz}`")
