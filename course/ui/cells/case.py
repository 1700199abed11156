"""A fictional person's story, worked in stages: each is answered and judged before the next one is told."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from course.errors import CourseError
from course.questions.base import Json, Stage
from course.services.study.views import CellView, ModuleView, PracticeView
from course.ui import failure, reading, state
from course.ui.cells import question as whole
from course.ui.components import browser, controls, page, question, steps
from course.ui.visit import Visit

_CAUTION = (
    '<p class="k-fine">The person is invented. Working through the story is practice and no diagnosis of anybody. '
    'If it comes close to home, <a href="help" target="_blank">Get help</a> names people to talk to.</p>'
)
_trying_out = st.fragment(controls.draw_all)


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    """The stages answered so far as text, the next one with its button; the rest is not told yet."""
    _stages_of(visit, view, cell)
    target, stamp = state.scroll_target()
    if target.startswith(_place(cell, 0)[:-1]):
        browser.go_to(target, stamp, key=f"goto_{cell.cell.id}")


def _stages_of(visit: Visit, view: ModuleView, cell: CellView) -> None:
    asked = cell.practice
    stages = _stages(asked)
    if asked is None or not stages:
        whole.draw(visit, view, cell)
        return
    if asked.again.notice and not whole.head(visit, cell):
        page.fine(asked.again.notice)
    if not whole.head(visit, cell):
        question.stem(asked.again.stem)
    st.html(_CAUTION)
    over = asked.review is not None and not state.recall(_retry(cell))
    given = _given(asked.response if over else state.recall(_answers(cell)))
    told = [stage for stage in stages if stage.name in given]
    reviews = [visit.study.judge_stage(view.id, cell.cell.id, stage.name, given[stage.name]).review for stage in told]
    steps.answered([(s, r, f"Step {stages.index(s) + 1} of {len(stages)}") for s, r in zip(told, reviews, strict=True)], visit.catalogue)
    if over and asked.review is not None:
        with st.container(key=_place(cell, len(stages) + 1), gap="small"):
            question.verdict(asked.review, visit.catalogue)
        st.button(
            "Work it again", type="tertiary", icon=":material/replay:", key=f"again_{cell.cell.id}", on_click=_again, args=(cell,)
        )  # fmt: skip
        return
    number, stage = next((n, s) for n, s in enumerate(stages, 1) if s.name not in given)
    _ask(visit, view, cell, stage, number, len(stages))


def _ask(visit: Visit, view: ModuleView, cell: CellView, stage: Stage, number: int, count: int) -> None:
    """The stage that is worked on now."""
    asked = cell.practice
    assert asked is not None, "a case that asks has its question"
    if asked.changed:
        page.fine("This case has changed since you worked through it.")
    asking = controls.Asking(f"q_{cell.cell.id}_{number}", question.plain(stage.stem), folder=visit.folder(asked.again.folder))
    with st.container(key=_place(cell, number), gap="small"):
        st.html(steps.opening(stage, f"Step {number} of {count}", visit.catalogue))
        inputs = _trying_out if controls.are_live(stage.controls) else controls.draw_all
        inputs(stage.controls, None, asking)
        st.button(
            "Check the answer", type="primary", key=f"check_{cell.cell.id}_{number}", on_click=_check,
            args=(visit, view, cell, stage, asking),
        )  # fmt: skip
        if problem := state.take(_problem(cell)):
            st.warning(str(problem))


def _check(visit: Visit, view: ModuleView, cell: CellView, stage: Stage, asking: controls.Asking) -> None:
    """Judge this stage; after the last one the case is a try and is kept."""
    given = controls.response(stage.controls, asking)
    if given in (None, [], {}):
        state.remember(_problem(cell), "Choose or write an answer first.")
        return
    try:
        judged = visit.study.judge_stage(view.id, cell.cell.id, stage.name, given)
        if judged.problem:
            state.remember(_problem(cell), judged.problem)
            return
        _go_on(visit, view, cell, {**_given(state.recall(_answers(cell))), stage.name: given})
    except CourseError as refusal:
        state.remember(_problem(cell), failure.sentence(refusal))


def _go_on(visit: Visit, view: ModuleView, cell: CellView, answers: dict[str, Json]) -> None:
    """To the next stage, or with all of them answered to the verdict; what could not be kept is asked again."""
    asked = cell.practice
    assert asked is not None, "a case that asks has its question"
    left = [n for n, stage in enumerate(_stages(asked), 1) if stage.name not in answers]
    if left:
        state.remember(_answers(cell), answers)
    else:
        learner = visit.begin()
        done = visit.study.answer_practice(learner, view.id, cell.cell.id, answers, asked.tries)
        if done.problem:
            state.remember(_problem(cell), done.problem)
        else:
            state.forget(_retry(cell))
            reading.again(visit, learner, view.id)
        state.forget(_answers(cell))
    state.scroll_to(_place(cell, left[0] if left else len(answers) + 1))


def _again(cell: CellView) -> None:
    state.forget(_answers(cell))
    state.remember(_retry(cell), True)
    state.scroll_to(_place(cell, 1))


def _stages(asked: PracticeView | None) -> tuple[Stage, ...]:
    return tuple(c for c in asked.again.controls if isinstance(c, Stage)) if asked is not None else ()


def _given(kept: object) -> Mapping[str, Json]:
    return kept if isinstance(kept, dict) else {}


def _place(cell: CellView, number: int) -> str:
    return f"step_{cell.cell.id}_{number}"


def _answers(cell: CellView) -> str:
    return f"stages_{cell.cell.id}"


def _retry(cell: CellView) -> str:
    return f"retry_{cell.cell.id}"


def _problem(cell: CellView) -> str:
    return f"problem_{cell.cell.id}"
