"""The gradebook: a table of percentages in six steps of colour, sorted and filtered; grades changed; files; settings. `?c=cohort`."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from course.access.permissions import Action, may
from course.errors import Refused
from course.interop.registry import GRADEBOOK
from course.services.study.wording import counted
from course.services.teach.book_views import BookCell, BookColumn, BookRow, BookView, Show
from course.services.teach.class_book import EXEMPT, IN_PROGRESS, NOT_YOURS
from course.ui.components import acting, page
from course.ui.pages.instructor import around, totals
from course.ui.visit import Visit

STEPS: Final = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Where a cell's colour changes: six discrete steps, so that every printed number keeps its contrast."""


def draw(visit: Visit) -> None:
    cohort = around.chosen(visit)
    with around.refused_as_missing(visit):
        service, who = visit.process.classes, visit.caller.learner
        view = service.gradebook(
            who,
            cohort,
            sort=acting.field("book_sort") or "name",
            down=bool(st.session_state.get("book_down")),
            group=_every(acting.field("book_group")),
            text=acting.field("book_text"),
            show=Show(acting.field("book_show") or Show.EVERYBODY),
            number=int(st.session_state.get("book_page") or 1),
        )
        page.begin()
        mean = f", mean {view.mean:.0%}" if view.mean is not None else ""
        page.masthead(f"{view.title}, {counted(view.learners, 'learner')}", "Gradebook", meta=f"Percentages, after penalties{mean}.")
        acting.outcome(visit)
        around.ways(visit, cohort, "gradebook")
        _filters(view)
        _table(view)
        if may(visit.actor, Action.GRADEBOOK_EXPORT, cohort=cohort):
            _files(view)
        if may(visit.actor, Action.GRADEBOOK_OVERRIDE, cohort=cohort):
            _change(visit, view)
        if may(visit.actor, Action.GRADEBOOK_EDIT, cohort=cohort):
            totals.draw(visit, view)


def _every(group: str) -> str:
    return "" if group == "All groups" else group


def _filters(view: BookView) -> None:
    page.section("Grades", f"{counted(view.found, 'learner')} of {view.learners}" if view.found != view.learners else "")
    names = {"name": "Name", "total": "Total", **{c.id: c.title for c in view.columns}}
    with st.container(horizontal=True, vertical_alignment="bottom", key="book_filters"):
        st.text_input("Name or address", key="book_text", width=190)
        st.selectbox("Show", list(Show), format_func=lambda s: Show(s).value, key="book_show", width=230)
        if view.groups:
            st.selectbox("Group", ["All groups", *view.groups], key="book_group", width=160)
        st.selectbox("Sort by", list(names), format_func=names.__getitem__, key="book_sort", width=190)
        st.checkbox("Highest first", key="book_down")


def _table(view: BookView) -> None:
    if not view.learners:
        page.empty("No learners yet.", "Each learner becomes a row here. Bring them in under People, by invitation or from a roster.")
        return
    if not view.rows:
        page.empty("Nobody to show.", "No learner is like that. Take a filter away.")
        return
    if not view.columns:
        page.empty("Nothing is assigned yet.", "Each assignment becomes a column here.")
        return
    head = "".join(f'<th scope="col">{escape(c.title)}<small>{_weight(c)}</small></th>' for c in view.columns)
    body = "".join(_row(view, row) for row in view.rows)
    mean = "".join(f"<td>{'–' if c.mean is None else f'{100 * c.mean:.0f}'}</td>" for c in view.columns)
    st.html(
        '<div class="k-book" role="region" aria-label="Gradebook, scrolls sideways" tabindex="0"><table><thead><tr>'
        f'<th scope="col">Learner</th><th scope="col">Total</th>{head}</tr></thead><tbody>{body}</tbody>'
        f'<tfoot><tr><th scope="row">Mean</th><td>{"–" if view.mean is None else f"{100 * view.mean:.0f}"}</td>{mean}</tr></tfoot></table></div>'
        '<p class="k-fine">Stronger colour is higher, in steps of ten. A dash: nothing yet; a ring: begun; * changed by hand; '
        "(brackets) dropped as the lowest; late is underlined.</p>"
    )
    if view.pages > 1:
        st.number_input(f"Page, of {view.pages}", 1, view.pages, key="book_page", width=140)


def _weight(column: BookColumn) -> str:
    return (
        "does not count"
        if column.weight == 0
        else f"weight {column.weight:g}"
        if column.weight != 1
        else f"{column.handed_in} of {column.asked}"
    )


