"""One measured thing and its limit, and ways to measure on a machine that others use too."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass


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
    """The most that one run held at a time of what Python allocates. Several times slower than the run itself."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
