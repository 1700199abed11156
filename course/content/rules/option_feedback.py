"""Rule: every option says why."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity
from course.questions.nodes import Mapped, Sequence


class OptionFeedback(Rule):
    """Every option has feedback, right ones too: a learner who chose it reads why it is right or wrong."""

    code = "option-feedback"
    severity = Severity.WARNING

    def check(self, context: Context) -> Iterable[Finding]:
        for authored in context.authored.questions:
            options = authored.node.get("options")
            for option in options.items if isinstance(options, Sequence) else ():
                if isinstance(option, Mapped) and option.get("feedback") is None:
                    yield self.finding(f"an option of `{authored.question.id}` has no feedback", option.place)
