"""A module's notebook: numbered cells in one column, where you are, and the way to the next cell. `?m=module&cell=id`."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.errors import NotFound
from course.learning.progress import CellState
from course.services.study.views import CellView, ModuleView
from course.services.study.wording import cell_title
from course.ui import failure, reading, state
from course.ui.cells import BODIES, draw_cell, frame
from course.ui.components import author, browser, page
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    page.begin("read")
    view = _view(visit)
    if view is None:
        page.masthead("", "There is no such module", "The address names a module this course does not have.")
        visit.link("", "Back to the start page")
        return
    here = _here(view)
    reading.keep(view)
    _masthead(visit, view)
    last = _open_until(view, here)
    found = author.for_cells(visit.process, view.id)
    for cell in view.cells[:last]:
        if BODIES[cell.cell.kind].alone:
            _alone(visit, view.id, cell.number)
        else:
            draw_cell(visit, view, cell)
        author.note(visit.process, found.get(cell.cell.id, ()))
    frame.stubs((cell.number, BODIES[cell.cell.kind].word, _title(cell)) for cell in view.cells[last:])
    _foot(visit, view, here)
    browser.go_to(*state.scroll_target())


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


def _open_until(view: ModuleView, here: int) -> int:
    """Cells are open up to the furthest one touched; later ones are one-line stubs, so nothing heavy is drawn."""
    touched = [c.number for c in view.cells if c.state is not CellState.UNSEEN]
    return max([here, *touched])


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
    page.masthead(f"Module {view.number} of {count}", view.title, view.summary, meta, after=notice + aims + _progress_line(view))


def _title(cell: CellView) -> str:
    return cell_title(cell.cell) or (cell.checkpoint.title if cell.checkpoint else "Checkpoint")


@st.fragment
def _alone(visit: Visit, module_id: str, number: int) -> None:
    """A cell of which a click redraws nothing else but the line of progress."""
    view = reading.kept(module_id)
    draw_cell(visit, view, view.cells[number - 1])
    if reading.has_changed(module_id):
        browser.move_progress(view.done, view.total, _progress_label(view), key=f"progress_{number}")


def _foot(visit: Visit, view: ModuleView, here: int) -> None:
    total = len(view.cells)
    left = f", about {view.minutes_left} minutes left" if view.minutes_left else ""
    with st.bottom:
        failure.trouble()
    with (
        st.bottom,
        st.container(key="next_bar", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", wrap=False),
    ):
        st.html(f'<p class="k-pos"><b>Cell {here}</b> of {total}<span>{left}</span></p>', width="content")
        with st.container(horizontal=True, width="content", gap="xsmall", vertical_alignment="center", key="next_buttons", wrap=False):
            with st.popover("Contents", type="tertiary", icon=":material/list:", key="contents", on_change="rerun") as box:
                if box.open:
                    _contents(view)
            if here < total:
                st.button("Next cell", key="next", type="primary", shortcut="Ctrl+ArrowRight", on_click=_next, args=(visit, view, here))
            else:
                st.button("Finish reading", key="next", type="primary", on_click=_next, args=(visit, view, here))


def _contents(view: ModuleView) -> None:
    with st.container(key="toc", gap=None):
        for cell in view.cells:
            st.button(
                f"{cell.number}. {_title(cell)}", key=f"toc_{cell.number}", type="tertiary", icon=_ICONS[cell.state], on_click=_jump,
                args=(view, cell.number), width="stretch",
            )  # fmt: skip


@failure.said_later
def _next(visit: Visit, view: ModuleView, here: int) -> None:
    """Pass this cell and go to the next one."""
    visit.study.open_cell(visit.begin(), view.id, view.cells[here - 1].cell.id)
    _jump(view, min(here + 1, len(view.cells)))


def _jump(view: ModuleView, number: int) -> None:
    reading.go(view.id, number)
    state.scroll_to(frame.key(number))


_ICONS = {
    CellState.UNSEEN: ":material/radio_button_unchecked:",
    CellState.SEEN: ":material/circle:",
    CellState.RIGHT: ":material/check:",
    CellState.WRONG: ":material/close:",
    CellState.NOW: ":material/adjust:",
}
