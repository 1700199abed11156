"""A question asked in a notebook: stem, inputs, one button; afterwards the answer as text, with what it teaches."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from course.content.model import Catalogue
from course.questions.base import Json, PickPoint, State
from course.services.study.views import QuestionView, ReviewView
from course.ui.components import answers, pictures
from course.ui.components.markup import block, inline

LEADS: Final = {
    State.RIGHT: "Right.",
    State.PARTIAL: "Partly right.",
    State.WRONG: "Not quite.",
    State.OMITTED: "No answer given.",
    State.INVALID: "This answer could not be read.",
    State.MANUAL: "To be marked by a person.",
    State.RECORDED: "Recorded.",
}


def stem(text: str, *, level: int = 2) -> None:
    """The question itself, as a heading."""
    before, _, last = text.strip().rpartition("\n\n")
    if before:
        st.markdown(before)
    st.html(_heading(last, level))


def stem_markup(text: str, *, level: int = 2) -> str:
    """As `stem`, for where it joins other markup."""
    before, _, last = text.strip().rpartition("\n\n")
    return (block(before) if before else "") + _heading(last, level)


def _heading(text: str, level: int) -> str:
    return f'<h{level} class="k-question">{inline(text)}</h{level}>'


def plain(text: str) -> str:
    """The stem as the spoken name of its inputs: no markup, the last paragraph only."""
    return re.sub(r"<[^>]+>", "", inline(text.strip().split("\n\n")[-1])).replace("&quot;", '"').replace("&amp;", "&")


def picture(view: QuestionView, folder: Path | None, *, given: Json = None, answered: bool = False) -> None:
    """The question's figure, if it has one. One that is pointed at stands among the inputs; `answered`, it shows where."""
    points = any(isinstance(control, PickPoint) for control in view.controls)
    if view.figure is not None and (answered or not points):
        st.html(pictures.markup(view.figure, folder, pictures.on_figure(given, view.figure) if points else None))


def reviewed(review: ReviewView, catalogue: Catalogue, *, lead: str = "", said: str = "", more: str = "", by_hand: bool = False) -> None:
    """An answered question: lines of text, then the verdict with its reasons. `more` is safe markup at the end.

    `said` follows the verdict, whichever it is. `by_hand`: a person graded it, so that no single line is right or wrong.
    """
    answers.answered(review.lines, review.state, key_shown=review.key_shown, by_hand=by_hand or review.state is State.MANUAL)
    verdict(review, catalogue, lead=lead, said=said, more=more)


def verdict(review: ReviewView, catalogue: Catalogue, *, lead: str = "", said: str = "", more: str = "") -> None:
    """The verdict with its reasons, where the lines stand already. `said` follows it, `more` is safe markup at the end."""
    outcome = f"<p>{inline(review.outcome)}</p>" if review.outcome else ""
    inlined = {line.comment for line in review.lines}
    loose = "".join(f"<p>{inline(c.text)}</p>" for c in review.comments if c.text and not any(c.text in told for told in inlined))
    reason = block(review.explanation) + _cited(review.cites, catalogue) if review.explanation else ""
    body = outcome + loose + reason + more
    if review.state is not None:
        answers.feedback(review.state, (lead or LEADS[review.state]) + said, body)
    elif body:
        st.html(f'<div class="k-feedback k-plain">{body}</div>')


def _cited(cites: tuple[str, ...], catalogue: Catalogue) -> str:
    known = [(key, catalogue.course.references[key].short) for key in cites if key in catalogue.course.references]
    links = ", ".join(f'<a href="references?key={escape(key)}" target="_blank">{escape(short)}</a>' for key, short in known)
    return f'<p class="k-cite">{links}</p>' if links else ""
