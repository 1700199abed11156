"""One quiz: its rules, what a learner sees when, its questions, and the result at each moment."""

from __future__ import annotations

from dataclasses import asdict
from html import escape

import streamlit as st

from course.learning.moments import Moment
from course.services.authoring import Tried
from course.services.authoring.views import EntryLine, QuizPreview
from course.services.study.wording import counted
from course.ui.components import page
from course.ui.components.findings import listed
from course.ui.components.markup import inline
from course.ui.components.source_link import written_in
from course.ui.pages.instructor.preview_parts import address
from course.ui.pages.instructor.rehearsing import rehearsing
from course.ui.pages.learner import result
from course.ui.pages.learner.quiz import KIND_WORDS
from course.ui.visit import Visit, query

_COLUMNS = {
    "score": "Score",
    "correctness": "What was right",
    "feedback": "Feedback",
    "explanation": "Explanations",
    "key": "Right answers",
}


def draw(visit: Visit) -> None:
    """Raises NotFound for an unknown quiz or moment, and to those who may not look."""
    view = visit.process.authoring.quiz(visit.caller.learner, query("quiz"), query("moment"))
    if view.moment is not None and view.result is not None:
        _result(visit, view, view.moment)
        return
    page.begin()
    page.masthead(f"Preview, {KIND_WORDS[view.kind].lower()}", view.title, view.description, "Nothing you do here is stored or counts.")
    page.small_print(written_in(visit, str(view.place)))
    if view.findings:
        page.section("To mend")
        st.html(listed(view.findings))
    page.section("What a learner sees when", "From the quiz's own rules.")
    page.table(["When", *_COLUMNS.values(), "See it"], [_moment(view, m) for m in view.moments], label="What a learner sees when")
    page.section("How it works")
    st.html('<ul class="k-list">' + "".join(f"<li>{escape(line)}</li>" for line in view.rules) + "</ul>")
    drawn = f"An attempt asks {view.drawn} of them." if view.drawn != len(view.entries) else "An attempt asks all of them."
    page.section(counted(len(view.entries), "question").capitalize(), drawn)
    page.table(
        ["No.", "Question", "Type", "Objective", "Points"], [_entry(view, e) for e in view.entries], label="Questions", numeric=(0, 4)
    )
    visit.link("preview", "The whole course")


def _result(visit: Visit, view: QuizPreview, moment: Moment) -> None:
    """The page that a learner gets, of an attempt that never was."""
    page.begin("read")
    page.fine(f"Preview of the result of an attempt that never was, as it stands when this is so: {moment.words}.")
    with st.container(horizontal=True, gap="medium", key="preview_moments"):
        visit.link("preview", "Back to the quiz", quiz=view.id)
        for other in view.moments:
            if other.over and other.id != moment.id:
                visit.link("preview", other.words[0].upper() + other.words[1:], quiz=view.id, moment=other.id)
    assert view.result is not None, "asked only where there is one"
    result.show(rehearsing(visit, Tried(), clinician=False), view.result)


def _moment(view: QuizPreview, moment: Moment) -> list[str]:
    shown = asdict(moment.shown)
    seen = [page.mark("right", spoken=False) + '<span class="k-sr">shown</span>' if shown[name] else "–" for name in _COLUMNS]
    if moment.over:
        where = (
            f'<a href="{address(quiz=view.id, moment=moment.id)}" target="_self">The result<span class="k-sr"> {moment.words}</span></a>'
        )
    else:
        first = view.entries[0].id if view.entries else ""
        state = "" if moment.id == "open" else "wrong"
        address_of = address(question=first, quiz=view.id, moment=moment.id, state=state)
        where = f'<a href="{address_of}" target="_self">A question<span class="k-sr"> {moment.words}</span></a>' if first else "–"
    return [moment.words[0].upper() + moment.words[1:], *seen, where]


def _entry(view: QuizPreview, entry: EntryLine) -> list[str]:
    stem = entry.stem.strip().split("\n\n")[-1]
    away = f"<small>written in {escape(entry.origin)}</small>" if entry.origin else ""
    mend = f"<small>{counted(entry.findings, 'thing')} to mend</small>" if entry.findings else ""
    name = f'<a href="{address(question=entry.id)}" target="_self">{escape(entry.id)}</a>'
    return [
        str(entry.number),
        f"{name}<small>{inline(stem)}</small>{away}{mend}",
        escape(entry.type_title),
        escape(entry.objective),
        f"{entry.points:g}",
    ]
