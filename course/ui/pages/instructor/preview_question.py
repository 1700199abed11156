"""One question in every state: as asked, and answered right, partly right, wrong and so that it cannot be read."""

from __future__ import annotations

import json
from html import escape
from typing import Final

import streamlit as st

from course.access.permissions import Action, may_somewhere
from course.errors import CourseError
from course.questions.base import Json, State
from course.services.authoring.views import AnswerLine, OptionLine, QuestionPreview
from course.services.study.wording import counted
from course.ui import failure, state
from course.ui.components import controls, page, question
from course.ui.components.answers import listed
from course.ui.components.findings import listed as found_lines
from course.ui.components.markup import block, inline
from course.ui.components.source_link import written_in
from course.ui.pages.instructor.preview_parts import choice, leans_on, to
from course.ui.visit import Visit, query

_ASKED: Final = "asked"
_STATES: Final = {
    State.RIGHT: "Right",
    State.PARTIAL: "Partly right",
    State.WRONG: "Wrong",
    State.INVALID: "Cannot be read",
    State.MANUAL: "For a person to grade",
    State.RECORDED: "Recorded",
    State.OMITTED: "Left out",
}


def draw(visit: Visit) -> None:
    """Raises NotFound for an unknown question, and to those who may not look."""
    view = visit.process.authoring.question(
        visit.caller.learner, query("question"), seed=_seed(), quiz=query("quiz"), moment=query("moment")
    )
    page.begin("read")
    _masthead(visit, view)
    counts = {state: sum(a.state is state for a in view.answers) for state in _STATES}
    offered = {_ASKED: "As asked", **{s.value: f"{words} ({counts[s]})" for s, words in _STATES.items() if counts[s]}}
    chosen = choice("State", "state", offered, _ASKED)
    if view.values is not None:
        _variant(view)
    if chosen == _ASKED:
        _asked(visit, view)
    else:
        _answered(visit, view, [a for a in view.answers if a.state == chosen])
    _teaching(view)
    _standing(view)
    _ways(visit, view)


def _seed() -> int:
    asked = query("seed")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1


def _masthead(visit: Visit, view: QuestionPreview) -> None:
    about = [
        view.type_title,
        view.bloom,
        view.difficulty,
        counted(int(view.points), "point") if view.points == int(view.points) else f"{view.points:g} points",
    ]
    page.masthead("Preview of a question", view.id, meta=" · ".join(filter(None, about)), compact=True)
    page.small_print(written_in(visit, str(view.place)))
    if view.moment is not None:
        page.fine(f"Answers are shown as a learner reads them {view.moment.words}.")
        with st.container(horizontal=True, gap="medium"):
            visit.link("preview", "Show everything", question=view.id)
            visit.link("preview", "Back to the quiz", quiz=query("quiz"))
    if view.findings:
        st.html(f'<div class="k-aside" role="note" aria-label="For authors">{found_lines(view.findings, linked=False)}</div>')


def _variant(view: QuestionPreview) -> None:
    assert view.values is not None, "asked only of questions with variables"
    with st.container(horizontal=True, vertical_alignment="center", key="preview_variant"):
        st.button("Draw again", key="preview_draw", icon=":material/casino:", on_click=_draw_again, args=(view.seed,))
        drawn = ", ".join(f"{name} = {value:g}" for name, value in view.values.items())
        page.fine(f"Seed {view.seed}: {drawn}")


def _draw_again(seed: int) -> None:
    st.query_params["seed"] = str(seed + 1)


def _asked(visit: Visit, view: QuestionPreview) -> None:
    """The question with its inputs; an answer that is tried is graded and forgotten."""
    asked, key = view.asked, f"preview_{view.id}_{view.seed}"
    with st.container(key="question", gap="small"):
        if asked.notice:
            page.fine(f"Before the question stands, with a way to skip it: {asked.notice}")
        question.stem(asked.stem)
        question.picture(asked, visit.folder(asked.folder))
        asking = controls.Asking(key, question.plain(asked.stem), folder=visit.folder(asked.folder))
        controls.draw_to_try(asked.controls, None, asking)
        st.button("Check the answer", type="primary", key="preview_check", on_click=_check, args=(visit, view, asking))
        tried = state.take(f"{key}_tried")
        if isinstance(tried, AnswerLine):
            _one(visit, tried)
        elif isinstance(tried, str):
            st.warning(tried)


