"""The questions of a quiz: what is worth looking at in each, in words, and where in the files it stands."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from course.analytics.gates import GATES
from course.services.insight.items import ItemRow, ItemsView
from course.services.study.wording import counted
from course.ui.charts import items as charts
from course.ui.charts.figure import show, words
from course.ui.components import numbers, page
from course.ui.components.numbers import decimal, of_hundred, percent
from course.ui.components.source_link import source_link
from course.ui.pages.lead import filters, scale
from course.ui.tokens import current
from course.ui.visit import Visit

_ORDERS: Final = ("Gravest problem first", "Hardest first", "Fewest answers first", "As in the file")


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit)
    if chosen is None:
        return
    if not chosen[1].quiz:
        page.masthead("Questions", "Nothing handed in yet", "When somebody hands in a quiz, its questions are listed here.", compact=True)
        return
    both = visit.process.insight.questions(visit.caller.learner, chosen[1])
    view = both.items
    flagged = [row for row in view.rows if row.flags]
    enough = any(row.item.n >= GATES.flags for row in view.rows)
    nothing = "Nothing stands out" if enough else "Too few answers to say which questions to look at"
    title = f"{counted(len(flagged), 'question')} to look at" if flagged else nothing
    page.masthead(
        f"Questions of {view.title}", title, f"{counted(len(view.rows), 'question')}. {filters.in_words(view.lens)}", compact=True
    )
    _summary(view)
    _scatter(view, frozenset(row.id for row in flagged))
    _table(visit, view)
    scale.draw(both.scale)
    _left_out(view)
    filters.downloads(visit, view.lens, ("questions", "Questions"), ("quiz", "The quiz"), ("scale", "Difficulties"))


def _summary(view: ItemsView) -> None:
    page.section("The quiz", f"{counted(view.summary.n, 'attempt')}, {counted(view.summary.questions, 'question')} that carry points.")
    s = view.summary
    cells = [
        ("Mean, points", numbers.told(s.mean, "mean", decimal, what="attempts")),
        ("Alpha", numbers.told(s.alpha, "alpha", decimal, what="attempts")),
        ("Error of measurement, points", numbers.told(s.sem, "sem", decimal, what="attempts")),
        ("Error ratio", numbers.told(s.error_ratio, "error_ratio", of_hundred, what="attempts")),
        ("Questions for alpha 0.8", numbers.told(s.questions_needed, "questions_needed", lambda v: f"{v:.0f}", what="attempts")),
        ("Skewness", numbers.told(s.skewness, "skewness", decimal, what="attempts")),
        ("Kurtosis", numbers.told(s.kurtosis, "kurtosis", decimal, what="attempts")),
    ]
    page.table(["Number", "Value"], [[head, cell] for head, cell in cells], label="The quiz as a whole", numeric=(1,))


def _scatter(view: ItemsView, flagged: frozenset[str]) -> None:
    placed = [row for row in view.rows if row.item.facility.value is not None and row.item.item_rest.value is not None]
    if len(placed) < 2:
        return
    enough = any(row.item.n >= GATES.flags for row in view.rows)
    none = "No question is marked" if enough else f"No question has the {GATES.flags} answers that a mark needs"
    title = f"{len(flagged)} of {len(view.rows)} are marked" if flagged else none
    show(
        charts.scatter([row.item for row in view.rows], flagged, current()),
        key="items",
        title=title,
        head=words(title, f"Each mark is a question, from {counted(view.summary.n, 'attempt')}: easier to the right, telling people apart better further up. Diamonds have a flag."),
        alt="; ".join(f"{r.id}: {numbers.shown(r.item.facility, percent)}, correlation {numbers.shown(r.item.item_rest)}" for r in placed) + ".",
        table=(
            ["Question", "Share of the points", "Correlation with the rest", "Flags"],
            [[r.id, numbers.shown(r.item.facility, percent), numbers.shown(r.item.item_rest), str(len(r.flags))] for r in placed],
        ),
    )  # fmt: skip


def _table(visit: Visit, view: ItemsView) -> None:
    page.section("Every question", "A number opens how it is computed and from how many.")
    order = st.selectbox("Order", _ORDERS, key="order", width=240)
    page.table(
        ["Question", "Answers", "Share of the points", "Correlation", "Efficiency", "Weight", "Worth looking at"],
        [_row(visit, row, view) for row in _ordered(view.rows, order or _ORDERS[0])],
        label=f"Questions of {view.title}",
        numeric=(1, 2, 3, 4, 5),
    )


def _ordered(rows: Sequence[ItemRow], order: str) -> list[ItemRow]:
    keys = {
        _ORDERS[1]: lambda row: 2.0 if row.item.facility.value is None else row.item.facility.value,
        _ORDERS[2]: lambda row: row.item.n,
        _ORDERS[3]: lambda row: (row.place.rpartition(":")[0], int(row.place.rpartition(":")[2] or 0) if row.place[-1:].isdigit() else 0),
    }
    return sorted(rows, key=keys[order]) if order in keys else list(rows)


def _row(visit: Visit, row: ItemRow, view: ItemsView) -> list[str]:
    item, link = row.item, urlencode(filters.address(view.lens, q=row.id))
    said = "".join(f"<p>{escape(flag.sentence)}</p>" for flag in row.flags)
    reports = f"<p>{counted(row.reports, 'report')} by learners.</p>" if row.reports else ""
    return [
        f'<a href="/insight-question?{escape(link)}" target="_self">{escape(row.stem)}</a><small>{escape(row.id)}</small><small>{source_link(visit, view.lens.cohort, row.id, row.place)}</small>{_history(row, link)}',
        numbers.count(item.n, *_counted(row)),
        numbers.told(item.facility, "facility", percent),
        numbers.told(item.item_rest, "item_rest", decimal),
        numbers.told(item.discriminative_efficiency, "discriminative_efficiency", of_hundred),
        numbers.told(item.effective_weight, "effective_weight", of_hundred),
        (said + reports) or "–",
    ]  # fmt: skip


def _history(row: ItemRow, link: str) -> str:
    """The way to its versions, where there is more than one."""
    if row.versions < 2:
        return ""
    return f'<small><a href="/insight-question?{escape(link)}" target="_self">{row.versions} versions</a></small>'


def _counted(row: ItemRow) -> tuple[str, ...]:
    lines = ["Answers that count: answered and graded, or left blank (0 points).", f"{row.item.omitted} of them left blank."]
    if row.item.rapid:
        lines.append(f"{counted(row.item.rapid, 'rapid guess', 'rapid guesses')} left out.")
    if row.versions > 1:
        lines.append(f"They are of {row.versions} versions of the question.")
    return tuple(lines)


def _left_out(view: ItemsView) -> None:
    page.section("What is left out", "Of everything that was handed in under these filters, whichever attempts are chosen.")
    page.fine(
        f"{counted(view.rapid, 'rapid guess', 'rapid guesses')} (faster than a tenth of the question's mean time and than ten seconds); "
        f"{view.not_reached} not reached (blank at the end of an attempt that the clock handed in); {view.not_presented} not presented "
        f"(passed over at a content notice); {view.waiting} waiting for a person to grade them, or withdrawn. Blank answers count 0."
    )
    page.fine("From 10 answers on statistics are shown, from 30 on flags, and those only when the 95% interval leaves no other reading.")
