"""Every question of every attempt as one long table: learner x question x attempt. Written a piece at a time.

A class of two thousand makes half a million lines, so a line costs about a microsecond: what stands in many of them
(names, questions, states) is turned into text once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from course.interop.spreadsheet import Cell, csv_bytes

LEAD: Final = ("name", "email", "id", "assignment", "quiz", "attempt", "attempt_state", "started_at", "handed_in_at")
ASKED: Final = ("position", "question", "version", "objective", "state", "score", "points", "seconds", "certainty")
COLUMNS: Final = (*LEAD, *ASKED)
LINES: Final = 2000
"""About as many lines make a piece."""
KEPT: Final = 20_000
"""So many texts are kept at most."""

Asked: TypeAlias = tuple[int, str, str, str, str, float | None, float, float | None, int | None]


@dataclass(frozen=True, slots=True)
class AttemptLines:
    """One attempt: what its lines share, and its questions, as `ASKED` has them.

    `lead`: the first of `LEAD`, up to the attempt's state. The times, which follow it, are ISO text in UTC, "" for none. Scores are
    shares of 1; `seconds` until a question was last answered, counted from the answer before it.
    """

    lead: tuple[Cell, ...]
    started_at: str
    handed_in_at: str
    asked: Sequence[Asked]


def pieces(attempts: Iterable[AttemptLines]) -> Iterator[bytes]:
    """The file in pieces of some thousand lines, so that it need not be held whole."""
    yield csv_bytes([COLUMNS])
    text, waiting = _Texts(), list[str]()
    for one in attempts:
        lead = f"{','.join([text[cell] for cell in one.lead])},{one.started_at},{one.handed_in_at}"
        waiting += [
            f"{lead},{position},{text[question]},{text[version]},{text[objective]},{text[state]},{text[score]},{text[points]},"
            f"{'' if seconds is None else _seconds(seconds)},{text[certainty]}\r\n"
            for position, question, version, objective, state, score, points, seconds, certainty in one.asked
        ]
        if len(waiting) >= LINES:
            yield _bytes(waiting)
            waiting = []
            if len(text) > KEPT:
                text.clear()
    if waiting:
        yield _bytes(waiting)


class _Texts(dict[Cell, str]):
    """Cells as `spreadsheet` writes them: neutral, and quoted where CSV needs that."""

    def __missing__(self, cell: Cell) -> str:
        self[cell] = made = csv_bytes([["", cell]], mark=False).decode()[1:-2]
        return made


def _seconds(value: float) -> str:
    """To the millisecond."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _bytes(lines: list[str]) -> bytes:
    return "".join(lines).encode()
