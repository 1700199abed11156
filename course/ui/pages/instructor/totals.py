"""How a class's totals are made: what is dropped, which grades they earn, what learners see; with who would get what."""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from course.analytics.gradebook import LABEL_LENGTH, Scale
from course.services.study.wording import counted
from course.services.teach.book_views import BookView, Earned
from course.services.teach.class_book import SCALES
from course.ui import failure, state
from course.ui.components import acting, page
from course.ui.visit import Visit

_OWN: Final = "Grades of your own"
_BEFORE: Final = "scale_before"
MOST_GRADES: Final = 12
_NAMED: Final = 6
"""So many names stand beside a grade."""


@st.fragment
def draw(visit: Visit, view: BookView) -> None:
    page.section("How totals are made", "For the whole class. Nothing changes before you save.")
    now = view.settings
    known = next((name for name, scale in SCALES.items() if scale == now.scale), _OWN)
    names = [*SCALES, _OWN]
    left, right = st.columns(2)
    drop = left.number_input("Lowest scores that are dropped", 0, 40, now.drop_lowest, 1, key="set_drop")
    chosen = right.selectbox("Grades", names, index=names.index(known), key="set_scale")
    if chosen != _OWN:
        state.remember(_BEFORE, chosen)
    scale = _edited(now.scale, str(state.recall(_BEFORE, ""))) if chosen == _OWN else SCALES[chosen]
    mean = st.checkbox("Learners see the class’s mean", now.show_mean, key="set_mean")
    place = st.checkbox("Learners see their own place in the class", now.show_place, key="set_place")
    service, who = visit.process.classes, visit.caller.learner
    with failure.said_here():
        stored = drop == now.drop_lowest and scale == now.scale
        earned = view.earned if stored else service.who_gets(who, view.cohort, drop_lowest=drop, steps=scale.steps, below=scale.below)
        _who_gets(earned)
        if st.button("Save", key="set_save"):
            service.grade_settings(
                who, view.cohort, drop_lowest=drop, steps=scale.steps, below=scale.below, show_mean=mean, show_place=place
            )
            acting.tell(f"Totals are made anew: {counted(drop, 'lowest score')} dropped; {_in_words(earned)}.")
            st.rerun()


def _edited(now: Scale, before: str) -> Scale:
    """A row for each grade: its name and where it begins, from those that were chosen `before` on."""
    start = SCALES.get(before, now)
    now, tag = start, "" if start == now else f"_{before[:4].lower()}"
    many = st.number_input("Grades above the lowest", 1, MOST_GRADES, len(now.steps), 1, key=f"set_steps{tag}")
    steps = []
    for row in range(int(many)):
        label, least = now.steps[row] if row < len(now.steps) else ("", max(0.0, now.steps[-1][1] - 0.1 * (row - len(now.steps) + 1)))
        left, right = st.columns([1, 1])
        name = left.text_input(f"Grade {row + 1}", label, max_chars=LABEL_LENGTH, key=f"set_label{tag}_{row}")
        share = right.number_input(
            f"Grade {row + 1} from, in %", 0.0, 100.0, round(100 * least, 2), 1.0, format="%g", key=f"set_least{tag}_{row}"
        )
        steps.append((name, round(share / 100, 6)))
    below = st.text_input("Below all of them", now.below, max_chars=LABEL_LENGTH, key=f"set_below{tag}")
    return Scale(tuple(steps), below)


def _who_gets(earned: tuple[Earned, ...]) -> None:
    def names(one: Earned) -> str:
        more = f" and {len(one.names) - _NAMED} more" if len(one.names) > _NAMED else ""
        return escape(", ".join(one.names[:_NAMED]) + more) or "nobody"

    page.table(
        ["Grade", "From", "Learners", "Who, by today’s totals"],
        [[escape(e.label), "below" if e.least is None else f"{100 * e.least:g} %", str(len(e.names)), names(e)] for e in earned],
        label="Who would get which grade",
        numeric=(1, 2),
    )


def _in_words(earned: tuple[Earned, ...]) -> str:
    return ", ".join(f"{e.label} {len(e.names)}" for e in earned)
