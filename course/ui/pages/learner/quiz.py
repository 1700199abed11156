"""A quiz: what it is before it begins, then one question at a time until it is handed in. `?q=quiz`."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from html import escape
from typing import Final, Literal

import streamlit as st

from course.errors import NotFound
from course.learning.attempts import AttemptState
from course.learning.policy import Behaviour, Kind
from course.services.study.views import AttemptView, PastAttempt, QuizIntroView, SlotView
from course.ui import failure, identity, state
from course.ui.components import asked, browser, handing_in, page
from course.ui.visit import Visit, query

_QUESTION: Final = "question"
"""The key of the container that holds the question: after "Next" and "Back" it has the focus."""
KIND_WORDS = {
    Kind.PRACTICE: "Practice",
    Kind.PRETEST: "Opening test",
    Kind.POSTTEST: "Closing test",
    Kind.FOLLOWUP: "Follow-up",
    Kind.CHECKPOINT: "Checkpoint",
    Kind.EXAM: "Exam",
    Kind.CASE: "Case",
    Kind.SURVEY: "Survey",
}


def draw(visit: Visit) -> None:
    page.begin("read")
    try:
        intro = visit.study.quiz(visit.learner, query("q"))
    except NotFound:
        page.masthead("", "There is no such quiz", "The address names a quiz this course does not have.")
        visit.link("", "Back to the start page")
        return
    if intro.running is not None:
        _attempt(visit, intro.running)
    else:
        _introduce(visit, intro)


def _introduce(visit: Visit, intro: QuizIntroView) -> None:
    module = visit.catalogue.module(intro.module) if intro.module else None
    page.masthead(f"Module {module.number}: {module.title}" if module else KIND_WORDS[intro.kind], intro.title, intro.description)
    left = "no limit" if intro.attempts_left is None else str(intro.attempts_left)
    pairs = [
        (str(intro.questions), _one_or(intro.questions, "question")),
        (str(intro.minutes), _one_or(intro.minutes, "minute") + (" at most" if intro.timed else ", about")),
        (left, _one_or(intro.attempts_left, "attempt") + " left"),
    ]
    if intro.kind not in (Kind.PRETEST, Kind.SURVEY):
        pairs.append((f"{intro.pass_mark:.0%}", "to pass"))
    page.facts(pairs)
    page.section("How it works")
    lines = [
        "Each answer is saved when you give it. Close the page, come back later, and you go on where you were.",
        *intro.rules,
        *intro.reveal,
    ]
    if intro.disclaimer:
        lines.append(
            "A quiz score says how well you know the course. It is not a screening result and says nothing about anybody’s own use."
        )
    st.html('<ul class="k-list">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")
    _why_not(visit, intro)
    with st.container(horizontal=True, vertical_alignment="center", key="intro_actions"):
        if intro.may_begin and st.button("Begin" if not intro.past else "Begin another attempt", type="primary", key="begin"):
            with failure.said_here():
                visit.study.start(visit.begin(), intro.id, state.once(f"start_{intro.id}"))
                state.spent(f"start_{intro.id}")
                st.query_params.pop("n", None)
                st.rerun()
        if module is not None:
            visit.link("module", "Back to the notebook", m=module.id)
        else:
            visit.link("", "Back to the start page")
    _past(visit, intro.past)


def _turn_to(quiz: str) -> None:
    st.query_params["q"] = quiz


def _one_or(count: int | None, word: str) -> str:
    return word if count == 1 else f"{word}s"


def _why_not(visit: Visit, intro: QuizIntroView) -> None:
    """Why it cannot be begun now, and when it can."""
    said = [*intro.assigned, *intro.reasons]
    if intro.wait_until is not None and not intro.may_begin:
        opens = visit.local(intro.wait_until)
        said.append(f"That is on {opens.day} {opens:%B} at {opens:%H:%M}.")
    if said:
        st.html(f'<div class="k-callout" role="note"><p>{escape(" ".join(said))}</p></div>')
    for condition, title in intro.first:
        if quiz := condition.passed or condition.handed_in:  # a link to the page one is on leaves the address as it was
            st.button(f"Go to “{title}”", key=f"first_{quiz}", type="tertiary", on_click=_turn_to, args=(quiz,))
        else:
            visit.link("module", f"Go to “{title}”", m=condition.completed or "")


def _past(visit: Visit, past: tuple[PastAttempt, ...]) -> None:
    if not past:
        return
    page.section("Your attempts")
    for attempt in past:
        when = visit.local(attempt.submitted_at or attempt.started_at)
        if attempt.state is AttemptState.VOIDED:
            visit.link("result", f"Attempt {attempt.number}, {when.day} {when:%B}: voided, it does not count", a=str(attempt.id))
            page.fine(attempt.notice)
            continue
        score = (
            f"{attempt.points:g} of {attempt.max:g}" if attempt.points is not None and attempt.max is not None else "score not shown yet"
        )
        verdict = "" if attempt.passed is None else ", passed" if attempt.passed else ", not passed"
        visit.link("result", f"Attempt {attempt.number}, {when.day} {when:%B}: {score}{verdict}", a=str(attempt.id))


@st.fragment
def _attempt(visit: Visit, attempt_id: int) -> None:
    """A running attempt. Every click reruns only this part; the session is looked up again each time."""
    view = _now(visit, attempt_id)
    if view.over:
        visit.go("result", a=str(attempt_id))
    pal = f"palette_{attempt_id}"
    here = _here(view, pal)
    slot = next(s for s in view.slots if s.position == here)
    last_look = bool(state.recall(handing_in.begun(attempt_id)))
    title = "Before you hand in" if last_look else f"Question {slot.number} of {len(view.slots)}"
    page.masthead(f"{view.title}, attempt {view.number}", title, compact=True)
    _status(visit, view)
    if last_look:
        handing_in.draw(visit, view, partial(_go, visit, view, pal))
        return
    if not view.sequential:
        _palette(view, pal)
    elif slot is not view.slots[-1]:
        page.fine("There is no way back: look again before you go on.")
    asked.draw(visit, view, slot, pal)
    target, stamp = state.scroll_target()
    if target == _QUESTION:
        browser.go_to(target, stamp, key="goto_question", top=True)
    _foot(visit, view, slot, pal)


def _now(visit: Visit, attempt_id: int) -> AttemptView:
    """The attempt as it stands: what storing an answer in this click has read, else read now."""
    saved = state.handed_over(visit.process.clock())
    if isinstance(saved, AttemptView) and saved.id == attempt_id:
        return saved
    learner = identity.reread(visit.process)
    if learner is None:
        st.rerun()
    return visit.study.attempt(learner, attempt_id)


def _here(view: AttemptView, pal: str) -> int:
    """The question to show: the one chosen in the palette, else the last one shown, else the first that is open.

    The last one shown is in the session; after a reload, in the address, which the browser's way back changes too; in another
    browser, the one that was worked on last. Nothing is written for looking at a question.

    When answers come faster than they are drawn, Streamlit loses the palette's value: its words change with each answer. A
    question whose next round was begun in another tab is still the same question. Where the order is fixed, the server says.
    """
    if view.sequential and view.here is not None:
        return view.here
    places = [s.position for s in view.slots]
    here = next((place for place in (_by_address(view, pal), st.session_state.get(pal), state.recall(pal)) if place in places), None)
    if here is None:
        same = next((s.position for s in view.slots if s.number == state.recall(f"{pal}_number")), None)
        here = same or view.here or next((s.position for s in view.slots if not s.done and not s.skipped), places[0])
    st.session_state[pal] = here
    state.remember(pal, here)
    number = next(s.number for s in view.slots if s.position == here)
    state.remember(f"{pal}_number", number)
    if not query("n"):
        state.remember(f"{pal}_opened", str(number))
    return int(here)


def _by_address(view: AttemptView, pal: str) -> int | None:
    """The question that the address names, when that is another than this page wrote into it."""
    asked = query("n")
    if asked == state.recall(_told(pal), ""):
        return None
    state.remember(_told(pal), asked)
    named = asked or state.recall(f"{pal}_opened")  # all the way back: where this page was opened
    return next((s.position for s in view.slots if str(s.number) == named), None)


def _told(pal: str) -> str:
    return f"{pal}_address"


def _status(visit: Visit, view: AttemptView) -> None:
    if view.seconds_left is None:
        _saved(view)
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="quiz_status"):
        with st.container(width="content"):
            browser.countdown(view.id, view.seconds_left, view.closes_in or 0)
        _saved(view)
    _more_time(visit, view)


def _more_time(visit: Visit, view: AttemptView) -> None:
    """Say that the end moved to later since it was first shown, for as long as the quiz stays open here."""
    first = state.recall(f"ends_{view.id}")
    if first is None:
        state.remember(f"ends_{view.id}", view.ends_at)
    elif isinstance(first, datetime) and view.ends_at is not None and view.ends_at > first:
        st.html(f'<p class="k-fine" role="status">You were given more time: until {visit.local(view.ends_at):%H:%M}.</p>')


def _saved(view: AttemptView) -> None:
    trouble = state.take(f"unsaved_{view.id}")
    if trouble:
        st.error(str(trouble))
    elif not failure.trouble():
        saved = page.mark("right", spoken=False) if view.answered else ""
        width: Literal["content", "stretch"] = "stretch" if view.seconds_left is None else "content"
        st.html(f'<p class="k-saved" role="status">{saved}{escape(view.saved)}</p>', width=width)


def _palette(view: AttemptView, pal: str) -> None:
    labels = {s.position: _label(s) for s in view.slots}
    with st.container(key="palette", gap="xxsmall"):
        st.segmented_control(
            "Questions", list(labels), format_func=labels.__getitem__, required=True, key=pal, label_visibility="collapsed", width="stretch",
            on_change=_chosen, args=(view, pal),
        )  # fmt: skip
        flagged = sum(s.flagged for s in view.slots)
        skipped = sum(s.skipped for s in view.slots)
        parts = [
            f"{view.answered} {'finished' if view.behaviour in (Behaviour.INTERACTIVE, Behaviour.MASTERY) else 'answered'}",
            f"{flagged} flagged to come back to" if flagged else "",
            f"{skipped} skipped" if skipped else "",
        ]
        page.fine(", ".join(filter(None, parts)) + f", {len(view.slots) - view.answered - skipped} open.")


def _label(slot: SlotView) -> str:
    if slot.flagged:
        return f"{slot.number} :material/flag:"
    if slot.skipped:
        return f"{slot.number} :material/remove:"
    return f"{slot.number} :material/check:" if slot.done else str(slot.number)


def _foot(visit: Visit, view: AttemptView, slot: SlotView, pal: str) -> None:
    places = [s.position for s in view.slots]
    at = places.index(slot.position)
    with st.container(key="quiz_foot", horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        if view.sequential:
            st.html(f'<p class="k-pos"><b>Question {slot.number}</b> of {len(places)}</p>')
        else:
            back = (visit, view, pal, places[max(0, at - 1)])
            st.button("Back", type="tertiary", key="back", icon=":material/arrow_back:", disabled=at == 0, on_click=_go, args=back)
            word, flagging = "Unflag" if slot.flagged else "Flag", (visit, view.id, slot)
            st.button(word, type="tertiary", key="flag", icon=":material/flag:", on_click=_flag, args=flagging)
        last, look = at == len(places) - 1, (handing_in.begun(view.id), True)
        st.button("Hand in", key="hand_in", type="primary" if last else "secondary", on_click=state.remember, args=look)
        if not last:
            on = (visit, view, pal, places[at + 1])
            st.button("Next", type="primary", key="nextq", shortcut="Ctrl+ArrowRight", on_click=_go, args=on)


@failure.said_later
def _go(visit: Visit, view: AttemptView, pal: str, position: int) -> None:
    """Go to this question."""
    if view.sequential:
        state.hand_over(visit.study.move_on(visit.begin(), view.id, position), visit.process.clock())
    else:
        _show(view, pal, position)
    state.scroll_to(_QUESTION)


def _show(view: AttemptView, pal: str, position: int) -> None:
    """Where the order is free: show it, and say so in the address, so that a reload goes on here."""
    number = str(next(s.number for s in view.slots if s.position == position))
    st.session_state[pal] = position
    state.remember(_told(pal), number)
    st.query_params["n"] = number


def _chosen(view: AttemptView, pal: str) -> None:
    position = st.session_state.get(pal)
    if isinstance(position, int):
        _show(view, pal, position)


@failure.said_later
def _flag(visit: Visit, attempt_id: int, slot: SlotView) -> None:
    visit.study.flag(visit.begin(), attempt_id, slot.position, not slot.flagged)
