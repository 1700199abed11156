"""What people decided about a result: that it changed and why, and what a grader gave for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

import streamlit as st

from course.content.model import Catalogue
from course.services.study.views import HandMarkView, ReviewView
from course.ui.components import question
from course.ui.components.markup import inline


def notices(sentences: Iterable[str]) -> None:
    """Each beside a rule in the margin. The reasons in them were typed by a person and are no markup."""
    for sentence in sentences:
        st.html(f'<div role="note" class="k-callout"><p>{escape(sentence)}</p></div>')


def by_hand(review: ReviewView, given: HandMarkView, catalogue: Catalogue) -> None:
    """An answer that a person graded: what was written, the points for each line of the rubric, and the grader's comment."""
    written = tuple(line for line in review.lines if line.chosen) if given.lines else review.lines
    question.reviewed(
        replace(review, lines=written),
        catalogue,
        lead=f"Marked by a person: {_points(given.points)} of {_points(given.of)} points.",
        more=_rubric(given) + _comment(given) + (f"<p>{escape(given.note)}</p>" if given.note else ""),
        by_hand=True,
    )


def _rubric(given: HandMarkView) -> str:
    rows = "".join(f"<li>{inline(line.text)}: <b>{_points(line.points)} of {_points(line.of)}</b></li>" for line in given.lines)
    return f'<ul class="k-rubric" aria-label="Points by criterion">{rows}</ul>' if rows else ""


def _comment(given: HandMarkView) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in given.comment.splitlines() if part.strip())
    return f"<p><b>From the grader</b></p>{paragraphs}" if paragraphs else ""


def _points(value: float) -> str:
    return f"{round(value, 2):g}"
