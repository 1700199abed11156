"""What people decided about one attempt: regrades, withdrawn questions, marks by hand, changed grades. `?c=cohort&a=attempt`."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

import streamlit as st

from course.errors import Refused
from course.learning.attempts import AttemptState
from course.learning.moderation import HandMark
from course.learning.rulings import ActKind
from course.services.teach.amending import REASON_LENGTH
from course.services.teach.correcting import AttemptHistory
from course.services.teach.reporting import total
from course.storage.stores.rulings import Result, Ruled
from course.ui.components import acting, page
from course.ui.pages.instructor import around, moments
from course.ui.visit import Visit, query

WORDS: Final = {
    ActKind.REGRADE: "graded again",
    ActKind.VOID: "withdrawn",
    ActKind.UNVOID: "counts again",
    ActKind.OVERRIDE: "grade changed",
    ActKind.OVERRIDE_REMOVED: "change of the grade taken back",
    ActKind.MARK: "marked by hand again",
    ActKind.ATTEMPT_VOIDED: "attempt voided",
    ActKind.ATTEMPT_BACK: "attempt brought back",
}


def draw(visit: Visit) -> None:
    asked = query("a")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 15 else 0
    with around.refused_as_missing(visit):
        found = visit.process.grading.history(visit.caller.learner, around.chosen(visit), number)
        page.begin()
        _head(visit, found)
        acting.outcome()
        _decisions(found)
        _marks(found)
        if found.may_change:
            _change(visit, found)
        if found.may_void:
            _void(visit, found)
        page.fine("A grade of an assignment that was changed in the gradebook stands on the learner’s page, with its reason.")


def _head(visit: Visit, found: AttemptHistory) -> None:
    view = found.view
    result = total(view.result) + " points" if view.result.max is not None else view.state.value.replace("_", " ")
    if view.state is AttemptState.SUBMITTED:
        result = "handed in, to be marked by a person"
    if view.state is AttemptState.VOIDED:
        result = "voided, it counts nowhere"
    page.masthead(f"{found.cohort_name}, {found.name}", f"{found.title}, attempt {view.number}", meta=f"Attempt {view.attempt}: {result}.")
    with st.container(horizontal=True, gap="medium", key="attempt_ways"):
        visit.link("learner", "Everything of this learner", c=found.cohort, l=found.learner)
        visit.link("gradebook", "Gradebook", c=found.cohort)


def _decisions(found: AttemptHistory) -> None:
    page.section("What was decided", "Oldest first. Nothing of it can be changed; what is decided later stands.")
    rows = [(one.at, _ruled(found, one)) for one in found.view.rulings]
    rows += [
        (v.at, [_at(found, v.at), f"{escape(v.question)} {WORDS[v.kind]} for everybody", escape(v.by), "", escape(v.why)])
        for v in found.view.voids
    ]
    if not rows:
        page.empty("Nothing was decided about it.", "A regrade, a withdrawn question or a changed grade stands here with who and why.")
        return
    rows.sort(key=lambda row: row[0])
    page.table(["When", "What", "Who", "Result", "Reason"], [row for _, row in rows], label="Decisions")


def _ruled(found: AttemptHistory, one: Ruled) -> list[str]:
    what = f"{escape(found.questions.get(one.position, ''))} {WORDS[one.kind]}" if one.position is not None else WORDS[one.kind]
    moved = f"{total(one.before)} to {total(one.after)}" if one.before != one.after else "as before"
    return [_at(found, one.at), what, escape(one.by), moved, escape(one.why)]


def _marks(found: AttemptHistory) -> None:
    if not found.marks:
        return
    page.section("Marks by hand", "Every one that was given, oldest first; a grader’s later one replaces their earlier one.")
    rows = [(one.at, _mark(found, position, one)) for position, log in found.marks.items() for one in log]
    rows.sort(key=lambda row: row[0])
    page.table(["When", "Question", "Who", "Points"], [row for _, row in rows], label="Marks by hand", numeric=(3,))


def _mark(found: AttemptHistory, position: int, one: HandMark) -> list[str]:
    given = ", ".join(f"{escape(name)} {value:g}" for name, value in one.points.items())
    return [
        _at(found, one.at), escape(found.questions.get(position, "")), escape(one.by), f"{one.share:.0%}<small>{given}</small>"
    ]  # fmt: skip


def _change(visit: Visit, found: AttemptHistory) -> None:
    """Another result for this attempt, and taking that back."""
    page.section(
        "Change the result",
        "Of this attempt, whatever its questions give. Whether it is passed follows from it. The learner reads the reason.",
    )
    most, number = found.view.result.max or 0.0, found.view.attempt

    def change(back: bool = False) -> str:
        points = None if back else _points(acting.field(f"points_{number}"))
        report = visit.process.grading.override(visit.caller.learner, found.cohort, number, points, why=acting.field(f"why_{number}"))
        st.session_state[f"points_{number}"] = st.session_state[f"why_{number}"] = ""
        if not report.attempts:
            return "Nothing changes: the attempt came to that already."
        (one,) = report.attempts
        return (
            f"The result went from {_result(one.before)} to {_result(one.after)}. It stands below with its reason, which the learner reads."
        )

    with st.form("change_result", border=False):
        left, right = st.columns([1, 3])
        left.text_input(f"Points, of {most:g}", key=f"points_{number}", placeholder=f"{most / 2:g}", autocomplete="off")
        right.text_input("Reason, which the learner reads", key=f"why_{number}", max_chars=REASON_LENGTH, autocomplete="off")
        with st.container(horizontal=True, key="change_actions"):
            acting.submit("Change the result", change, key="change_now")
            if found.changed:
                acting.submit("Let the answers count again", lambda: change(back=True), key="change_back")


def _void(visit: Visit, found: AttemptHistory) -> None:
    """Taking the whole attempt out of every count, or bringing it back."""
    number, back = found.view.attempt, found.view.state is AttemptState.VOIDED
    page.section("Bring the attempt back" if back else "Void the attempt", _BACK if back else _VOID)

    def act() -> str:
        field = f"void_why_{number}"
        visit.process.grading.void_attempt(visit.caller.learner, found.cohort, number, undo=back, why=acting.field(field))
        st.session_state[field] = ""
        if back:
            return "The attempt counts again. Its result follows from its answers and from all that was decided since."
        return "The attempt is voided and counts nowhere. It can be brought back here."

    with st.form("void_attempt", border=False):
        st.text_input("Why, which the learner reads", key=f"void_why_{number}", max_chars=REASON_LENGTH, autocomplete="off")
        acting.submit("Bring it back" if back else "Void the attempt", act, key="void_now")


_VOID: Final = (
    "It then counts nowhere: not in grades, progress, mastery or statistics, and it uses up none of the attempts the quiz allows, so the "
    "learner may begin another. Its answers stay, the learner reads that it is voided and why, and it can be brought back."
)
_BACK: Final = "It counts everywhere again, as its answers are graded under all that was decided meanwhile. The learner reads why."


def _points(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise Refused("Write the points as a number, for example 2.5.") from None


def _result(one: Result) -> str:
    return total(one) + ("" if one.passed is None else " (passed)" if one.passed else " (not passed)")


def _at(found: AttemptHistory, at: datetime) -> str:
    return escape(moments.told(at, found.time_zone))
