"""What every table we write shares: text that a spreadsheet must not take for a formula, and CSV as bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

Cell = str | float | int | None

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def neutral(text: str) -> str:
    """The text behind an apostrophe when a spreadsheet could calculate it. Characters that no table can hold are left out."""
    clean = "".join(c for c in text if c >= " " or c in "\t\r\n")
    return f"'{clean}" if clean.startswith(_STARTS) or clean.lstrip().startswith(_STARTS[:4]) else clean


def cell_text(cell: Cell) -> str:
    """A cell as CSV has it: numbers with at most six decimals, nothing for None, text made harmless."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell)
    return f"{cell:.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)


def csv_bytes(rows: Iterable[Sequence[Cell]], *, mark: bool = True) -> bytes:
    """UTF-8 CSV with line ends as RFC 4180 has them. `mark`: begin with the mark that makes Excel read UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([cell_text(cell) for cell in row] for row in rows)
    return (b"\xef\xbb\xbf" if mark else b"") + out.getvalue().encode("utf-8", errors="replace")
