"""One question of a running attempt: its notice, its inputs and what its quiz lets the learner do with it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from course.errors import CourseError
from course.learning.policy import Kind
from course.questions.base import Json
from course.services.study.views import AttemptView, SlotView, TellingView
from course.ui import failure, state
from course.ui.components import again, controls, foreseen, page, question, staged
from course.ui.visit import Visit


def draw(visit: Visit, view: AttemptView, slot: SlotView, pal: str) -> None:
    """The question as it stands. `pal` is the state that holds which one is shown."""
    with st.container(key="question", gap="small"):
        if slot.question.notice and not slot.answered and not state.recall(_shown(view.id, slot)):
            _notice(visit, view, slot)
            return
        question.stem(slot.question.stem)
        question.picture(slot.question, visit.folder(slot.question.folder), given=slot.response, answered=not slot.may_change)
        if not slot.may_change:
            controls.draw_told(slot.question.controls)
        _said(visit, slot)
        if slot.round is not None:
            again.rounds(slot.round, f"again_{slot.position}", lambda: _again(visit, view.id, slot.position, pal))
        if slot.may_change:
            _inputs(visit, view, slot)


def _notice(visit: Visit, view: AttemptView, slot: SlotView) -> None:
    st.html(f'<div class="k-callout k-support" role="note"><p><b>Before this question.</b> {escape(slot.question.notice)}</p></div>')
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = (_shown(view.id, slot), True)
        st.button("Show the question", key=f"show_{slot.position}", type="primary", on_click=state.remember, args=shown)
        if not slot.skipped:
            skip = (visit, view.id, slot.position)
            st.button("Skip it, without penalty", key=f"skip_{slot.position}", type="tertiary", on_click=_skip, args=skip)
    if slot.skipped:
        page.fine("You have skipped this question. It does not count.")


def _said(visit: Visit, slot: SlotView) -> None:
    """What may be said of the last check, and the hints that were taken."""
    if slot.review is not None:
        lead = again.tried(slot.tries, slot.review.state) if slot.may_change else ""
        question.reviewed(slot.review, visit.catalogue, lead=lead, said=again.were(slot.certainty))
        if slot.review.state is None:
            page.fine("Your answer stands.")
        foreseen.draw(visit, slot.question.id, slot.response, slot.review, f"foreseen_{slot.position}")
    if slot.tries is not None:
        again.hints(slot.tries)
        if slot.tries.earned:
            page.fine(slot.tries.earned)


def _inputs(visit: Visit, view: AttemptView, slot: SlotView) -> None:
    """The inputs, how sure the learner is, and what can be done with the answer."""
    folder = visit.folder(slot.question.folder)
    asking = controls.Asking(f"a{view.id}_{slot.position}", question.plain(slot.question.stem), folder=folder)
    asking = replace(asking, changed=lambda: _save(visit, view.id, slot, asking))
    if slot.telling is None:
        controls.draw_all(slot.question.controls, slot.response, asking)
    else:
        staged.ask(slot, visit.catalogue, asking)
        if slot.telling.told < slot.telling.of:
            _next_part(visit, view.id, slot, slot.telling, asking)
            return
    if slot.asks_certainty:
        again.sure(_sure(view.id, slot), slot.certainty, lambda: _save(visit, view.id, slot, asking))
    problem = state.take(_problem(view.id, slot)) or slot.problem
    if problem:
        st.warning(str(problem))
    _unsaved_yet(visit, view.id, slot, asking)
    if not slot.may_check or view.kind is Kind.SURVEY:
        return
    if slot.tries is not None:
        again.tries_left(slot.tries)
    with st.container(horizontal=True, vertical_alignment="center", key="checking"):
        given = (visit, view.id, slot, asking)
        st.button("Check the answer", key=f"check_{slot.position}", type="primary", on_click=_check, args=given)
        if slot.tries is not None:
            number = len(slot.tries.hints) + 1
            again.take_hint(slot.tries, f"hint_{slot.position}_{number}", lambda: _hint(visit, view.id, slot.position, number))


def _unsaved_yet(visit: Visit, attempt_id: int, slot: SlotView, asking: controls.Asking) -> None:
    """The button to store what could not be stored when it changed."""
    if state.recall(_unsaved(attempt_id, slot)) and _held(slot, asking) != slot.response:
        st.button("Save this answer", key=f"save_{slot.position}", type="primary", on_click=_save, args=(visit, attempt_id, slot, asking))


def _next_part(visit: Visit, attempt_id: int, slot: SlotView, telling: TellingView, asking: controls.Asking) -> None:
    """What going on means, and the button that does it."""
    problem = state.take(_problem(attempt_id, slot)) or slot.problem
    if problem:
        st.warning(str(problem))
    _unsaved_yet(visit, attempt_id, slot, asking)
    page.fine("The next part tells more. Once you go on, your answer to this one is fixed.")
    st.button(
        f"Go on to part {telling.told + 1} of {telling.of}",
        key=f"{asking.key}_go_on",
        on_click=_tell,
        args=(visit, attempt_id, slot, asking),
    )


def _save(visit: Visit, attempt_id: int, slot: SlotView, asking: controls.Asking) -> None:
    """Store the answer before anything is drawn; a failure is said in place and the answer stays on the page."""
    given, certainty = _given(attempt_id, slot, asking)
    try:
        saved = visit.study.save(visit.begin(), attempt_id, slot.position, given, certainty)
        state.hand_over(saved.attempt, visit.process.clock())
        state.forget(_unsaved(attempt_id, slot))
    except CourseError as refusal:
        state.remember(_unsaved(attempt_id, slot), True)
        state.remember(f"unsaved_{attempt_id}", f"Not saved: {refusal.message} {refusal.kept}".strip())


def _tell(visit: Visit, attempt_id: int, slot: SlotView, asking: controls.Asking) -> None:
    """Store the answer and go on to the next part; why that cannot be done is said beside the button."""
    assert slot.telling is not None, "only a case is told in parts"
    number, (given, certainty) = slot.telling.told + 1, _given(attempt_id, slot, asking)
    try:
        learner = visit.begin()
        visit.study.save(learner, attempt_id, slot.position, given, certainty)
        visit.study.tell(learner, attempt_id, slot.position, number)
        state.forget(_unsaved(attempt_id, slot))
        state.scroll_to(staged.place(asking, number))
    except CourseError as refusal:
        state.remember(_problem(attempt_id, slot), f"{refusal.message} {refusal.kept}".strip())


@failure.said_later
def _check(visit: Visit, attempt_id: int, slot: SlotView, asking: controls.Asking) -> None:
    """Check what the inputs hold now, which may be more than what could be saved."""
    given, certainty = _given(attempt_id, slot, asking)
    checked = visit.study.check(visit.begin(), attempt_id, slot.position, given, certainty)
    state.forget(_unsaved(attempt_id, slot))
    state.remember(_problem(attempt_id, slot), checked.problem)


def _given(attempt_id: int, slot: SlotView, asking: controls.Asking) -> tuple[Json, int | None]:
    certainty = again.chosen(_sure(attempt_id, slot)) if slot.asks_certainty else None
    return _held(slot, asking), certainty


def _held(slot: SlotView, asking: controls.Asking) -> Json:
    """The response as the inputs hold it now."""
    return controls.response(slot.question.controls, asking) if slot.telling is None else staged.response(slot, asking)


@failure.said_later
def _hint(visit: Visit, attempt_id: int, position: int, number: int) -> None:
    visit.study.take_hint(visit.begin(), attempt_id, position, number)


@failure.said_later
def _again(visit: Visit, attempt_id: int, position: int, pal: str) -> None:
    st.session_state[pal] = visit.study.ask_again(visit.begin(), attempt_id, position)


@failure.said_later
def _skip(visit: Visit, attempt_id: int, position: int) -> None:
    visit.study.skip_notice(visit.begin(), attempt_id, position)


def _shown(attempt_id: int, slot: SlotView) -> str:
    return f"shown_{attempt_id}_{slot.position}"


def _unsaved(attempt_id: int, slot: SlotView) -> str:
    return f"unsaved_{attempt_id}_{slot.position}"


def _problem(attempt_id: int, slot: SlotView) -> str:
    return f"problem_{attempt_id}_{slot.position}"


def _sure(attempt_id: int, slot: SlotView) -> str:
    return f"sure_{attempt_id}_{slot.position}"
