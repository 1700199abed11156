"""What mark a cell carries."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from course.learning.progress import CellState
from course.questions.base import State
from course.ui.cells import looks


@pytest.mark.parametrize(
    ("stored", "judged", "shown"),
    [
        (CellState.WRONG, State.PARTIAL, "partial"),
        (CellState.WRONG, State.WRONG, "wrong"),
        (CellState.WRONG, None, "wrong"),
        (CellState.RIGHT, State.PARTIAL, "right"),
        (CellState.NOW, State.PARTIAL, "now"),
    ],
)
def test_partly_right_is_not_marked_as_wrong(stored: CellState, judged: State | None, shown: str) -> None:
    practice = SimpleNamespace(review=SimpleNamespace(state=judged)) if judged is not None else None
    cell: Any = SimpleNamespace(state=stored, practice=practice)
    assert looks(cell) == shown
