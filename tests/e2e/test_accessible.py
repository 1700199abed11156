"""Every state a page can be in once somebody works with it: usable by everybody, at a desk and on a phone, light and dark.

Pages as they first appear are tested in `test_accessibility`, each kind of input in `test_every_type`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Page, expect

from course.content.model import Catalogue
from course.learning.outline import CellKind
from course.questions import Question
from course.questions.base import Json
from tests.e2e import every_type
from tests.e2e.acts import PATIENCE, open_page, press, settled, switch_to
from tests.e2e.answering import answer, content, question_shown, samples
from tests.e2e.axe import report, violations
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.layout import too_wide
from tests.e2e.notebook import answer_here, cell, open_module, step
from tests.e2e.quiz import begin, flag, give, hand_in, look_through, open_quiz, to_next, to_question
from tests.e2e.servers import Server
from tests.e2e.stored import rows

MODULE = content().course.modules[0]
SHOWN = [c for c in MODULE.cells if not c.clinician]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SPOKEN: dict[str, Json] = {"likert": "2", "essay": "The channel has to open."}

UPSTREAM: Final[dict[str, str]] = {}
"""What Streamlit draws and the course cannot mend: "rule selector", as axe names them, and why."""


class Findings:
    """Collects what is wrong in each state of a walk, so that one run tells all of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def look(self, state: str, keep_open: Callable[[], None] | None = None) -> None:
        """Look at the page as it is, in both sizes and both themes. `keep_open` opens again what a change of size closes."""
        for place, size, schemes in (("phone", PHONE, SCHEMES), ("desk", DESK, SCHEMES[::-1])):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            settled(self.page)
            if keep_open is not None:
                keep_open()
            self.found += [f"{state}, {place}: {line}" for line in too_wide(self.page)]
            for scheme in schemes:
                drawn_in(self.page, scheme)
                broken = [v for v in map(_ours, violations(self.page)) if v["nodes"]]
                if broken:
                    self.found.append(f"{state}, {place}, {scheme}:\n{report(broken)}")

    def tell(self) -> None:
        assert not self.found, "\n\n".join(self.found)


def _ours(violation: dict[str, Any]) -> dict[str, Any]:
    """The finding without the places that are listed as upstream."""
    nodes = [n for n in violation["nodes"] if not any(f"{violation['id']} {target}" in UPSTREAM for target in map(str, n["target"]))]
    return {**violation, "nodes": nodes}


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Catalogue]]:
    """A small course of one question of each type, served."""
    root = tmp_path_factory.mktemp("every-kind")
    catalogue = every_type.write(root / "content")
    found = Server(root / "data", {"COURSE_CONTENT": str(root / "content")})
    yield found.start(), catalogue
    found.stop()


@pytest.fixture
def findings(page: Page) -> Iterator[Findings]:
    found = Findings(page)
    yield found
    found.tell()


def test_a_notebook_that_is_being_worked_on(server: Server, findings: Findings) -> None:
    page = findings.page
    open_module(page, server, MODULE.id, SHOWN[-1].id)
    page.get_by_text("View as table").first.click()
    settled(page)
    expect(page.locator("table.k-data").first).to_be_visible(timeout=PATIENCE)
    page.locator(".k-objectives summary").click()
    findings.look("all cells open, table open")
    first, second, third, fourth = [n for n, c in enumerate(SHOWN, 1) if c.kind is CellKind.QUESTION][:4]
    answer_here(page, first)
    for number in (second, third):
        possible = samples(question_shown(cell(page, number)))
        answer_here(page, number, (possible.partial or possible.wrong)[0] if number == second else possible.wrong[0], right=False)
    cell(page, fourth).get_by_role("button", name="Check the answer").click()
    expect(cell(page, fourth).get_by_role("alert")).to_be_visible(timeout=PATIENCE)
    findings.look("answered right, partly, wrong, not at all")
    findings.look("contents open", lambda: opened(page, "Contents", ".st-key-toc"))
    page.keyboard.press("Escape")
    findings.look("help open", lambda: opened(page, "Help", ".k-helplead"))


def test_a_case_that_is_worked_step_by_step(server: Server, findings: Findings) -> None:
    page = findings.page
    number, case = next((n, c) for n, c in enumerate(SHOWN, 1) if c.kind is CellKind.CASE)
    open_module(page, server, MODULE.id, case.id)
    here = cell(page, number)
    question = question_shown(here)
    given = samples(question).right[0]
    assert isinstance(given, dict)
    step(
        page,
        here,
        question,
        {**given, question.body.parts[0].id: question.body.parts[0].kind.sample(question.body.parts[0].body).wrong[0]},
        0,
    )
    findings.look("one step wrong, the next one asked")
    for index in range(1, len(question.body.parts)):
        step(page, here, question, given, index)
    expect(here.locator(".k-fbhead")).to_have_text("Partly right.", timeout=PATIENCE)
    findings.look("all steps answered")


