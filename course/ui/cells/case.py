"""A fictional person's story, worked in stages: each is answered for good and judged before the next one is told."""

from __future__ import annotations

import streamlit as st

from course.errors import CourseError, Refused
from course.questions.base import Stage
from course.services.study.views import CellView, ModuleView
from course.ui import failure, reading, state
from course.ui.components import browser, controls, page, practised, question, staged
from course.ui.visit import Visit

_CAUTION = (
    '<p class="k-fine">The person is invented. Working through the story is practice and no diagnosis of anybody. '
    'If it comes close to home, <a href="help" target="_blank">Get help</a> names people to talk to.</p>'
)


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    """The stages answered so far as text, the next one with its button; the rest is not told yet."""
    _stages_of(visit, view, cell)
    target, stamp = state.scroll_target()
    if target.startswith(_place(cell, 0)[:-1]):
        browser.go_to(target, stamp, key=f"goto_{cell.cell.id}")


def _stages_of(visit: Visit, view: ModuleView, cell: CellView) -> None:
    asked = cell.practice
    stages = staged.stages(asked.again.controls) if asked is not None else ()
    if asked is None or not stages:
        practised.ask(visit, view, cell, "Check the answer", practised.head(visit, cell))
        return
    if asked.again.notice and not practised.head(visit, cell):
        page.fine(asked.again.notice)
    if not practised.head(visit, cell):
        question.stem(asked.again.stem)
    st.html(_CAUTION)
    over = asked.review is not None and not asked.steps and not state.recall(practised.retry(cell))
    given = asked.response if over and isinstance(asked.response, dict) else asked.steps
    told = [stage for stage in stages if stage.name in given]
    reviews = [visit.notebook.judge_stage(view.id, cell.cell.id, stage.name, given[stage.name]).review for stage in told]
    done = [(s, r, f"Step {stages.index(s) + 1} of {len(stages)}") for s, r in zip(told, reviews, strict=True) if r is not None]
    staged.answered(done, visit.catalogue)
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
        staged.opening(stage, f"Step {number} of {count}", visit.catalogue)
        controls.draw_to_try(stage.controls, None, asking)
        st.button(
            "Check the answer", type="primary", key=f"check_{cell.cell.id}_{number}", on_click=_check,
            args=(visit, view, cell, stage, number, asking),
        )  # fmt: skip
        practised.told_problem(cell)


def _check(visit: Visit, view: ModuleView, cell: CellView, stage: Stage, number: int, asking: controls.Asking) -> None:
    """Keep and judge this stage; after the last one the case is a try."""
    given = controls.response(stage.controls, asking)
    if given in (None, [], {}):
        state.remember(practised.problem(cell), "Choose or write an answer first.")
        return
    try:
        learner = visit.begin()
        judged = visit.notebook.answer_stage(learner, view.id, cell.cell.id, stage.name, given)
        if judged.problem:
            state.remember(practised.problem(cell), judged.problem)
            return
        state.forget(practised.retry(cell))
        state.scroll_to(_place(cell, number + 1))
        reading.again(visit, learner, view.id)
    except Refused as refusal:  # it was worked on elsewhere: show how it stands now
        state.remember(practised.problem(cell), refusal.message)
        reading.again(visit, learner, view.id)
    except CourseError as refusal:
        state.remember(practised.problem(cell), failure.sentence(refusal))


def _again(cell: CellView) -> None:
    state.remember(practised.retry(cell), True)
    state.scroll_to(_place(cell, 1))


def _place(cell: CellView, number: int) -> str:
    return f"step_{cell.cell.id}_{number}"
