"""The gradebook of 2,000 learners and 40 assignments, filled by the demo: its page, and its files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.driving.server import ROOT
from benchmarks.measurement import Measurement, milliseconds
from course.bootstrap import Process, build

LEARNERS: Final = 2000
ASSIGNMENTS: Final = 40
FILL: Final = 60.0
PAGE: Final = 300.0
EXPORT: Final = 3.0
_QUIZ: Final = "schema: 1\nquiz: {{id: week-{n}, title: Week {n}, kind: exam, attempts: unlimited}}\nquestions:\n"
_ONE: Final = (
    "  - {{id: week-{n}-q{q}, type: true_false, stem: Is {q} a number?, answer: true, explanation: It is., cites: [zhang2021], "
    "objective: channel-block}}\n"
)


def measure() -> Iterator[Measurement]:
    with TemporaryDirectory() as folder:
        process = _process(Path(folder))
        filled = []
        fill = milliseconds(lambda: filled.append(process.demo.fill(LEARNERS, 1))) / 1000
        made = filled[0]
        size = f"{made.learners} x {made.assignments}, {made.attempts} attempts"
        yield Measurement("a demo filled, processor", fill, "s", FILL, size)
        classes = process.classes
        classes.gradebook(made.instructor, made.cohort)
        page = sorted(milliseconds(lambda: classes.gradebook(made.instructor, made.cohort)) for _ in range(5))[2]
        yield Measurement("gradebook, one page, processor", page, "ms", PAGE, size)
        for form in ("csv", "xlsx"):
            export = milliseconds(lambda form=form: classes.export(made.instructor, made.cohort, form)) / 1000  # type: ignore[misc]
            yield Measurement(f"gradebook as {form}, processor", export, "s", EXPORT, "")


def _process(root: Path) -> Process:
    for folder in ("modules", "quizzes"):
        shutil.copytree(ROOT / folder, root / folder)
    process = build({"COURSE_DATA_DIR": str(root / "data"), "COURSE_CONTENT": str(root)})
    have = len(process.catalogue().course.modules) + 4
    for n in range(ASSIGNMENTS - have):
        body = "".join(_ONE.format(n=n, q=q) for q in range(4))
        (root / "quizzes" / f"week-{n}.yaml").write_text(_QUIZ.format(n=n) + body, encoding="utf-8")
    process.catalogue.reload()
    process.prepare()
    return process