def test_every_kind_of_answer_looked_back_at(every_kind: tuple[Server, Catalogue], findings: Findings) -> None:
    server, catalogue = every_kind
    page = findings.page
    begin(page, server, every_type.QUIZ)
    for number, entry in enumerate(catalogue.course.quizzes[every_type.QUIZ].entries, 1):
        if number > 1:
            to_next(page)
        answer(page, page.locator(".st-key-question"), entry.question, some_answer(entry.question, good=number % 3 == 0))
    look_through(page)
    hand_in(page)
    page.get_by_role("radio", name=re.compile("^All")).click()
    settled(page)
    page.evaluate("() => document.querySelectorAll('[class*=st-key-rq_] details').forEach(box => { box.open = true })")
    settled(page)
    findings.look("result, every answer open")
    open_quiz(page, server, every_type.QUIZ)
    findings.look("quiz taken before")


def test_a_quiz_that_is_being_taken(server: Server, findings: Findings) -> None:
    page = findings.page
    begin(page, server, "pretest")
    give(page)
    flag(page)
    findings.look("answered and flagged")
    to_question(page, with_notice(server))
    expect(page.get_by_role("button", name="Show the question")).to_be_visible(timeout=PATIENCE)
    findings.look("content notice")
    press(page, "Skip it, without penalty")
    look_through(page)
    findings.look("before handing in")
    hand_in(page)
    findings.look("result without reasons")
    open_page(page, server.url)
    findings.look("home with a result")
    open_page(page, f"{server.url}/progress")
    page.get_by_text("View as table").first.click()
    settled(page)
    findings.look("progress with a result")


def test_the_persons_own_page_and_searching(server: Server, findings: Findings) -> None:
    page = findings.page
    open_page(page, f"{server.url}/you")
    page.get_by_role("textbox", name="Name").fill("Ann")
    press(page, "Save the name")
    press(page, "Make a resume link")
    press(page, "Turn the clinician view on")
    expect(page.get_by_text("Tick the declaration first.")).to_be_visible(timeout=PATIENCE)
    findings.look("a name, a link, a warning")
    for words in ("bladder", "xyzzy"):
        open_page(page, f"{server.url}/search?q={words}")
        findings.look(f"searched for {words}")
    for address in (f"references?key={next(iter(content().course.references))}", f"glossary?term={content().course.glossary[0].id}"):
        open_page(page, f"{server.url}/{address}")
        findings.look(address)


def test_the_menu_of_a_phone(server: Server, phone: Page) -> None:
    open_page(phone, server.url)
    phone.get_by_test_id("stExpandSidebarButton").click()
    expect(phone.get_by_role("link", name="Glossary")).to_be_visible(timeout=PATIENCE)
    for scheme in SCHEMES:
        drawn_in(phone, scheme)
        assert [v for v in map(_ours, violations(phone)) if v["nodes"]] == []


def test_nothing_is_wider_than_a_very_narrow_window(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_module(page, server, MODULE.id, SHOWN[-1].id)
    assert too_wide(page) == []
    first = next(n for n, c in enumerate(SHOWN, 1) if c.kind is CellKind.QUESTION)
    answer_here(page, first)
    assert too_wide(page) == []
    begin(page, server, "pharmacology")
    wide = {}
    for number in range(1, sum(d.take for d in content().course.quizzes["pharmacology"].policy.draw) + 1):
        to_question(page, number)
        wide[number] = too_wide(page)
    assert not any(wide.values()), wide
    look_through(page)
    assert too_wide(page) == []
    hand_in(page)
    assert too_wide(page) == []
    for address in ("", "progress", "search?q=bladder", "glossary", "references", "about", "you", "help"):
        open_page(page, f"{server.url}/{address}")
        assert too_wide(page) == [], address


def drawn_in(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Switch, and wait for the rerun that draws charts in the other theme: what is being drawn again is faded meanwhile."""
    switch_to(page, scheme)
    page.locator(f"#k-page.k-{scheme}").wait_for(state="attached", timeout=PATIENCE)
    settled(page)
    expect(page.locator('[data-stale="true"]')).to_have_count(0, timeout=PATIENCE)


def opened(page: Page, name: str, inside: str) -> None:
    if not page.locator(inside).first.is_visible():
        page.get_by_role("button", name=name, exact=True).click(timeout=PATIENCE)
    expect(page.locator(inside).first).to_be_visible(timeout=PATIENCE)
    settled(page)


def some_answer(question: Question, *, good: bool) -> Json:
    possible = samples(question)
    kinds = (possible.right, possible.partial, possible.wrong) if good else (possible.partial, possible.wrong, possible.right)
    return next((kind[0] for kind in kinds if kind), SPOKEN.get(question.type))


def with_notice(server: Server) -> int:
    """The number of a question, of the attempt that began last, that stands behind a content notice."""
    newest = rows(server, "SELECT question_id FROM attempt_slot WHERE attempt_id = (SELECT max(id) FROM attempt) ORDER BY position")
    return next(n for n, (found,) in enumerate(newest, 1) if content().questions[found].notice)
