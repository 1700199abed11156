"""`check` on 10,000 generated questions in 100 files, against reading the same files with libyaml alone."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import yaml

from benchmarks.driving.server import ROOT
from benchmarks.measurement import Measurement, milliseconds
from course.cli import main

FILES: Final = 100
EACH: Final = 100
SECONDS: Final = 5.0

_QUESTION: Final = """\
  - id: g{file}-q{number}
    type: single_choice
    objective: channel-block
    bloom: remember
    difficulty: easy
    stem: Which of these numbers is {number} in file {file}?
    options:
      - {{id: a, text: The number {number}, correct: true, feedback: It is the one that was asked for.}}
      - {{id: b, text: The number {number} and one, feedback: One more than was asked for.}}
      - {{id: c, text: The number {number} and two, feedback: Two more than were asked for.}}
    explanation: The number stands in the question itself.
    cites: [zhang2021]
    tests: [{{response: a, score: 1}}, {{response: b, score: 0}}]
"""


def measure() -> Iterator[Measurement]:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        _content(root)
        files = sorted((root / "quizzes").glob("generated-*.yaml"))
        plain = milliseconds(lambda: [yaml.load(f.read_bytes(), Loader=yaml.CSafeLoader) for f in files]) / 1000
        ours = milliseconds(lambda: main(["check", str(root), "--today", "2026-11-23"], io.StringIO(), io.StringIO())) / 1000
    yield Measurement("check 10,000 questions, processor", ours, "s", SECONDS, f"{ours / plain:.1f} x libyaml's {plain:.2f} s")


def _content(root: Path) -> None:
    for folder in ("modules", "quizzes"):
        shutil.copytree(ROOT / folder, root / folder)
    for file in range(FILES):
        head = f"schema: 1\nquiz: {{id: generated-{file}, title: Generated {file}, module: pharmacology, kind: exam}}\nquestions:\n"
        body = "".join(_QUESTION.format(file=file, number=number) for number in range(EACH))
        (root / "quizzes" / f"generated-{file}.yaml").write_text(head + body, encoding="utf-8")
