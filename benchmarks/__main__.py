"""`python -m benchmarks [WORD]`: measure everything, or what has the word in its name. Exit 1 when a limit is passed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType

from benchmarks import checking, clicks, gradebook, item_analysis, loading, overview, redrawing, submitting
from benchmarks.measurement import Measurement

BENCHMARKS: tuple[ModuleType, ...] = (clicks, redrawing, loading, checking, submitting, item_analysis, gradebook, overview)
"""Modules with `measure() -> Iterable[Measurement]`. A file that is not listed here fails a contract test."""


def main(word: str = "") -> int:
    failed = 0
    for module in BENCHMARKS:
        if word not in module.__name__:
            continue
        measured: Iterable[Measurement] = module.measure()
        for found in measured:
            limit = "" if found.limit is None else f"limit {found.limit:g}"
            verdict = "" if found.limit is None else "ok" if found.within else "TOO SLOW"
            print(f"{found.name:<40} {found.value:>8.2f} {found.unit:<5} {limit:<12} {verdict:<9} {found.note}".rstrip(), flush=True)
            failed += not found.within
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
