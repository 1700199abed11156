"""Every question of every attempt as one long table: learner x question x attempt. Written a line at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from itertools import islice

from course.interop.grades import AnswerRow
from course.interop.spreadsheet import csv_bytes

COLUMNS = tuple(field.name for field in fields(AnswerRow))


def write(rows: Iterable[AnswerRow]) -> bytes:
    """What a statistician's program reads: one line a learner, an attempt and a question; scores are shares of 1."""
    return b"".join(pieces(rows))


def pieces(rows: Iterable[AnswerRow]) -> Iterator[bytes]:
    """The file in pieces of a thousand lines, so that it need not be held whole."""
    yield csv_bytes([COLUMNS])
    waiting = iter(rows)
    while some := [astuple(row) for row in islice(waiting, 1000)]:
        yield csv_bytes(some, mark=False)
