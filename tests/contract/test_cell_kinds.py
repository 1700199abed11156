"""Every kind of cell an author can write is drawn, and every file that draws one is listed."""

from __future__ import annotations

from pathlib import Path

import course.ui.cells
from course.content.directives import DIRECTIVES
from course.learning.outline import CellKind
from course.ui.cells import BODIES
from tests.contract.listing import assert_listed

FRAME = {"__init__", "body", "frame"}


def test_every_kind_has_a_body() -> None:
    bare = sorted(set(CellKind) - set(BODIES))
    assert not bare, f"nothing draws {', '.join(bare)}: add a line to `BODIES` in course/ui/cells/__init__.py"
    assert {d.kind for d in DIRECTIVES} <= set(BODIES)


def test_every_file_that_draws_a_kind_is_listed() -> None:
    files = {p.stem for p in Path(course.ui.cells.__file__).parent.glob("*.py")} - FRAME
    drawers = [f for body in BODIES.values() for f in (body.draw, body.markup) if f is not None]
    listed = {f.__module__.rsplit(".", 1)[-1] for f in drawers}
    assert_listed(files, listed, "course/ui/cells", "`BODIES` in course/ui/cells/__init__.py")


def test_every_kind_can_be_drawn() -> None:
    assert not [kind for kind, body in BODIES.items() if body.draw is None and body.markup is None]
