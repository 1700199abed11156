"""One answer saved and forty handed in, through the service on SQLite, against one row appended and committed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.driving.server import ROOT
from benchmarks.measurement import Measurement, milliseconds
from course.bootstrap import Process, build
from course.services.study.views import AttemptView

SUBMIT: Final = 30.0
"""Milliseconds of processor time for handing in forty answers."""
QUESTIONS: Final = 40
_QUIZ: Final = "schema: 1\nquiz: {id: forty, title: Forty, kind: exam, attempts: unlimited}\nquestions:\n"
_ONE: Final = "  - {{id: f{n}, type: true_false, stem: Is {n} a number?, answer: true, explanation: It is., cites: [zhang2021], objective: channel-block}}\n"


def measure() -> Iterator[Measurement]:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        process = _process(root)
        learner = process.people.begin("t" * 43).id
        saves, submits = [], []
        for round_ in range(5):
            attempt = process.study.start(learner, "forty", f"start-{round_}")
            view = process.study.attempt(learner, attempt)
            saves.append(_answer_all(process, learner, view) / QUESTIONS)
            submits.append(milliseconds(lambda a=attempt, r=round_: process.study.submit(learner, a, f"submit-{r}")))  # type: ignore[misc]
        bare = _bare_commit(root / "bare.db")
    save, submit = sorted(saves)[2], sorted(submits)[2]
    yield Measurement("an answer saved", save, "ms", None, f"{save / bare:.1f} x a committed row, {bare:.2f} ms")
    yield Measurement("forty answers handed in", submit, "ms", SUBMIT, "processor time of the service")


def _process(root: Path) -> Process:
    for folder in ("modules", "quizzes"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "quizzes" / "forty.yaml").write_text(_QUIZ + "".join(_ONE.format(n=n) for n in range(QUESTIONS)))
    process = build({"COURSE_DATA_DIR": str(root / "data"), "COURSE_CONTENT": str(root)})
    process.prepare()
    return process


def _answer_all(process: Process, learner: str, view: AttemptView) -> float:
    return milliseconds(lambda: [process.study.save(learner, view.id, slot.position, "true") for slot in view.slots])


def _bare_commit(path: Path) -> float:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, given TEXT)")

    def append() -> None:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("INSERT INTO answer (given) VALUES ('true')")

    return milliseconds(append, times=40)