def _row(view: BookView, row: BookRow) -> str:
    total = "–" if row.total is None else f"{100 * row.total:.0f}"
    label = f" <small>{escape(row.label)}</small>" if row.label else ""
    link = f'<a href="learner?c={escape(view.cohort)}&amp;l={escape(row.learner)}" target="_self">{escape(row.name)}</a>'
    group = f"<small>{escape(row.group)}</small>" if row.group else ""
    cells = "".join(map(_cell, row.cells))
    return f'<tr><th scope="row">{link}{group}</th><td class="k-total">{total}{label}</td>{cells}</tr>'


def _cell(cell: BookCell) -> str:
    if cell.state == NOT_YOURS:
        return '<td class="k-none"><span class="k-sr">not assigned</span></td>'
    if cell.state == EXEMPT and not cell.changed:
        return '<td class="k-none">exempt</td>'
    if cell.share is None:
        word = "○" if cell.state == IN_PROGRESS else "–"
        spoken = "begun" if word == "○" else "nothing yet"
        late = '<span class="k-sr">, late</span>' if cell.late else ""
        shown = f'<span aria-hidden="true">{word}</span><span class="k-sr">{spoken}</span>'
        return f'<td class="k-none{" k-islate" if cell.late else ""}">{shown}{late}</td>'
    step = sum(cell.share >= edge - 1e-9 for edge in STEPS)
    number = f"{100 * cell.share:.0f}{'*' if cell.changed else ''}"
    spoken = "".join(f", {word}" for word, yes in (("changed", cell.changed), ("dropped", cell.dropped), ("late", cell.late)) if yes)
    text = f"({number})" if cell.dropped else number
    return f'<td class="k-s{step}{" k-islate" if cell.late else ""}">{text}<span class="k-sr">{spoken}</span></td>'


def _files(view: BookView) -> None:
    page.section("Take it away", "The whole class, whatever is filtered above.")
    rows = "".join(
        f'<li><a href="/download/gradebook/{escape(view.cohort)}/{f.id}.{f.ending}" download>{escape(f.words)}</a></li>' for f in GRADEBOOK
    )
    st.html(
        f'<ul class="k-list">{rows}<li><a href="/download/answers/{escape(view.cohort)}.csv" download>Every question of every attempt</a>'
        "<small>CSV, one line a question, with objective, version and seconds. What learners wrote is not in it.</small></li></ul>"
    )


def _change(visit: Visit, view: BookView) -> None:
    if not view.rows or not view.columns:
        return
    page.section("Change a grade", "Of the learners shown above. The reason is kept, and so is what the grade was.")
    people, columns = {r.learner: r.name for r in view.rows}, {c.id: c.title for c in view.columns}
    service, who = visit.process.classes, visit.caller.learner
    left, right = st.columns(2)
    learner = left.selectbox("Learner", list(people), format_func=people.__getitem__, key="change_learner")
    column = right.selectbox("Assignment", list(columns), format_func=columns.__getitem__, key="change_column")
    history = service.grade_history(who, view.cohort, column, learner)
    with st.form("change_grade", border=False):
        left, right = st.columns([1, 3])
        left.text_input("Percent", key="change_share", placeholder="85")
        right.text_input("Reason", key="change_reason", max_chars=500)

        def change(back: bool = False) -> str:
            share = None if back else _percent(acting.field("change_share"))
            service.override(who, view.cohort, column, learner, share, acting.field("change_reason"))
            st.session_state["change_share"] = st.session_state["change_reason"] = ""
            now = "what the answers came to" if share is None else _told(share)
            return f"{people[learner]}, “{columns[column]}”: the grade is changed, to {now}. It stands below with its reason."

        with st.container(horizontal=True, key="change_actions"):
            acting.submit("Change the grade", change, key="change_now")
            if history and history[-1].share is not None:
                acting.submit("Take the change back", lambda: change(back=True), key="change_back")
    if history:
        page.table(
            ["When", "Who", "Change", "Reason"],
            [
                [
                    escape(f"{(at := visit.local(h.at)).day} {at:%b %Y, %H:%M}"),
                    escape(h.by_name or "somebody whose account is gone"),
                    f"{_told(h.before)} to {'what the answers came to' if h.share is None else _told(h.share)}",
                    escape(h.reason),
                ]
                for h in history
            ],
            label="Changes of this grade",
        )


def _percent(text: str) -> float:
    try:
        return float(text.strip().rstrip("%").strip().replace(",", ".")) / 100
    except ValueError:
        raise Refused("Write the grade as a number from 0 to 100.") from None


def _told(share: float | None) -> str:
    return "nothing" if share is None else f"{round(100 * share, 2):g}%"
