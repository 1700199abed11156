"""One measured thing and its limit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """`value` and `limit` are in `unit`; more than the limit is a failure."""

    name: str
    value: float
    unit: str
    limit: float

    @property
    def within(self) -> bool:
        return self.value <= self.limit


def milliseconds(work: Callable[[], object], *, times: int) -> float:
    """The median time of one run, after one that does not count."""
    work()
    return statistics.median(_once(work) for _ in range(times))


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
