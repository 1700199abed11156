"""Taking a quiz: begin, answer what is asked, flag, look through, hand in."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from course.content.model import Catalogue
from course.questions.base import Json, Question
from tests.e2e.acts import PATIENCE, heading, open_page, press, settled
from tests.e2e.answering import answer, key, question_shown
from tests.e2e.servers import Server


def open_quiz(page: Page, server: Server, quiz: str) -> Page:
    return open_page(page, f"{server.url}/quiz?q={quiz}")


def begin(page: Page, server: Server, quiz: str) -> Page:
    """Open the quiz and begin a new attempt."""
    open_quiz(page, server, quiz)
    page.locator(".st-key-begin button").click(timeout=PATIENCE)
    settled(page)
    expect(page.locator(".st-key-palette")).to_be_visible(timeout=PATIENCE)
    return page


def on_question(page: Page) -> tuple[int, int]:
    """The question that is shown, and how many there are."""
    found = re.search(r"Question (\d+) of (\d+)", heading(page))
    assert found, heading(page)
    return int(found[1]), int(found[2])


def to_question(page: Page, number: int) -> Page:
    """Go there by the row of numbers."""
    page.locator(".st-key-palette").get_by_role("radio").nth(number - 1).click(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Question {number} of", timeout=PATIENCE)
    return settled(page)


def to_next(page: Page) -> Page:
    number, _ = on_question(page)
    page.locator(".st-key-nextq button").click(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Question {number + 1} of", timeout=PATIENCE)
    return settled(page)


def past_the_notice(page: Page) -> bool:
    """Show the question behind a content notice, when there is one."""
    show = page.get_by_role("button", name="Show the question")
    if not show.count():
        return False
    show.click(timeout=PATIENCE)
    settled(page)
    return True


def saved(page: Page) -> str:
    """What the page says of what is stored."""
    return page.locator(".k-saved").inner_text()


def give(page: Page, choose: Callable[[Question], Json] = key, catalogue: Catalogue | None = None) -> Question:
    """Answer the question that is shown and wait until the page calls it saved."""
    past_the_notice(page)
    question = question_shown(page.locator(".st-key-question"), catalogue)
    answer(page, page.locator(".st-key-question"), question, choose(question))
    expect(page.locator(".k-saved")).to_contain_text("saved", timeout=PATIENCE)
    return question


def work_through(page: Page, choose: Callable[[Question], Json] = key, catalogue: Catalogue | None = None) -> list[Question]:
    """Answer this question and all after it; returns them in the order they were asked."""
    given = [give(page, choose, catalogue)]
    for _ in range(on_question(page)[0], on_question(page)[1]):
        to_next(page)
        given.append(give(page, choose, catalogue))
    return given


def flag(page: Page) -> Page:
    press(page, "Flag")
    expect(page.get_by_role("button", name="Unflag")).to_be_visible(timeout=PATIENCE)
    return page


def look_through(page: Page) -> Page:
    """The last look before handing in."""
    press(page, "Hand in")
    expect(page.get_by_role("heading", name="Before you hand in")).to_be_visible(timeout=PATIENCE)
    return page


def hand_in(page: Page) -> Page:
    """Hand in from the last look; ends on the result."""
    press(page, "Hand in now")
    page.wait_for_url(re.compile(r"/result\?a=\d+"), timeout=PATIENCE)
    expect(page.locator(".k-facts").first).to_be_visible(timeout=PATIENCE)
    return settled(page)
