"""What a kind of cell brings: its word for the margin and how its body is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from course.services.study.views import CellView, ModuleView
from course.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class CellBody:
    """One kind of cell. `titled` False: the body has its own heading.

    `markup` gives the body as safe markup; the whole cell is then one element, which is what a page of many cells costs a
    click. `draw` fills the open frame instead, for kinds with inputs and for bodies of which `markup` makes ""; `head` is
    safe markup that stands above it. `alone`: it has inputs, whose clicks redraw this cell. `nearby`: it is drawn otherwise
    while the reader is at it or beside it.
    """

    word: str
    draw: Callable[[Visit, ModuleView, CellView], None] | None = None
    titled: bool = True
    head: Callable[[Visit, CellView], str] | None = None
    markup: Callable[[Visit, CellView], str] | None = None
    alone: bool = False
    nearby: bool = False
