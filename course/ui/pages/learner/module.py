"""A module's notebook: numbered cells in one column, where you are, and the way to the next cell. `?m=module&cell=id`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Final

import streamlit as st

from course.diagnostics import Finding
from course.errors import NotFound
from course.learning.progress import CellState
from course.services.study.views import CellView, ModuleView
from course.services.study.wording import cell_title, contents_title
from course.ui import failure, reading, state
from course.ui.cells import BODIES, draw_cell, frame, looks
from course.ui.components import author, browser, page
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    page.begin("read")
    view = _view(visit)
    if view is None:
        page.masthead("", "There is no such module", "The address names a module this course does not have.")
        visit.link("", "Back to the start page")
        return
    _here(view)
    reading.keep(view)
    reading.begin_drawing(view.id, _ids(view))
    _masthead(visit, view)
    found = author.for_cells(visit.process, view.id)
    for cell in view.cells:
        _part(_cell, view.id, frame.key(cell.number))(visit, view.id, cell.number, found.get(cell.cell.id, ()))
    _part(_stubs, view.id, _LATER)(visit, view.id)
    _part(_foot, view.id, _FOOT)(visit, view.id)


@lru_cache(maxsize=512)
def _part(draw: Callable[..., None], module_id: str, name: str) -> Callable[..., None]:
    """A part of the page that is redrawn by itself: by a click in it, or when its name is among those that `_redraw` asks for."""
    return st.fragment(draw, key=_named(module_id, name))


def _named(module_id: str, name: str) -> str:
    return f"{module_id} {name}"


def _redraw(view: ModuleView) -> None:
    """End a callback: draw again what looks different now, and the foot. The rest of the page stays as it is."""
    parts = reading.to_redraw(view.id, _ids(view), _looks(view))
    if parts is None:
        st.rerun()
    st.rerun([_named(view.id, name) for name in (*parts, _FOOT)])


def _looks(view: ModuleView) -> dict[str, object]:
    """What each part of the page shows."""
    last = _open_until(view)
    return {frame.key(cell.number): _look(view, cell, last) for cell in view.cells} | {_LATER: last}


def _look(view: ModuleView, cell: CellView, last: int) -> object:
    if cell.number > last:
        return None
    return cell, BODIES[cell.cell.kind].nearby and reading.is_near(view.id, cell.number)


def _ids(view: ModuleView) -> tuple[str, ...]:
    return tuple(cell.cell.id for cell in view.cells)


def _view(visit: Visit) -> ModuleView | None:
    wanted = query("m") or _where_they_are(visit)
    try:
        return visit.study.module(visit.learner, wanted, clinician=visit.clinician)
    except NotFound:
        return None


def _where_they_are(visit: Visit) -> str:
    going_on = visit.study.home(visit.learner).continue_at
    return going_on.place.module if going_on else visit.catalogue.course.modules[0].id


def _here(view: ModuleView) -> int:
    """The cell the reader is at: where they last went in this session, the one the address names, else the next to do."""
    place = reading.place(view.id)
    asked = query("cell")
    by_id = {c.cell.id: c.number for c in view.cells}
    if asked in by_id and state.recall(f"asked_{view.id}") != asked:
        state.remember(f"asked_{view.id}", asked)
        reading.go(view.id, by_id[asked])
        state.scroll_to(frame.key(by_id[asked]))
        return by_id[asked]
    if 1 <= place <= len(view.cells):
        return place
    here = by_id.get(view.current or "", 1)
    reading.go(view.id, here)
    if here > 1:
        state.scroll_to(frame.key(here))
    return here


def _open_until(view: ModuleView) -> int:
    """Cells are open up to the furthest one touched; later ones are one-line stubs, so nothing heavy is drawn."""
    touched = [c.number for c in view.cells if c.state is not CellState.UNSEEN]
    return max([reading.place(view.id), *touched])


def _progress_line(view: ModuleView) -> str:
    return f'<div class="k-progressline">{page.meter(view.done, view.total, _progress_label(view))}</div>'


def _progress_label(view: ModuleView) -> str:
    return f"Module progress: {view.done} of {view.total} cells done"


def _masthead(visit: Visit, view: ModuleView) -> None:
    module = visit.catalogue.module(view.id)
    assert module is not None  # the service found it in the same snapshot
    objectives = "".join(f"<li>{escape(o.text)}</li>" for o in module.objectives)
    count = len(visit.catalogue.course.modules)
    meta = f"{len(view.cells)} cells, about {module.minutes} minutes"
    notice = f'<p class="k-desc"><b>Before you read.</b> {escape(view.content_notice)}</p>' if view.content_notice else ""
    aims = f'<details class="k-objectives"><summary>What you will be able to do</summary><ul>{objectives}</ul></details>'
    page.masthead(f"Module {view.number} of {count}", view.title, view.summary, meta, after=notice + aims)


def _title(cell: CellView) -> str:
    return cell_title(cell.cell) or (cell.checkpoint.title if cell.checkpoint else "Checkpoint")


def _listed(visit: Visit, cell: CellView) -> str:
    return contents_title(cell.cell, visit.catalogue) or _title(cell)


def _cell(visit: Visit, module_id: str, number: int, found: Sequence[Finding]) -> None:
    """One cell, as soon as it is open. A click in it redraws nothing else but the line of progress."""
    view = reading.kept(module_id)
    cell, last = view.cells[number - 1], _open_until(view)
    reading.drawn(module_id, frame.key(number), _look(view, cell, last))
    if number > last:
        return
    draw_cell(visit, view, cell)
    author.note(visit.process, found)
    if reading.has_changed(module_id):
        browser.move_progress(view.done, view.total, _progress_label(view), key=f"progress_{number}")


def _stubs(visit: Visit, module_id: str) -> None:
    """The cells that are not open yet."""
    view = reading.kept(module_id)
    last = _open_until(view)
    reading.drawn(module_id, _LATER, last)
    frame.stubs((cell.number, BODIES[cell.cell.kind].word, _title(cell)) for cell in view.cells[last:])


def _foot(visit: Visit, module_id: str) -> None:
    """Where the reader is and the way on, at the bottom of the window; and the scrolling there."""
    view = reading.kept(module_id)
    here, total = reading.place(module_id), len(view.cells)
    left = f", about {view.minutes_left} minutes left" if view.minutes_left else ""
    browser.go_to(*state.scroll_target())
    with st.bottom:
        failure.trouble()
    with (
        st.bottom,
        st.container(key="next_bar", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", wrap=False),
    ):
        st.html(f'{_progress_line(view)}<p class="k-pos"><b>Cell {here}</b> of {total}<span>{left}</span></p>', width="content")
        with st.container(horizontal=True, width="content", gap="xsmall", vertical_alignment="center", key="next_buttons", wrap=False):
            with st.popover("Contents", type="tertiary", icon=":material/list:", key="contents", on_change="rerun") as box:
                if box.open:
                    _contents(visit, view)
            going_on = (visit, module_id, view.cells[here - 1].cell.id)
            if here < total:
                st.button("Next cell", key="next", type="primary", shortcut="Ctrl+ArrowRight", on_click=_next, args=going_on)
            else:
                _finish(visit, view)


def _finish(visit: Visit, view: ModuleView) -> None:
    """Past the last cell, to the start page, which knows what comes next. A checkpoint there has its own button."""
    last = view.cells[-1]
    with st.container(key="next"):
        done = st.button("Finish reading", key="finish", type="secondary" if last.checkpoint else "primary")
    if done:
        with failure.said_here():
            visit.study.pass_cell(visit.begin(), view.id, last.cell.id, clinician=visit.clinician)
            visit.go("")


def _contents(visit: Visit, view: ModuleView) -> None:
    with st.container(key="toc", gap=None):
        for cell in view.cells:
            st.button(
                f"{cell.number}. {_listed(visit, cell)}", key=f"toc_{cell.number}", type="tertiary", icon=_ICONS[looks(cell)], on_click=_jump,
                args=(view, cell.number), width="stretch",
            )  # fmt: skip


@failure.said_later
def _next(visit: Visit, module_id: str, passed: str) -> None:
    """Pass this cell and go to the next one."""
    view = visit.study.pass_cell(visit.begin(), module_id, passed, clinician=visit.clinician)
    reading.keep(view)
    place = next((cell.number for cell in view.cells if cell.cell.id == passed), 0)
    _jump(view, min(place + 1, len(view.cells)))


def _jump(view: ModuleView, number: int) -> None:
    reading.go(view.id, number)
    state.scroll_to(frame.key(number))
    _redraw(view)


_FOOT: Final = "foot"
_LATER: Final = "later"
_ICONS = {
    CellState.UNSEEN.value: ":material/radio_button_unchecked:",
    CellState.SEEN.value: ":material/circle:",
    CellState.RIGHT.value: ":material/check:",
    CellState.WRONG.value: ":material/close:",
    "partial": ":material/refresh:",
    CellState.NOW.value: ":material/adjust:",
}
