"""Rule: an answer without options gets a reply."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity
from course.questions.nodes import Mapped, Node, Sequence

_APART: Final = frozenset({"single_choice", "multiple_choice", "likert", "essay", "case"})


class OutcomeFeedback(Rule):
    """A question without options has `feedback` for a right and for a wrong answer, or on its items, gaps or regions.

    Learners who are told only "wrong" learn that, and nothing of the subject.
    """

    code = "outcome-feedback"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for authored in context.authored.questions:
            question = authored.question
            if question.type in _APART:
                continue
            missing = [name for name in ("right", "wrong") if not getattr(question.feedback, name).strip()]
            if missing and not any(_says(entry.value) for entry in authored.node.entries):
                told = f"`{question.id}` has no feedback for {' and '.join(f'a {name}' for name in missing)} answer"
                yield self.finding(told, question.places.get("feedback") or question.places.get("id", question.place))


def _says(node: Node) -> bool:
    """Whether anything inside carries feedback of its own."""
    if isinstance(node, Sequence):
        return any(_says(item) for item in node.items)
    return isinstance(node, Mapped) and any(entry.key.text == "feedback" or _says(entry.value) for entry in node.entries)
