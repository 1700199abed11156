"""Rule: a question's picture is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding

_ENDINGS: Final = (".svg", ".png", ".jpg", ".jpeg", ".webp")


class Pictures(Rule):
    """The `src` of a question's figure is a picture inside the folder of the module that its quiz names."""

    code = "missing-picture"

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        folders = {module.id: authored.root / module.folder for module in authored.modules}
        modules = {quiz.id: quiz.module for quiz in authored.quizzes}
        for found in authored.questions:
            figure = found.question.figure
            if figure is None or found.quiz not in modules:
                continue
            place = found.question.places.get("figure", found.question.place)
            folder = folders.get(modules[found.quiz] or "")
            name = PurePosixPath(figure.src)
            if folder is None:
                yield self.finding(f"`{figure.src}` is relative to a module, and this quiz names none that exists", place)
            elif name.is_absolute() or ".." in name.parts or name.suffix.lower() not in _ENDINGS:
                yield self.finding(f"`{figure.src}` must be a picture inside the module's folder ({', '.join(_ENDINGS)})", place)
            elif not (folder / name).is_file():
                yield self.finding(f"there is no `{figure.src}` in the folder of `{modules[found.quiz]}`", place)
