"""`item-analysis` of 5 million answers from CSV, against a plain pandas version of the same statistics in a process of its own.

Ours fits the two item response models as well, and still may cost half. Both numbers must agree.
`ITEM_ANALYSIS_ANSWERS=500000` measures a smaller table.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from benchmarks.driving.server import ROOT
from benchmarks.measurement import Measurement

ANSWERS: Final = 5_000_000
QUESTIONS: Final = 50
HALF: Final = 0.5
GIGABYTES: Final = 2.0
OURS: Final = ("-m", "course", "item-analysis")
PLAIN: Final = ("-m", "benchmarks.plain.item_statistics")


def measure() -> Iterator[Measurement]:
    answers = int(os.environ.get("ITEM_ANALYSIS_ANSWERS", ANSWERS))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        write_answers(path, answers)
        plain, ours = _run(PLAIN, path), _run(OURS, path)
    _agree(ours.found, plain.found)
    size = f"{answers:,} answers"
    note = f"{ours.processor:.1f} against {plain.processor:.1f} s"
    yield Measurement(f"item analysis, {size}, processor", ours.processor / plain.processor, "x", HALF, note)
    note = f"{ours.clock:.1f} against {plain.clock:.1f} s"
    yield Measurement(f"item analysis, {size}, clock", ours.clock / plain.clock, "x", HALF, note)
    yield Measurement("item analysis, memory", ours.gigabytes, "GB", GIGABYTES, f"against {plain.gigabytes:.2f} GB")


def write_answers(path: Path, answers: int) -> None:
    """People of drawn ability; a tenth of the attempts are second ones; four options, some left blank, some not reached."""
    rng = np.random.default_rng(20)
    people = answers // QUESTIONS
    ability, difficulty = rng.standard_normal(people), np.linspace(-2, 2, QUESTIONS)
    right = rng.random((people, QUESTIONS)) < 1 / (1 + np.exp(difficulty - ability[:, None]))
    option = np.where(right, 0, rng.integers(1, 4, right.shape))
    state = rng.choice(3, right.shape, p=[0.97, 0.02, 0.01])
    with path.open("w", encoding="utf-8") as file:
        file.write("attempt,learner,question,score,max,option,state\n")
        for a in range(people):
            learner = a * 9 // 10
            file.writelines(
                f"attempt-{a},learner-{learner},question-{q},{_END[s](r, o)}\n"
                for q, (r, o, s) in enumerate(zip(right[a].tolist(), option[a].tolist(), state[a].tolist(), strict=True))
            )


_END: Final = (lambda r, o: f"{int(r)},1,{'abcd'[o]},answered", lambda r, o: "0,1,,omitted", lambda r, o: ",1,,not_reached")


@dataclass(frozen=True, slots=True)
class _Run:
    found: dict[str, Any]
    processor: float
    clock: float
    gigabytes: float


def _run(command: tuple[str, ...], path: Path) -> _Run:
    out = path.with_suffix(".json")
    begun = time.perf_counter()
    with out.open("wb") as file:
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, *command, str(path)],
            {**os.environ, "PYTHONPATH": str(ROOT)},
            file_actions=[(os.POSIX_SPAWN_DUP2, file.fileno(), 1)],
        )
        _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} failed")
    clock = time.perf_counter() - begun
    return _Run(json.loads(out.read_text(encoding="utf-8")), used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024**2)


def _agree(ours: Any, plain: Any, place: str = "") -> None:
    """Everything that the plain version says, ours says too."""
    if isinstance(plain, dict):
        for name, value in plain.items():
            _agree(ours[name], value, f"{place}/{name}")
    elif isinstance(plain, list):
        for mine, value in zip(ours, plain, strict=True):
            _agree(mine, value, place)
    elif not math.isclose(ours, plain, rel_tol=1e-6, abs_tol=1e-9):
        raise RuntimeError(f"{place}: {ours} is not {plain}")
