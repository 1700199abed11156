"""A case told part by part, in a notebook and in a quiz: what was answered stands as text, one part is asked, the rest is not told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from course.content.model import Catalogue
from course.questions.base import Control, Json, Stage, is_blank
from course.services.study.views import ReviewView, SlotView
from course.ui import state
from course.ui.components import answers, browser, controls, page
from course.ui.components.controls import stage as one_stage
from course.ui.components.markup import block
from course.ui.components.prose import is_rich, prose
from course.ui.components.question import LEADS, stem, stem_markup


def stages(asked: Sequence[Control]) -> tuple[Stage, ...]:
    """The parts of a case; empty for a question that is none."""
    return tuple(control for control in asked if isinstance(control, Stage))


def opening(stage: Stage, label: str, catalogue: Catalogue) -> None:
    """The head of the part that is asked now, what it tells and what it asks."""
    one_stage.opening(replace(stage, text=prose(stage.text, catalogue)), label)


def answered(parts: Sequence[tuple[Stage, ReviewView, str]], catalogue: Catalogue) -> None:
    """Answered parts with their labels, in order: as one element, those with formulas or tables in them apart."""
    plain: list[str] = []
    for stage, review, label in parts:
        if any(map(is_rich, (stage.text, stage.stem, review.explanation))):
            _together(plain)
            plain = []
            _answered_richly(stage, review, label, catalogue)
        else:
            plain.append(_answered(stage, review, label, catalogue))
    _together(plain)


def _together(drawn: Sequence[str]) -> None:
    if drawn:
        st.html("".join(drawn))


def _answered(stage: Stage, review: ReviewView, label: str, catalogue: Catalogue) -> str:
    told = f'<div class="k-prose">{block(prose(stage.text, catalogue))}</div>' if stage.text else ""
    why = block(review.explanation) if review.explanation else ""
    said = f'<div class="k-said">{_lead(review)}{why}</div>' if why or _lead(review) else ""
    asked = stem_markup(stage.stem, level=4)
    return f'<section class="k-told"><h3 class="k-step">{escape(label)}</h3>{told}{asked}{_lines(review)}{said}</section>'


def _answered_richly(stage: Stage, review: ReviewView, label: str, catalogue: Catalogue) -> None:
    """The same as elements of Streamlit, whose Markdown draws formulas and tables."""
    with st.container(gap="small"):
        st.html(f'<h3 class="k-step">{escape(label)}</h3>')
        if stage.text:
            st.markdown(prose(stage.text, catalogue))
        stem(stage.stem, level=4)
        st.html(f'{_lines(review)}<div class="k-said">{_lead(review)}</div>')
        if review.explanation:
            st.markdown(review.explanation)


def _lines(review: ReviewView) -> str:
    return answers.listed(review.lines, review.state, key_shown=review.key_shown)


def _lead(review: ReviewView) -> str:
    """The verdict; "" while it is withheld."""
    if review.state is None:
        return ""
    return f"<p>{page.mark(answers.look(review.state)[1], spoken=False)}<b>{LEADS[review.state]}</b></p>"


def ask(slot: SlotView, catalogue: Catalogue, asking: controls.Asking) -> None:
    """A case in a quiz: the fixed parts with what was answered, and the inputs of the last one that is told."""
    told, fixed = stages(slot.question.controls), slot.telling.fixed if slot.telling is not None else ()
    with st.container(key=f"{asking.key}_inputs", gap="small"):
        answered([(stage, review, stage.label) for stage, review in zip(told, fixed, strict=False)], catalogue)
        if fixed:
            page.fine(
                "You went on from here, so these answers are fixed."
                if len(fixed) > 1
                else "You went on from here, so this answer is fixed."
            )
        stage, inner = _open(told, asking)
        given = slot.response.get(stage.name) if isinstance(slot.response, dict) else None
        one_stage.draw(replace(stage, text=prose(stage.text, catalogue)), given, inner)
    seen = f"told_{asking.key}"
    if fixed and not state.recall(seen):  # the page was opened anew: on with the part that was reached
        state.scroll_to(place(asking, len(told)))
    state.remember(seen, True)
    browser.go_to(*state.scroll_target())


def response(slot: SlotView, asking: controls.Asking) -> Json:
    """The response as the inputs hold it now, with the answers that are fixed."""
    told, given = stages(slot.question.controls), slot.response if isinstance(slot.response, dict) else {}
    stage, inner = _open(told, asking)
    value = one_stage.read(stage, inner)
    fixed = {one.name: given[one.name] for one in told[:-1] if one.name in given}
    return (fixed if is_blank(value) else {**fixed, stage.name: value}) or None


def place(asking: controls.Asking, number: int) -> str:
    """The container of the part with this number, counted from 1."""
    return f"{asking.key}_{number - 1}_stage"


def _open(told: Sequence[Stage], asking: controls.Asking) -> tuple[Stage, controls.Asking]:
    """The part that can be answered, and how it is asked."""
    return told[-1], asking.part(len(told) - 1, told[-1])
