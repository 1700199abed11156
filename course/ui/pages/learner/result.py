"""A handed-in attempt: score, by objective, every question looked back at as far as the rules allow. `?a=attempt`."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.errors import NotFound
from course.learning.attempts import AttemptState
from course.learning.policy import Kind
from course.questions.base import State
from course.services.study.views import ObjectiveScore, ResultItem, ResultView
from course.services.study.wording import lowered
from course.ui.components import again, confidence, controls, decided, foreseen, page, question
from course.ui.pages.learner.home import VERBS
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    page.begin("read")
    view = _view(visit)
    if view is None:
        page.masthead("", "There is no such result", "It does not exist, or it belongs to somebody else.")
        visit.link("progress", "To your progress")
        return
    show(visit, view)
    _after(visit, view)
    if view.disclaimer:
        page.fine("A quiz score is not a screening score and says nothing about anyone’s own use.")


def show(visit: Visit, view: ResultView) -> None:
    """The result itself, without the way on."""
    page.masthead(f"{view.title}, attempt {view.number}", _verdict(view), _standfirst(view))
    decided.notices(view.notices)
    _numbers(view)
    if view.by_objective:
        _objectives(view.by_objective)
    if view.confidence is not None:
        confidence.draw(view.confidence)
    if view.items:
        _answers(visit, view)
    for line in view.withheld:
        page.fine(line)


def _view(visit: Visit) -> ResultView | None:
    asked = query("a")
    if visit.learner is None or not asked.isascii() or not asked.isdigit() or len(asked) > 15:
        return None
    try:
        return visit.study.result(visit.learner, int(asked))
    except NotFound:
        return None


def _missed(view: ResultView) -> list[ResultItem]:
    """What is not right; of a question that was asked again, as it stood at the end."""
    last = {i.number: i for i in view.items}.values()
    return [i for i in last if i.review.state in (State.WRONG, State.PARTIAL, State.OMITTED, State.INVALID)]


def _verdict(view: ResultView) -> str:
    if view.state is AttemptState.VOIDED:
        return "Voided: it does not count"
    if view.pending:
        return "Handed in, to be marked by a person"
    if not view.score_shown:
        return "Handed in"
    if view.kind is Kind.PRETEST and view.points is not None and view.max is not None:
        return f"You begin with {view.points:g} of {view.max:g}"
    if view.passed is None:
        return f"{view.fraction:.0%}" if view.fraction is not None else "Handed in"
    missed = len(_missed(view))
    if not view.passed:
        return "Not passed yet"
    if missed == 0 and view.items:
        return "You passed, with nothing to fix"
    if not view.items:
        return "You passed"
    return f"You passed, with {'one thing' if missed == 1 else f'{missed} things'} to fix"


def _standfirst(view: ResultView) -> str:
    if view.state is AttemptState.VOIDED:
        return "Your answers are stored. The attempt counts nowhere and uses up none of the attempts you have."
    late = " The time ran out; what was saved was handed in." if view.by_clock else ""
    if not view.score_shown or view.points is None or view.max is None:
        waits = " The result comes once a person has marked it; your start page will say so." if view.pending else ""
        return "Your answers are stored." + waits + late
    weak = [o for o in view.by_objective if o.answered and o.right < o.answered]
    weak.sort(key=lambda o: o.share)
    most = f" The objective to look at again: {lowered(weak[0].text)}." if weak and view.items else ""
    return f"{view.points:g} of {view.max:g} points.{most}{late}"


def _numbers(view: ResultView) -> None:
    pairs = []
    if view.points is not None and view.max is not None:
        need = f", pass is {view.pass_mark:.0%}" if view.passed is not None and view.kind is not Kind.PRETEST else ""
        pairs.append((f"{view.points:g} of {view.max:g}", "points" + need))
    if view.fraction is not None:
        pairs.append((f"{view.fraction:.0%}", "of the points"))
    if view.minutes is not None:
        pairs.append((str(view.minutes), "minute used" if view.minutes == 1 else "minutes used"))
    if pairs:
        page.facts(pairs)


def _objectives(scores: tuple[ObjectiveScore, ...]) -> None:
    page.section("By objective")
    rows = "".join(
        f"<tr><th scope='row'>{escape(s.number)} {escape(s.text)}</th>"
        f"<td>{page.mark('right', spoken=False) * s.right}{page.mark('partial', spoken=False) * s.partly}"
        f"{page.mark('wrong', spoken=False) * (s.answered - s.right - s.partly)}</td>"
        f"<td class='n'>{s.right} of {s.answered}{f', {s.partly} partly' if s.partly else ''}</td></tr>"
        for s in scores
    )
    st.html(f'<table class="k-rows k-byobj"><caption class="k-sr">Right answers by objective</caption><tbody>{rows}</tbody></table>')


@st.fragment
def _answers(visit: Visit, view: ResultView) -> None:
    page.section("Your answers")
    missed, flagged = _missed(view), [i for i in view.items if i.flagged]
    sets = {f"Missed ({len(missed)})": missed, f"Flagged ({len(flagged)})": flagged, f"All ({len(view.items)})": list(view.items)}
    names = [name for name, items in sets.items() if items]
    chosen = st.segmented_control("Show", names, default=names[0], required=True, label_visibility="collapsed", key="which")
    for index, item in enumerate(sets.get(chosen or "", [])):
        _item(visit, item, opened=index == 0)


def _item(visit: Visit, item: ResultItem, *, opened: bool) -> None:
    number = f"{item.number}, round {item.round}" if item.round is not None else f"{item.number}"
    with st.expander(f"**{number}.** {question.plain(item.question.stem)}", expanded=opened, key=f"rq_{item.position}", type="compact"):
        stem = item.question.stem.strip()
        if "\n\n" in stem:
            st.markdown(stem.rsplit("\n\n", 1)[0])
        if item.skipped:
            page.fine("You skipped this question; it did not count.")
        decided.notices([item.notice] if item.notice else ())
        if item.note:
            page.fine(item.note)
        question.picture(item.question, visit.folder(item.question.folder), given=item.response, answered=True)
        controls.draw_told(item.question.controls)
        if item.hand_mark is not None:
            decided.by_hand(item.review, item.hand_mark, visit.catalogue)
        else:
            question.reviewed(item.review, visit.catalogue, said=again.were(item.certainty))
            foreseen.draw(visit, item.question.id, item.response, item.review, f"foreseen_{item.position}")
        if item.taught_in is not None:
            place = item.taught_in
            visit.link(
                "module",
                f"Read it again: module {place.module_number}, {place.title}",
                icon=":material/menu_book:",
                m=place.module,
                cell=place.cell,
            )
        visit.link("problem", "Report a problem with this question", q=item.question.id)


def _after(visit: Visit, view: ResultView) -> None:
    page.section("Next")
    st.html(f'<p class="k-desc">{escape(view.next_step.title)}. {escape(view.next_step.reason)}</p>')
    with st.container(horizontal=True, vertical_alignment="center", key="after"):
        step = view.next_step
        same = step.quiz == view.quiz
        if step.place is not None:
            if st.button(VERBS[step.kind], type="primary", key="go_next"):
                visit.go("module", m=step.place.module, cell=step.place.cell)
        elif step.quiz is not None and not same and st.button(VERBS[step.kind], type="primary", key="go_next"):
            visit.go("quiz", q=step.quiz)
        if view.may_begin and st.button("Try again", type="primary" if same else "tertiary", key="again"):
            visit.go("quiz", q=view.quiz)
        if view.module is not None:
            visit.link("module", "Back to the notebook", m=view.module)
        visit.link("", "Start page")
