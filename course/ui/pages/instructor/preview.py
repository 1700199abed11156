"""Preview: every module, cell and question in every state, for those who teach and write. Keys are shown; nothing is stored or counts.

`?module=id&cell=id&state=fresh|right|wrong&view=clinician`, `?question=id&state=...&seed=n`, `?quiz=id&moment=...`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from course.diagnostics import Severity
from course.errors import CourseError, UnreadableQuestion
from course.services.authoring.views import ContentsView, Found, ModuleLine, QuizLine
from course.services.study.wording import counted
from course.ui import failure, state
from course.ui.components import browser, closed, page
from course.ui.components.findings import listed
from course.ui.components.markup import inline
from course.ui.pages.instructor import preview_module, preview_question, preview_quiz
from course.ui.pages.instructor.preview_parts import address
from course.ui.pages.learner.quiz import KIND_WORDS
from course.ui.visit import Visit, query

_ASKED: Final = "preview_asked_for"


def draw(visit: Visit) -> None:
    """One module, one question or one quiz at a time; without any, the whole course to choose from."""
    asked = state.take(_ASKED)
    if isinstance(asked, Mapping):
        visit.go("preview", **asked)
    browser.follow("preview", _follow)
    try:
        if query("question"):
            preview_question.draw(visit)
        elif query("module"):
            preview_module.draw(visit)
        elif query("quiz"):
            preview_quiz.draw(visit)
        else:
            _contents(visit, visit.process.authoring.contents(visit.caller.learner))
        browser.go_to(*state.scroll_target())
    except UnreadableQuestion as refusal:
        page.begin("read")
        page.masthead("Preview", "This question makes no sense with these numbers", failure.sentence(refusal))
        visit.link("preview", "The whole course")
    except CourseError as refusal:
        closed.refused(visit, refusal)


def _follow(asked: Mapping[str, str]) -> None:
    """A link in a table or beside a cell was clicked: the run that this click begins switches the page, at its top or at the cell named."""
    state.remember(_ASKED, asked)
    state.forget("preview_asked")
    state.scroll_to("follow")


def _contents(visit: Visit, view: ContentsView) -> None:
    page.begin()
    page.masthead(
        "Preview", view.title, "Every module, question and quiz as learners will see it, in every state. Nothing here is stored or counts.",
        "Right answers are shown. Keep these pages to those who teach and write.",
    )  # fmt: skip
    page.section("Modules", "A notebook with all its cells open.")
    page.table(
        ["Module", "Cells", "For health professionals", "Simulations and cases", "To mend"],
        [_module(line, view.found) for line in view.modules], label="Modules", numeric=(1, 2, 3, 4),
    )  # fmt: skip
    page.section("Quizzes", "Their questions, what a learner sees when, and the result at each moment.")
    page.table(
        ["Quiz", "Kind", "Questions", "To mend"], [_quiz(line, view.found) for line in view.quizzes], label="Quizzes", numeric=(2, 3)
    )
    _findings(visit, view.found)


def _module(line: ModuleLine, found: Found) -> list[str]:
    name = f'<a href="{address(module=line.id)}" target="_self">{line.number}. {inline(line.title)}</a>'
    return [name, str(line.cells), str(line.clinician), str(line.works), _count(line.findings, found)]


def _quiz(line: QuizLine, found: Found) -> list[str]:
    about = f"<small>{inline(line.module)}</small>" if line.module else ""
    name = f'<a href="{address(quiz=line.id)}" target="_self">{inline(line.title)}</a>{about}'
    return [name, KIND_WORDS[line.kind], str(line.questions), _count(line.findings, found)]


def _count(number: int, found: Found) -> str:
    return "–" if found.lines is None else str(number)


def _findings(visit: Visit, found: Found) -> None:
    """What `check` finds; where nobody has looked yet, the button that looks."""
    page.section("To mend", "What the command check finds, each with its place in the files and where it shows.")
    if found.lines is None:
        page.fine("Nobody has looked since the course was loaded. Looking takes a few seconds.")
        st.button("Look now", key="look", on_click=_look, args=(visit,))
        return
    if not found.lines:
        page.empty("There is nothing to mend.", "Every rule is met. What a rule finds in a file is listed here, with its line.")
        return
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    page.fine(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}.")
    st.html(listed(found.lines))


@failure.said_later
def _look(visit: Visit) -> None:
    visit.process.authoring.look(visit.caller.learner)
