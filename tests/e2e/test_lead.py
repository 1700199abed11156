"""A cohort's lead walks from the overview to the line of a bad question in its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from course.access import session_cookie
from course.bootstrap import build
from course.questions import Question
from course.questions.base import Json
from course.services.people.accounts import Credentials
from tests.answered import by_strength, cohort, hand_in, right, wrong
from tests.e2e.acts import assert_nothing_broke, follow, heading, open_page, settled
from tests.e2e.axe import assert_accessible
from tests.e2e.browsers import new_context
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.layout import too_wide
from tests.e2e.servers import Server

PEOPLE = 40
TOKEN = "lead-of-group-b".ljust(43, "x")


@dataclass(frozen=True)
class Class:
    """The cookie of its lead, and the question that works backwards."""

    cookie: str
    bad: Question


@pytest.fixture(scope="module")
def group_b(server: Server) -> Class:
    """Forty learners took the pre-test; in one question the stronger ones chose a wrong option."""
    process = build({"COURSE_DATA_DIR": str(server.data)})
    lead = process.people.sign_up(None, Credentials("lead-of-b", "seven green umbrellas"), TOKEN)
    catalogue = process.catalogue()
    entries = catalogue.course.quizzes["pretest"].entries
    bad = next(e.question for e in entries if e.question.type == "single_choice")

    def answering(who: int, position: int, question: Question) -> Json:
        if question.id == bad.id:
            return right(question) if who <= PEOPLE // 2 else wrong(question)
        return by_strength(PEOPLE, len(entries))(who, position, question)

    with process.storage.write() as tx:
        cohort(tx, PEOPLE, leads=[lead.id])
        hand_in(tx, catalogue, "pretest", range(1, PEOPLE + 1), answering, certainty=3)
    process.storage.close()
    return Class(session_cookie.signed(TOKEN, process.secret), bad)


@pytest.fixture(params=("desk", "phone"))
def lead(browser: Browser, server: Server, group_b: Class, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The lead's browser, signed in."""
    place = DESK if request.param == "desk" else PHONE
    with new_context(browser, viewport=place, color_scheme="light") as context:
        context.add_cookies([{"name": session_cookie.NAME, "value": group_b.cookie, "url": server.url}])
        yield context.new_page()


def test_from_the_overview_to_the_line_of_a_bad_question(server: Server, lead: Page, group_b: Class) -> None:
    open_page(lead, f"{server.url}/insight")
    assert heading(lead) == "Group B"
    _usable(lead)
    follow(lead, "Questions")
    assert re.match(r"\d+ questions? to look at", heading(lead))
    _usable(lead)
    first = lead.locator("table[aria-label^='Questions of'] tbody tr").first
    assert "scored higher on the other questions" in first.inner_text()
    assert f"{group_b.bad.place.path}:{group_b.bad.place.line}" in first.inner_text()
    first.locator("summary").nth(1).click()
    expect(first).to_contain_text("Mean points / maximum", use_inner_text=True)
    settled(lead)
    listed = lead.url
    lead.evaluate("window.stayed = true")
    link = first.get_by_role("link").first
    with lead.context.expect_page() as beside:
        link.click(modifiers=["ControlOrMeta"])
    beside.value.close()
    assert lead.url == listed, "a link that is asked for in a new tab leaves this page alone"
    link.click()
    expect(lead.locator("code.k-place")).to_have_count(1)
    expect(lead.locator("code.k-place")).to_have_text(f"{group_b.bad.place.path}:{group_b.bad.place.line}")
    settled(lead)
    _usable(lead)
    asked = lead.url
    assert f"q={group_b.bad.id}" in asked
    lead.go_back()
    expect(first).to_be_visible()
    assert lead.url == listed
    lead.go_forward()
    expect(lead.locator("code.k-place")).to_have_count(1)
    assert lead.url == asked
    assert lead.evaluate("window.stayed"), "a link in a table loads the whole page again"


def test_the_preview_of_a_question_and_of_a_result_can_be_used(server: Server, lead: Page, group_b: Class) -> None:
    open_page(lead, f"{server.url}/preview?question={group_b.bad.id}&state=wrong")
    assert heading(lead) == group_b.bad.id
    assert lead.locator("code.k-place").inner_text() == str(group_b.bad.place)
    _usable(lead)
    open_page(lead, f"{server.url}/preview?quiz=pharmacology&moment=not-passed")
    assert heading(lead) == "Not passed yet"
    _usable(lead)
    lead.evaluate("window.stayed = true")
    lead.get_by_role("link", name="Back to the quiz").click()
    lead.get_by_role("link", name="ph-site", exact=True).click()
    lead.wait_for_url("**/preview?question=ph-site")
    expect(lead.get_by_role("heading", level=1)).to_have_text("ph-site")
    assert lead.evaluate("window.stayed"), "a link in a table loads the whole page again"


def test_a_guest_finds_no_such_page(server: Server, visitor: Callable[..., Page], group_b: Class) -> None:
    page = visitor()
    open_page(page, f"{server.url}/insight-questions?c=k")
    assert heading(page) == "There is no such page"
    assert page.get_by_role("link", name="Insight").count() == 0
    open_page(page, f"{server.url}/preview?question={group_b.bad.id}&state=right")
    assert heading(page) == "There is no such page"
    assert page.get_by_role("link", name="Preview").count() == 0


def _usable(page: Page) -> None:
    assert_nothing_broke(page)
    assert too_wide(page) == []
    assert_accessible(page)
