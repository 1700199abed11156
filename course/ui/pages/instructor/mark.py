"""One answer that a person marks, with its rubric. `?c=cohort&a=attempt&n=question`, and the filters of the queue."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Final

import streamlit as st

from course.learning.moderation import APART, HandMark, Waiting
from course.services.study.wording import counted
from course.services.teach.marking import COMMENT_LENGTH
from course.services.teach.marking_views import AnswerToMark, MarkingQueue, MarkState
from course.services.teach.views import CriterionView
from course.storage.stores.marking import Draft
from course.ui import failure, state
from course.ui.components import acting, browser, markup, page, question
from course.ui.pages.instructor import around, marking, moments
from course.ui.visit import Visit, query

_STANDS: Final = {
    MarkState.TO_MARK: "It waits for a mark.",
    MarkState.SECOND: "It waits for a second mark by another grader, who does not see the first one.",
    MarkState.DIFFER: f"Two marks lie more than {APART:.0%} of the points apart: a third grader decides, and sees both.",
    MarkState.DONE: "Its mark is final.",
}


_NOTHING: Final = Draft(0, 0, "", datetime(1970, 1, 1, tzinfo=UTC), {})


def draw(visit: Visit) -> None:
    cohort = marking.chosen(visit)
    with around.refused_as_missing(visit):
        queue = visit.process.grading.queue(visit.caller.learner, cohort, marking.wanted())
        if state.take("mark_all_done"):
            acting.tell("Stored. Nothing more waits for you here.")
            visit.go("marking", c=cohort, **{name: query(name) for name in marking.FILTERS if query(name)})
        found = visit.process.grading.answer(visit.caller.learner, cohort, _number("a"), _number("n"))
        page.begin()
        _head(visit, queue, found)
        left, right = st.columns([1.35, 1], gap="large")
        with left, st.container(key="mark_text"):
            _text(found)
        with right:
            _rubric(visit, queue, found)
        browser.go_to(*state.scroll_target())


def _number(name: str) -> int:
    """A number of the address; 0, which nothing has, when it is none."""
    text = query(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


def _head(visit: Visit, queue: MarkingQueue, found: AnswerToMark) -> None:
    line = found.line
    handed_in = f"Handed in {moments.told(line.handed_in, found.time_zone)}. {queue.marked} of {queue.total} marked."
    page.masthead(
        f"{found.cohort_name}, {line.quiz_title}",
        line.name or f"Answer {line.attempt}.{line.position}",
        _STANDS[line.state],
        meta=handed_in,
    )
    acting.outcome()
    with st.container(horizontal=True, gap="medium", key="mark_ways"):
        visit.link("marking", "Back to the queue", c=found.cohort, **{name: query(name) for name in marking.FILTERS if query(name)})


def _text(found: AnswerToMark) -> None:
    view = found.view
    page.section("The question")
    page.quoted(markup.block(view.stem))
    aim = f", asked for {view.least or ''}{' to ' if view.least and view.most else ''}{view.most or ''}" if view.least or view.most else ""
    page.section("The answer", f"{counted(view.entry.words, 'word')}{aim}.")
    text = view.answer if isinstance(view.answer, str) else ""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.splitlines() if part.strip())
    st.html(f'<div class="k-answertext" role="region" aria-label="The answer" tabindex="0">{paragraphs}</div>')
    st.html(f'<div class="k-callout k-support" role="note"><p><b>When somebody discloses</b></p><p>{escape(view.advice)}</p></div>')


def _rubric(visit: Visit, queue: MarkingQueue, found: AnswerToMark) -> None:
    page.section("Your mark", f"{found.view.points:g} points in this quiz.")
    if found.why_not:
        page.flags([found.why_not])
    _marks(found)
    if found.why_not:
        return
    seen = _looked_at(found)
    if found.line.begun:
        page.fine(f"{', '.join(found.line.begun)} {'has' if len(found.line.begun) == 1 else 'have'} begun to mark this answer too.")
    for one in found.view.rubric:
        _criterion(visit, found, one)
    st.text_area(
        "Comment, which the learner reads", value=_before(found).comment, key=_key(found, "comment"), height=140,
        max_chars=COMMENT_LENGTH, on_change=_keep, args=(visit, found),
    )  # fmt: skip
    if not found.view.marks:
        st.checkbox(
            "Ask for a second mark before anything is final", value=_before(found).wants_second, key=_key(found, "second"),
            on_change=_keep, args=(visit, found),
        )  # fmt: skip
    _buttons(visit, queue, found, seen)
    if found.draft is not None:
        page.fine(f"What you began is kept since {moments.told(found.draft.at, found.time_zone)}. The learner sees nothing of it.")


def _marks(found: AnswerToMark) -> None:
    """The marks that the reader may see."""
    if found.hidden:
        page.fine(f"{counted(found.hidden, 'mark')} by {', '.join(found.line.graders)}, hidden so that yours stands for itself.")
    if found.marks:
        rows = [_mark(found, one) for one in found.marks]
        page.table(["Grader", *(c.id for c in found.view.rubric), "Sum"], rows, label="Marks so far")


def _mark(found: AnswerToMark, one: HandMark) -> list[str]:
    comment = f"<small>{escape(one.comment)}</small>" if one.comment else ""
    mine = " (you)" if found.own is not None and one.grader == found.own.grader else ""
    given = [f"{one.points.get(c.id, 0.0):g}" for c in found.view.rubric]
    return [f"{escape(one.by)}{mine}{comment}", *given, f"{one.share:.0%}"]


def _criterion(visit: Visit, found: AnswerToMark, one: CriterionView) -> None:
    given = _before(found).points.get(one.id)
    if one.levels:
        _levels(visit, found, one, given)
        return
    whole = float(one.points).is_integer()
    st.number_input(
        f"{question.plain(one.text)} (0 to {one.points:g})", min_value=0.0, max_value=float(one.points), value=None if given is None else float(given),
        step=1.0 if whole and one.points > 2 else 0.5, format="%g", placeholder="points", key=_key(found, f"c_{one.id}"),
        on_change=_keep, args=(visit, found),
    )  # fmt: skip


def _before(found: AnswerToMark) -> Draft | HandMark:
    """What stands in the inputs when the answer is opened: what was begun, else the mark that was given."""
    return found.draft or found.own or _NOTHING


def _levels(visit: Visit, found: AnswerToMark, one: CriterionView, given: float | None) -> None:
    """A criterion that is given by its levels; nothing at all can be given too."""
    words = dict(one.levels) if one.levels[0][0] == 0 else {0.0: "Nothing of it", **dict(one.levels)}
    steps = list(words)
    st.radio(
        f"{question.plain(one.text)} (0 to {one.points:g})", steps, index=steps.index(given) if given in steps else None,
        format_func=lambda step: f"**{step:g}** {words[step]}", key=_key(found, f"c_{one.id}"), on_change=_keep, args=(visit, found),
    )  # fmt: skip


def _key(found: AnswerToMark, part: str) -> str:
    return f"mark_{found.line.attempt}_{found.line.position}_{part}"


def _given(found: AnswerToMark) -> dict[str, float]:
    values = {one.id: st.session_state.get(_key(found, f"c_{one.id}")) for one in found.view.rubric}
    return {name: float(value) for name, value in values.items() if value is not None}


def _second(found: AnswerToMark) -> bool:
    return bool(st.session_state.get(_key(found, "second")))


@failure.said_later
def _keep(visit: Visit, found: AnswerToMark) -> None:
    """Store what stands in the inputs, whenever one of them is left."""
    visit.process.grading.keep_draft(
        visit.caller.learner, found.cohort, found.line.attempt, found.line.position, _given(found),
        comment=acting.field(_key(found, "comment")), second=_second(found),
    )  # fmt: skip


def _looked_at(found: AnswerToMark) -> int:
    """The state of the marks when the reader opened the answer; another one since is said, and asked to be looked at."""
    name = _key(found, "seen")
    kept = state.recall(name)
    seen = int(str(kept)) if kept is not None else found.seen
    if kept is None:
        state.remember(name, seen)
    elif seen != found.seen:
        page.flags(["Somebody else has marked this answer since you opened it. Look at where it stands now before you save yours."])

        def go_on() -> str:
            state.remember(name, found.seen)
            return ""

        acting.button("I have looked at it", go_on, key=_key(found, "looked"))
    return seen


def _buttons(visit: Visit, queue: MarkingQueue, found: AnswerToMark, seen: int) -> None:
    def save() -> str:
        line = found.line
        report = visit.process.grading.give(
            visit.caller.learner, found.cohort, line.attempt, line.position, _given(found), seen=seen,
            comment=acting.field(_key(found, "comment")), second=_second(found),
        )  # fmt: skip
        for part in ("seen", "comment", "second", *(f"c_{one.id}" for one in found.view.rubric)):
            state.forget(_key(found, part))
        follows = {Waiting.NOTHING: "it is final", Waiting.SECOND_MARK: "it waits for a second mark"}
        told = follows.get(report.waiting, "a third grader decides")
        _on(queue, found, f"Stored: {report.points:g} of {report.of:g} points; {told}.")
        return ""

    def skip() -> str:
        state.forget(_key(found, "seen"))
        _on(queue, found, "")
        return ""

    with st.container(horizontal=True, vertical_alignment="center", key="mark_actions"):
        acting.button("Save and next", save, key=_key(found, "save"), primary=True, shortcut="Ctrl+Enter")
        if queue.after(found.line.place) is not None:
            acting.button("Leave it and go on", skip, key=_key(found, "skip"))


def _on(queue: MarkingQueue, found: AnswerToMark, told: str) -> None:
    """To the next answer that waits for the reader, or to the queue when there is none."""
    following = queue.after(found.line.place)
    if following is None:
        state.remember("mark_all_done", True)
        return
    if told:
        acting.tell(told)
    state.scroll_to("mark_text")
    st.query_params["a"], st.query_params["n"] = str(following.attempt), str(following.position)
