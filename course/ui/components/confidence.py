"""Certainty against accuracy, on the page of a result."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.services.study.views import ConfidenceView
from course.ui.charts import calibration, figure
from course.ui.components import page, question
from course.ui.tokens import current


def draw(view: ConfidenceView) -> None:
    """The mark beside plain accuracy; where single questions may be spoken of, each level, and what was certain and wrong."""
    page.section("Confidence and knowledge")
    pairs = [
        (f"{view.mark:g} of {view.most:g}".replace("-", "\N{MINUS SIGN}"), "certainty mark"),
        (f"{view.right} of {view.answered}", "right, whatever the certainty"),
    ]
    if view.brier is not None:
        pairs.append((f"{view.brier:.2f}", "Brier score"))
    page.facts(pairs)
    if view.unstated:
        said = "answer names" if view.unstated == 1 else "answers name"
        page.fine(f"{view.unstated} {said} no certainty and {'is' if view.unstated == 1 else 'are'} left out here.")
    if not view.levels:
        page.fine("This mark stands beside your score and is no part of it.")
        return
    page.fine("Brier score: how far stated and real certainty lie apart. 0 is best; saying “half” to everything gets 0.25.")
    title = _finding(len(view.certain_and_wrong))
    sub = "Share of answers that were right at each level. The upright mark is the share that the level stands for."
    figure.show(
        calibration.draw(view.levels, current()),
        key="calibration",
        title=title,
        alt=calibration.in_words(view.levels),
        table=calibration.rows(view.levels),
        head=figure.words(title, sub),
    )
    if view.certain_and_wrong:
        rows = "".join(f"<li>{item.number}. {escape(question.plain(item.question.stem))}</li>" for item in view.certain_and_wrong)
        st.html(f'<h3 class="k-figtitle">Certain and wrong</h3><ul class="k-list">{rows}</ul>')


def _finding(wrong: int) -> str:
    if wrong == 0:
        return "Nothing was certain and wrong"
    return "One answer was certain and wrong" if wrong == 1 else f"{wrong} answers were certain and wrong"
