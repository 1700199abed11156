"""Reading a module: cells, the next one, the questions between them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from course.questions.base import Json, Question
from tests.e2e.acts import PATIENCE, open_page, settled
from tests.e2e.answering import answer, base_key, fill, key, question_shown
from tests.e2e.servers import Server

NEXT = "Control+ArrowRight"


def open_module(page: Page, server: Server, module: str, cell: str = "") -> Page:
    return open_page(page, f"{server.url}/module?m={module}" + (f"&cell={cell}" if cell else ""))


def cell(page: Page, number: int) -> Locator:
    return page.locator(f".st-key-cell_{number}")


def position(page: Page) -> tuple[int, int]:
    """The cell the reader is at, and how many there are."""
    bar = page.locator(".k-pos")
    bar.wait_for(timeout=PATIENCE)
    found = re.search(r"Cell (\d+) of (\d+)", bar.inner_text())
    assert found, bar.inner_text()
    return int(found[1]), int(found[2])


def next_cell(page: Page) -> Locator:
    """Go to the next cell with the keyboard; it is scrolled to and has the focus."""
    at, _ = position(page)
    page.keyboard.press(NEXT)
    expect(page.locator(".k-pos")).to_contain_text(f"Cell {at + 1} of", timeout=PATIENCE)
    settled(page)
    expect(cell(page, at + 1)).to_be_focused(timeout=PATIENCE)
    return cell(page, at + 1)


def predict_here(page: Page, number: int) -> Locator:
    """Commit a prediction in this cell without moving anything; returns the cell once the result is read."""
    here = cell(page, number)
    here.get_by_role("slider").first.wait_for(timeout=PATIENCE)
    on_purpose = here.get_by_role("button", name="This is my prediction")
    if on_purpose.count():
        on_purpose.click(timeout=PATIENCE)
        settled(page)
    here.get_by_role("button", name="Lock in my prediction").click(timeout=PATIENCE)
    settled(page)
    expect(here.locator(".k-says")).to_be_visible(timeout=PATIENCE)
    return here


def is_staged(here: Locator) -> bool:
    """Whether the cell holds a case, which is worked step by step."""
    return here.locator('[class*="st-key-step_"]').count() > 0


def step(page: Page, here: Locator, question: Question, response: Json, index: int) -> None:
    """Answer one step of the case in this cell; the step shown must be this one."""
    part = question.body.parts[index]
    assert isinstance(response, dict)
    expect(here.locator(".k-step").last).to_have_text(f"Step {index + 1} of {len(question.body.parts)}", timeout=PATIENCE)
    fill(page, part.kind.controls(part.body), response[part.id], base_key(here))
    check(page, here)


def check(page: Page, here: Locator) -> None:
    here.get_by_role("button", name="Check the answer").click(timeout=PATIENCE)
    settled(page)


def answer_here(page: Page, number: int, response: Json = None, *, right: bool = True) -> Locator:
    """Answer the question or work the case of this cell, by default with its key; returns the cell once its verdict is read."""
    here = cell(page, number)
    question = question_shown(here)
    given = key(question) if right and response is None else response
    work(page, here, question, given)
    expect(here.locator(".k-feedback")).to_be_visible(timeout=PATIENCE)
    return here


def work(page: Page, here: Locator, question: Question, response: Json) -> None:
    """Answer and check it; a case step by step."""
    if is_staged(here):
        for index in range(len(question.body.parts)):
            step(page, here, question, response, index)
    else:
        answer(page, here, question, response)
        check(page, here)
