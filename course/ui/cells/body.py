"""What a kind of cell brings: its word for the margin and how its body is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from course.services.study.views import CellView, ModuleView
from course.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class CellBody:
    """One kind of cell. `draw` fills the open frame. `titled` False: the body draws its own heading."""

    word: str
    draw: Callable[[Visit, ModuleView, CellView], None]
    titled: bool = True
