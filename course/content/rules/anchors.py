"""Rule: the opening and the closing test share their anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course.content.authored import Authored
from course.content.model import Quiz
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding
from course.learning.policy import Kind


class Anchors(Rule):
    """The anchors of a pretest stand in the posttest of the same module (or course), in its follow-ups, and the other way round.

    Gain is measured on them. An anchor is a question that one of these quizzes brings from another with `use:`, carries
    the tag `anchor`, or has an id that begins with `anchor-`.
    """

    code = "anchors"

    def check(self, context: Context) -> Iterable[Finding]:
        quizzes = [q for q in context.authored.quizzes if q.policy.kind in (Kind.PRETEST, Kind.POSTTEST, Kind.FOLLOWUP)]
        for first in quizzes:
            for second in quizzes:
                kinds = {first.policy.kind, second.policy.kind}
                if first is not second and first.module == second.module and Kind.PRETEST in kinds and len(kinds) == 2:
                    yield from self._missing(first, second, context.authored)

    def _missing(self, first: Quiz, second: Quiz, authored: Authored) -> Iterator[Finding]:
        uses = {(quiz_id, use.question): use.place for quiz_id, use in authored.uses}
        there = {entry.question.id for entry in second.entries}
        for entry in first.entries:
            question = entry.question
            anchor = entry.origin != first.id or "anchor" in question.tags or question.id.startswith("anchor-")
            if anchor and question.id not in there:
                place = uses.get((first.id, question.id)) or question.places["id"]
                hint = f"`- use: {entry.origin}/{question.id}`"
                yield self.finding(f"the anchor `{question.id}` of `{first.id}` is not asked in `{second.id}`", place, hint)
