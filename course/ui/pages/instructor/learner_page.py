"""Everything one learner did, for their instructor. `?c=cohort&l=learner`."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.access.permissions import Action, may
from course.services.study.wording import counted
from course.services.teach.class_book import NOT_YOURS, STATE_WORDS
from course.services.teach.following import LearnerAssignment, LearnerAttempt, LearnerPage
from course.ui.components import page
from course.ui.pages.instructor import around, moments
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    cohort = around.chosen(visit)
    with around.refused_as_missing(visit):
        view = visit.process.classes.learner(visit.caller.learner, cohort, query("l"))
        page.begin()
        _head(visit, view)
        _assignments(view)
        _changes(view)
        _attempts(view)
        _modules(view)
        if may(visit.actor, Action.LEARNER_EXPORT, cohort=cohort):
            st.html(
                f'<p class="k-fine"><a href="/download/learner/{escape(view.cohort)}/{escape(view.learner)}.csv" download>'
                "Download every question of every attempt as CSV</a></p>"
            )
        page.fine("Reflections are stored nowhere. Texts that learners wrote are read where they are marked, not here.")


def _head(visit: Visit, view: LearnerPage) -> None:
    about = [view.email, ", ".join(view.groups), f"time limits x {view.extra_time:g}" if view.extra_time > 1 else ""]
    page.masthead(view.cohort_name, view.name, meta=" · ".join(filter(None, about)))
    with st.container(horizontal=True, gap="medium", key="learner_ways"):
        visit.link("teach", "All assignments", c=view.cohort)
        visit.link("gradebook", "Gradebook", c=view.cohort)
    seen = "never" if view.last_seen is None else moments.told(view.last_seen, view.time_zone).partition(",")[0]
    total = "–" if view.total is None else f"{view.total:.0%}"
    page.facts([(total, f"in all{', ' + view.label if view.label else ''}"), (str(view.minutes), "minutes of study"), (seen, "last seen")])


def _assignments(view: LearnerPage) -> None:
    mine = [a for a in view.assignments if a.state != NOT_YOURS]
    page.section("Assignments", f"{len(mine)} of the class’s {len(view.assignments)} go to this learner.")
    if not mine:
        page.empty("None.", "What is assigned to this learner stands here with its score.")
        return
    page.table(
        ["Assignment", "State", "What they are told", "Score"], [_assignment(view, a) for a in mine], label="Assignments", numeric=(3,)
    )


def _assignment(view: LearnerPage, one: LearnerAssignment) -> list[str]:
    late = ' <span class="k-late">late</span>' if one.late else ""
    share = "–" if one.share is None else f"{one.share:.0%}"
    last = one.changes[-1] if one.changes else None
    changed = f"<small>changed: {escape(last.reason)}</small>" if last is not None and last.share is not None else ""
    return [
        f'<a href="assignment?c={escape(view.cohort)}&amp;a={escape(one.id)}" target="_self">{escape(one.title)}</a>',
        STATE_WORDS[one.state] + late,
        escape(" ".join(one.words)),
        share + changed,
    ]


def _changes(view: LearnerPage) -> None:
    """Every grade that somebody changed, and took back."""
    found = sorted(((c.at, a.title, c) for a in view.assignments for c in a.changes), key=lambda one: one[0])
    if not found:
        return
    page.section("Changed grades", "Oldest first; the last one of an assignment stands.")
    page.table(
        ["When", "Assignment", "Who", "Change", "Reason"],
        [
            [
                escape(moments.told(at, view.time_zone)),
                escape(title),
                escape(c.by_name or "somebody whose account is gone"),
                f"{_share(c.before, 'nothing')} to {_share(c.share, 'what the answers came to')}",
                escape(c.reason),
            ]
            for at, title, c in found
        ],
        label="Changed grades",
    )


def _share(share: float | None, otherwise: str) -> str:
    return otherwise if share is None else f"{share:.0%}"


def _attempts(view: LearnerPage) -> None:
    page.section("Every attempt", "Newest first; those outside of assignments too. Each opens on what was decided about it.")
    if not view.attempts:
        page.empty("No attempts yet.", "Quizzes that this learner begins are listed here.")
        return
    page.table(
        ["Quiz", "When", "Score", "Minutes"],
        [_attempt(view, a) for a in view.attempts],
        label="Every attempt",
        numeric=(2, 3),
    )


def _attempt(view: LearnerPage, one: LearnerAttempt) -> list[str]:
    verdict = "" if one.passed is None else f"<small>{'passed' if one.passed else 'not passed'}</small>"
    score = one.state.value.replace("_", " ") if one.fraction is None else f"{one.fraction:.0%}"
    return [
        f'<a href="attempt?c={escape(view.cohort)}&amp;a={one.id}" target="_self">{escape(one.title)}, attempt {one.number}</a>',
        escape(moments.told(one.submitted_at or one.started_at, view.time_zone)),
        score + verdict,
        "–" if one.minutes is None else str(one.minutes),
    ]


def _modules(view: LearnerPage) -> None:
    right = f"{view.practised_right} of {counted(view.practised, 'question')} in notebooks right at the first try."
    page.section("Modules", right if view.practised else "No question in a notebook was answered yet.")
    page.table(
        ["Module", "Required cells", "Checkpoint"],
        [
            [
                f"{m.number}. {escape(m.title)}{page.meter(m.done, m.total, m.title + ': cells done')}",
                f"{m.done} of {m.total}",
                escape(m.checkpoint or "not taken"),
            ]
            for m in view.modules
        ],
        label="Modules",
    )
