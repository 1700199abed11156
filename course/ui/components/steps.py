"""The stages of a case as text: what is told, what was asked, how it was answered and why."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from course.content.model import Catalogue
from course.questions.base import Stage
from course.services.study.views import ReviewView
from course.ui.components import answers
from course.ui.components.markup import block
from course.ui.components.page import mark
from course.ui.components.prose import prose
from course.ui.components.question import LEADS, stem_markup


def opening(stage: Stage, label: str, catalogue: Catalogue) -> str:
    """The head of a stage, what it tells and what it asks, as safe markup."""
    told = f'<div class="k-prose">{block(prose(stage.text, catalogue))}</div>' if stage.text else ""
    return f'<h3 class="k-step">{escape(label)}</h3>{told}{stem_markup(stage.stem, level=4)}'


def answered(stages: Sequence[tuple[Stage, ReviewView | None, str]], catalogue: Catalogue) -> None:
    """Answered stages with their labels, in order, as one element."""
    if stages:
        st.html("".join(_answered(stage, review, label, catalogue) for stage, review, label in stages))


def _answered(stage: Stage, review: ReviewView | None, label: str, catalogue: Catalogue) -> str:
    if review is None:
        return f'<section class="k-told">{opening(stage, label, catalogue)}</section>'
    lines = answers.listed(review.lines, review.state, key_shown=review.key_shown)
    lead = f"{mark(answers.look(review.state)[1], spoken=False)}<b>{LEADS[review.state]}</b>" if review.state is not None else ""
    why = block(review.explanation) if review.explanation else ""
    return f'<section class="k-told">{opening(stage, label, catalogue)}{lines}<div class="k-said"><p>{lead}</p>{why}</div></section>'
