"""Rule: a checkpoint cell leads to the module's checkpoint."""

from __future__ import annotations

from collections.abc import Iterable

from course.content.rules.base import Context, Rule, cells
from course.diagnostics import Finding
from course.learning.outline import CellKind
from course.learning.policy import Kind


class WrongCheckpoint(Rule):
    """The quiz of a {checkpoint} cell has the kind `checkpoint` (or `exam`) and belongs to the same module.

    Passing it completes the module; a practice quiz in its place would never be passed.
    """

    code = "wrong-checkpoint"

    def check(self, context: Context) -> Iterable[Finding]:
        quizzes = {quiz.id: quiz for quiz in context.authored.quizzes}
        known = {None, *(module.id for module in context.authored.modules)}
        for module, cell in cells(context.authored):
            quiz = quizzes.get(cell.quiz or "")
            if cell.kind is not CellKind.CHECKPOINT or quiz is None:
                continue
            if quiz.policy.kind not in (Kind.CHECKPOINT, Kind.EXAM):
                yield self.finding(f"`{quiz.id}` is a {quiz.policy.kind} quiz and cannot complete a module", cell.place)
            elif quiz.module != module.id and quiz.module in known:
                yield self.finding(f"`{quiz.id}` belongs to {f'`{quiz.module}`' if quiz.module else 'the whole course'}", cell.place)
