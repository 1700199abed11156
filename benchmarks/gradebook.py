"""The gradebook of 2,000 learners and 40 assignments, filled by the demo: its page as a server draws it, and its files."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.driving.server import OURS, ROOT, serving
from benchmarks.driving.visitor import Visitor
from benchmarks.measurement import Measurement, megabytes, milliseconds
from course.access import session_cookie
from course.bootstrap import Process, build
from course.services.demo import Filled

LEARNERS: Final = 2000
ASSIGNMENTS: Final = 40
FILL: Final = 60.0
PAGE: Final = 300.0
EXPORT: Final = 3.0
MEMORY: Final = 50.0
"""Megabytes: the long table has twice as many, and is written piece by piece."""
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
        gc.collect()
        gc.freeze()  # As a server does when it starts.
        size = f"{made.learners} x {made.assignments}, {made.attempts} attempts"
        yield Measurement("a demo filled, processor", fill, "s", FILL, size)
        classes = process.classes
        classes.gradebook(made.instructor, made.cohort)
        page = min(milliseconds(lambda: classes.gradebook(made.instructor, made.cohort)) for _ in range(5))
        yield Measurement("gradebook, its numbers, processor", page, "ms", PAGE, size)
        yield Measurement(
            "gradebook, page drawn, processor", _page(process, made, Path(folder)), "ms", PAGE, "service, script and messages"
        )
        for form in ("csv", "xlsx"):
            export = milliseconds(lambda form=form: classes.export(made.instructor, made.cohort, form)) / 1000  # type: ignore[misc]
            yield Measurement(f"gradebook as {form}, processor", export, "s", EXPORT, "")

        written: list[int] = []

        def whole() -> None:
            written.clear()
            classes.long_form(made.instructor, made.cohort, lambda piece: written.append(len(piece)))

        took = min(milliseconds(whole) for _ in range(3)) / 1000
        yield Measurement(
            "every answer as a long table, processor", took, "s", EXPORT, f"{sum(written) / 1e6:.0f} MB, {made.answers} answers"
        )
        yield Measurement("every answer as a long table, memory", megabytes(whole), "MB", MEMORY, "held at its highest")
        process.storage.close()


def _page(process: Process, made: Filled, folder: Path) -> float:
    """Milliseconds of a server's processor time for opening the page: the least of several, since others on the machine only add."""
    token = "b" * 43
    process.people.sign_in(made.logins["instructor"], made.password, token)
    cookie = f"{session_cookie.NAME}={session_cookie.signed(token, process.secret)}"
    found = []
    with serving(OURS, folder / "data", folder) as server, Visitor(server, cookie) as visitor:
        visitor.visit()
        for _ in range(7):
            before = server.cpu()
            visitor.visit("gradebook", f"c={made.cohort}")
            time.sleep(0.05)  # The script's thread ends after its last message.
            found.append((server.cpu() - before) * 1000)
            if not visitor.has("set_save"):
                raise LookupError("the gradebook was not drawn")
    return min(found)


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
