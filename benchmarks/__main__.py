"""`python -m benchmarks [WORD]`: measure everything, or what has the word in its name. Exit 1 when a limit is passed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType

from benchmarks.measurement import Measurement

BENCHMARKS: tuple[ModuleType, ...] = ()
"""Modules with `measure() -> Iterable[Measurement]`. A file that is not listed here fails a contract test."""


def main(word: str = "") -> int:
    failed = 0
    for module in BENCHMARKS:
        if word not in module.__name__:
            continue
        measured: Iterable[Measurement] = module.measure()
        for found in measured:
            verdict = "ok" if found.within else "TOO SLOW"
            print(f"{found.name:<48} {found.value:>10.1f} {found.unit:<4} limit {found.limit:>8.1f}  {verdict}", flush=True)
            failed += not found.within
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
