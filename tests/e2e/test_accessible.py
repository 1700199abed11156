"""Every page, and every state a page can be in once somebody works with it: usable by everybody, at a desk and on a phone.

Each kind of input is tested in `test_every_type`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from course.content.model import Catalogue
from course.learning.outline import CellKind
from course.questions import Question
from course.questions.base import Json
from course.ui.pages import PAGES
from tests.e2e import every_type
from tests.e2e.acts import PATIENCE, choose, heading, open_page, opened, press, settled
from tests.e2e.answering import answer, content, key, question_shown, samples
from tests.e2e.axe import COLOURS, violations
from tests.e2e.browsers import new_context
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.layout import too_wide
from tests.e2e.looking import Findings, drawn_in
from tests.e2e.notebook import answer_here, cell, open_module, step
from tests.e2e.quiz import begin, flag, give, hand_in, look_through, open_quiz, to_next, to_question
from tests.e2e.servers import Server
from tests.e2e.stored import end_in, rows

ADDRESSES = [
    *(spec.url for spec in PAGES if not spec.actions),
    next(spec.url for spec in PAGES if spec.actions),  # to a guest the pages of those who teach are one page
    "module?m=recognition",
    "module?m=none",
    "quiz?q=pretest",
    "glossary?term=none",
    "references?key=none",
    "references?key=spravato",
    "references?claim=pharm-027",
]
PLAIN = [
    "session/leave",
    "session/erase",
    "session/sign-in",
    "session/sign-up",
    "session/sign-out",
    "session/password",
    "join/resume?token=none",
    "join/first?token=none",
    "join/code",
    "join/enter?seal=none",
    "join/invitation?token=none",
    "join/forgot",
    "join/reset?token=none",
    "download/my-data.json",
    "no/such/page",
]
MODULE = content().course.modules[0]
SHOWN = [c for c in MODULE.cells if not c.clinician]
SPOKEN: dict[str, Json] = {"likert": "2", "essay": "The channel has to open."}


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """One visitor for all pages that are only looked at: a browser that knows the scripts is quicker."""
    with new_context(browser, color_scheme="light") as context:
        yield context.new_page()


@pytest.fixture
def findings(page: Page) -> Iterator[Findings]:
    found = Findings(page)
    yield found
    found.tell()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_as_it_first_appears(server: Server, reader: Page, address: str) -> None:
    found = Findings(reader)
    open_page(reader, f"{server.url}/{address}")
    assert heading(reader)
    found.look(address)
    found.tell()


@pytest.mark.parametrize("address", PLAIN)
def test_a_plain_page_can_be_used_by_everybody(server: Server, reader: Page, address: str) -> None:
    reader.goto(f"{server.url}/{address}")
    assert heading(reader)
    for scheme, size in (("light", DESK), ("dark", PHONE)):
        reader.set_viewport_size(size)  # type: ignore[arg-type]
        reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert too_wide(reader) == []
        assert violations(reader) == []
    reader.emulate_media(color_scheme="light")


def test_the_check_finds_what_is_wrong(server: Server, page: Page) -> None:
    open_page(page, server.url)
    page.evaluate("() => { const b = document.createElement('button'); b.id = 'bare'; document.querySelector('h1').after(b) }")
    assert [v["id"] for v in violations(page)] == ["button-name"]
    page.evaluate(
        "() => { const b = document.getElementById('bare'); b.textContent = 'Pale words'; b.style = 'color:#ccc;background:#fff' }"
    )
    assert [v["id"] for v in violations(page, only=COLOURS)] == ["color-contrast"]


def test_tries_and_hints(ways: tuple[Server, Catalogue], findings: Findings) -> None:
    page = findings.page
    begin(page, ways[0], "tries")
    choose(page, "The glowing coil")
    press(page, "Check the answer")
    press(page, "Take a hint", exact=False)
    press(page, "Check the answer")  # the same answer again: a warning
    findings.look("a wrong try, a hint, a warning")
    choose(page, "The light-emitting diode")
    press(page, "Check the answer")
    findings.look("settled in the second try")


def test_rounds(ways: tuple[Server, Catalogue], findings: Findings) -> None:
    page = findings.page
    begin(page, ways[0], "rounds")
    choose(page, "The light-emitting diode")
    press(page, "Check the answer")
    findings.look("a round answered")
    press(page, "Ask me again")
    look_through(page)
    hand_in(page)
    page.get_by_role("radio", name=re.compile("^All")).click()
    settled(page)
    findings.look("result of rounds")


def test_certainty_and_its_calibration(ways: tuple[Server, Catalogue], findings: Findings) -> None:
    server, catalogue = ways
    page = findings.page
    begin(page, server, "sure")
    choose(page, "The glowing coil")
    page.get_by_role("radio", name="Certain").click()
    settled(page)
    findings.look("certainty given")
    to_next(page)
    give(page, key, catalogue)
    look_through(page)
    findings.look("certainty is open")
    hand_in(page)
    page.locator(".st-key-fig_calibration").get_by_text("View as table").click()
    findings.look("calibration with its table")


def test_a_fixed_order_and_the_clock(ways: tuple[Server, Catalogue], findings: Findings) -> None:
    server, _ = ways
    page = findings.page
    open_quiz(page, server, "order")
    findings.look("locked")
    begin(page, server, "clock")
    end_in(server, int(rows(server, "SELECT max(id) FROM attempt")[0][0]), 280)
    open_quiz(page, server, "clock")
    findings.look("less than five minutes left")


def test_a_notebook_that_is_being_worked_on(server: Server, findings: Findings) -> None:
    page = findings.page
    open_module(page, server, MODULE.id, SHOWN[-1].id)
    page.get_by_text("View as table").first.click()
    expect(page.locator("table.k-data").first).to_be_visible(timeout=PATIENCE)
    page.locator(".k-objectives summary").click()
    findings.look("all cells open, table open")
    first, second, third, fourth = [n for n, c in enumerate(SHOWN, 1) if c.kind is CellKind.QUESTION][:4]
    open_module(page, server, MODULE.id, SHOWN[fourth - 1].id)  # no more cells than are worked on
    answer_here(page, first)
    for number in (second, third):
        possible = samples(question_shown(cell(page, number)))
        answer_here(page, number, (possible.partial or possible.wrong)[0] if number == second else possible.wrong[0], right=False)
    cell(page, fourth).get_by_role("button", name="Check the answer").click()
    expect(cell(page, fourth).get_by_role("alert")).to_be_visible(timeout=PATIENCE)
    findings.look("answered right, partly, wrong, not at all")
    open_module(page, server, content().course.modules[1].id)
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
    noticed = with_notice(server)
    to_question(page, 2 if noticed == 1 else 1)  # their order differs from attempt to attempt
    give(page)
    flag(page)
    findings.look("answered and flagged")
    to_question(page, noticed)
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
    assert violations(phone) == []
    drawn_in(phone, "dark")
    assert violations(phone, only=COLOURS) == []


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


def some_answer(question: Question, *, good: bool) -> Json:
    possible = samples(question)
    kinds = (possible.right, possible.partial, possible.wrong) if good else (possible.partial, possible.wrong, possible.right)
    return next((kind[0] for kind in kinds if kind), SPOKEN.get(question.type))


def with_notice(server: Server) -> int:
    """The number of a question, of the attempt that began last, that stands behind a content notice."""
    newest = rows(server, "SELECT question_id FROM attempt_slot WHERE attempt_id = (SELECT max(id) FROM attempt) ORDER BY position")
    return next(n for n, (found,) in enumerate(newest, 1) if content().questions[found].notice)
