"""One measured thing and its limit, and ways to measure on a machine that others use too."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SELF: Final = Path("/proc/self")


@dataclass(frozen=True, slots=True)
class Measurement:
    """`value` and `limit` are in `unit`; more than the limit is a failure. No limit: for information. `note` says what it is made of."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def within(self) -> bool:
        return self.limit is None or self.value <= self.limit


def ratio(name: str, ours: Sequence[float], baseline: Sequence[float], limit: float | None, unit: str = "ms") -> Measurement:
    """The median of `ours[i] / baseline[i]`: each pair was measured one after the other, so both met the same machine."""
    shares = [mine / theirs for mine, theirs in zip(ours, baseline, strict=True)]
    note = f"{statistics.median(ours):.1f} against {statistics.median(baseline):.1f} {unit}"
    return Measurement(name, statistics.median(shares), "x", limit, note)


def milliseconds(work: Callable[[], object], *, times: int = 1) -> float:
    """Processor time of one run in this process, the mean of `times`; waiting for a disk or for others does not count."""
    gc.collect()
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) * 1000 / times


def megabytes(work: Callable[[], object]) -> float:
    """How far one run raised the memory of this process at its highest, above what it held before. Linux alone."""
    gc.collect()
    (_SELF / "clear_refs").write_text("5")  # From here on the highest is counted anew.
    before = _kilobytes("VmRSS")
    work()
    return (_kilobytes("VmHWM") - before) / 1024


def _kilobytes(name: str) -> int:
    lines = (_SELF / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
