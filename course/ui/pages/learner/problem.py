"""Reporting a problem with a question. `?q=question`."""

from __future__ import annotations

from typing import Final

import streamlit as st

from course.errors import NotFound
from course.services.study.reporting import MOST
from course.ui.components import acting, closed, page
from course.ui.components.markup import block
from course.ui.visit import Visit, query

NOTICE: Final = (
    "Write about the question alone: a mistake, two right answers, words that cannot be understood. Write nothing about yourself, "
    "your health or anybody's use of anything. Those who look after your class read it, without your name; you can take it "
    "away and erase it with the rest of your data."
)


def draw(visit: Visit) -> None:
    asked = query("q")
    try:
        stem = visit.study.reportable(visit.learner, asked)
    except NotFound:
        closed.draw(visit)
        return
    page.begin("read")
    page.masthead("Question", "Report a problem with this question")
    page.quoted(block(stem))
    acting.outcome()
    page.fine(NOTICE)
    key = f"problem_{asked}"
    with st.form("problem", border=False):
        st.text_area("What is wrong with it?", key=key, max_chars=MOST, height=160)

        def send() -> str:
            visit.study.report(visit.begin(), asked, acting.field(key))
            st.session_state[key] = ""
            return "Thank you. It is kept for those who look after the question."

        acting.submit("Send the report", send, key="send_problem")
    visit.link("progress", "Back to your progress")