def _check(visit: Visit, view: QuestionPreview, asking: controls.Asking) -> None:
    given, name = controls.response(view.asked.controls, asking), f"{asking.key}_tried"
    if given in (None, [], {}):
        state.remember(name, "Choose or write an answer first.")
        return
    try:
        state.remember(name, visit.process.authoring.graded(visit.caller.learner, view.id, given, seed=view.seed))
    except CourseError as refusal:
        state.remember(name, failure.sentence(refusal))


def _answered(visit: Visit, view: QuestionPreview, answers: list[AnswerLine]) -> None:
    if not answers:
        page.fine("No answer of this kind is known.")
        return
    with st.container(key="question", gap="small"):
        question.stem(answers[0].question.stem)
        for answer in answers:
            if answer.question.stem != answers[0].question.stem:
                question.stem(answer.question.stem, level=3)
            _one(visit, answer)


def _one(visit: Visit, answer: AnswerLine) -> None:
    """One answer, where it is from, and what a learner reads of it."""
    score = "no score" if answer.score is None else f"score {answer.score:.2f}".rstrip("0").rstrip(".")
    st.html(f'<p class="k-fine">{escape(answer.origin.capitalize())}, {score}: <code>{escape(_written(answer.response))}</code></p>')
    if answer.state is State.INVALID:
        st.warning(answer.reason or "This cannot be read as an answer.")
        return
    folder = visit.folder(answer.question.folder)
    question.picture(answer.question, folder, given=answer.response, answered=True)
    question.reviewed(answer.review, visit.catalogue)
    if answer.review.state is None and not answer.review.lines:
        page.fine("Nothing of the answer is shown now.")


def _written(response: Json) -> str:
    text = json.dumps(response, ensure_ascii=False)
    return text if len(text) <= 400 else text[:400] + " …"


def _teaching(view: QuestionPreview) -> None:
    """What teaches, whatever is answered: hints one by one, the word on each option, the explanation."""
    if view.hints:
        page.section("Hints", "In this order; each says what it costs before it is taken.")
        lines = (f"<li>{number}. {inline(h.text)}<small>costs {h.penalty:.0%}</small></li>" for number, h in enumerate(view.hints, 1))
        st.html(f'<ul class="k-list">{"".join(lines)}</ul>')
    if view.options:
        page.section("The word on each option")
        parts = any(line.part for line in view.options)
        page.table(
            [*(["Part"] if parts else []), "Option", "Read by those who chose it"], [_option(line, parts=parts) for line in view.options],
            label="The word on each option",
        )  # fmt: skip
    page.section("Explanation" if view.options else "Key and explanation")
    key = next((a for a in view.answers if a.state is State.RIGHT), None)
    if key is not None and view.moment is None and not view.options:
        st.html(listed(key.review.lines, key.state, key_shown=True))
    if view.explanation:
        st.html(f'<div class="k-prose">{block(view.explanation)}</div>')


def _option(line: OptionLine, *, parts: bool) -> list[str]:
    key = " <small>key</small>" if line.key else ""
    betrays = f"<small>Betrays: {inline(line.misconception)}</small>" if line.misconception else ""
    return [*([inline(line.part)] if parts else []), inline(line.text) + key, (inline(line.feedback) or "–") + betrays]


def _standing(view: QuestionPreview) -> None:
    page.section("Where it stands")
    taught = f"Taught in {to(view.taught_in)}." if view.taught_in is not None else "No cell teaches it."
    aims = f"Objective {escape(view.objective.number)}: {inline(view.objective.text)}" if view.objective is not None else ""
    asked = "Asked in " + ", ".join(map(to, view.asked_in)) + "."
    lines = (aims, taught, asked, leans_on(view.sources, view.claims))
    st.html('<ul class="k-list">' + "".join(f"<li>{line}</li>" for line in lines if line) + "</ul>")


def _ways(visit: Visit, view: QuestionPreview) -> None:
    kept = {name: query(name) for name in ("quiz", "moment") if query(name)}
    with st.container(horizontal=True, gap="medium", key="preview_ways"):
        if view.previous is not None:
            visit.link("preview", "Previous question", question=view.previous, **kept)
        if view.following is not None:
            visit.link("preview", "Next question", question=view.following, **kept)
        visit.link("preview", "The whole course")
        if may_somewhere(visit.actor, Action.INSIGHT_VIEW):
            quiz = next((dict(spot.query)["quiz"] for spot in view.asked_in if "quiz" in dict(spot.query)), "")
            visit.link("insight-question", "Its statistics", q=view.id, quiz=quiz)
