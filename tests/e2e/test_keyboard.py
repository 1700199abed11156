"""Everything without a pointer: where Tab leads, that the focus is seen and not hidden, help, leaving, reading on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import keyboard
from tests.e2e.acts import PATIENCE, open_page, settled
from tests.e2e.answering import content, key, question_shown
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.notebook import NEXT, cell, next_cell, open_module, position
from tests.e2e.quiz import begin, to_question
from tests.e2e.servers import Server

MODULE = content().course.modules[0]
MOST_STOPS = 400

STOP = """() => {
  let el = document.activeElement;
  while (el && el.shadowRoot && el.shadowRoot.activeElement) el = el.shadowRoot.activeElement;
  if (!el || el === document.body) return null;
  if (!el.dataset.stop) el.dataset.stop = String(window.stops = (window.stops || 0) + 1);
  const ringed = (one) => { const s = getComputedStyle(one); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; };
  const edged = (one) => { const s = getComputedStyle(one); return s.boxShadow !== 'none' || ringed(one); };
  let seen = ringed(el), around = el;
  for (let i = 0; i < 4 && !seen && around.parentElement; i++) { around = around.parentElement; seen = edged(around); }
  const box = (el.closest('label') || el).getBoundingClientRect();
  const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]].map(([x, y]) => [box.left + x * box.width, box.top + y * box.height]);
  const free = points.some(([x, y]) => { const at = document.elementFromPoint(x, y);
    return at && (at === el || el.contains(at) || at.contains(el) || (el.closest('label') || el).contains(at) || (el.getRootNode().host && (at === el.getRootNode().host || at.contains(el.getRootNode().host)))); });
  const name = `${el.tagName.toLowerCase()} ${(el.getAttribute('aria-label') || el.innerText || el.type || '').trim().slice(0, 50)}`;
  return {stop: el.dataset.stop, name, seen, free};
}"""


def stops(page: Page) -> list[dict[str, object]]:
    """Every place where Tab halts, once around the page."""
    found: list[dict[str, object]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(STOP)
        if at is None or any(at["stop"] == earlier["stop"] for earlier in found):
            return found
        found.append(at)
    raise AssertionError(f"Tab goes on for ever: {[one['name'] for one in found[-5:]]}")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_focus_is_always_seen(server: Server, visitor: Callable[..., Page], size: dict[str, int]) -> None:
    """It has a ring, and nothing fixed lies over it."""
    page = visitor(viewport=size)
    faults: list[str] = []

    def walk(state: str) -> list[str]:
        page.get_by_role("link", name="Skip to main content").focus()
        halts = stops(page)
        faults.extend(f"{state}: no ring on {h['name']}" for h in halts if not h["seen"])
        faults.extend(f"{state}: hidden under something: {h['name']}" for h in halts if not h["free"])
        return [str(h["name"]) for h in halts]

    open_page(page, server.url)
    names = walk("home")
    assert any("Start module 1" in n for n in names)
    assert any("Quick exit" in n for n in names)
    open_module(page, server, MODULE.id, [c for c in MODULE.cells if not c.clinician][-1].id)
    names = walk("notebook")
    assert sum("Check the answer" in n for n in names) >= 5
    open_page(page, f"{server.url}/you")
    walk("you")
    begin(page, server, "pharmacology")
    for number in (1, 4, 7):
        to_question(page, number)
        if page.get_by_role("button", name="Show the question").count():
            page.get_by_role("button", name="Show the question").click()
            settled(page)
        names = walk(f"question {number}")
        assert any("Hand in" in n for n in names)
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_the_first_stop_skips_the_menu(server: Server, page: Page) -> None:
    open_page(page, server.url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(skip).not_to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_function("() => !!document.activeElement.closest('.stMain')", timeout=PATIENCE)


def test_help_opens_and_closes_and_gives_the_focus_back(server: Server, page: Page) -> None:
    open_page(page, server.url)
    button = page.get_by_role("button", name="Help", exact=True)
    keyboard.tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.locator(".k-helplead")).to_be_visible(timeout=PATIENCE)
    settled(page)
    country = page.get_by_role("combobox", name="Country")
    keyboard.tab_to(page, country)
    page.keyboard.press("Escape")
    expect(page.locator(".k-helplead")).to_be_hidden(timeout=PATIENCE)
    expect(button).to_be_focused(timeout=PATIENCE)


@pytest.mark.parametrize("how", ["link", "shift"])
def test_leaving_quickly_leaves_nothing_to_go_back_to(server: Server, page: Page, how: str) -> None:
    def elsewhere(route: Route) -> None:
        route.fulfill(body="<title>An encyclopedia</title>", content_type="text/html")

    page.route("https://www.wikipedia.org/**", elsewhere)
    open_module(page, server, MODULE.id)
    if how == "link":
        page.get_by_role("link", name="Quick exit").focus()
        page.keyboard.press("Enter")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.wikipedia.org/**", timeout=PATIENCE)
    page.go_back()
    assert not page.url.startswith(server.url)


def test_a_module_is_read_without_a_pointer(server: Server, page: Page) -> None:
    open_module(page, server, MODULE.id)
    next_cell(page)
    here = next_cell(page)
    question = question_shown(here)
    keyboard.answer(page, here, question, key(question))
    keyboard.press(page, here.get_by_role("button", name="Check the answer"))
    expect(here.locator(".k-feedback")).to_contain_text("Right.", timeout=PATIENCE)
    next_cell(page)
    assert position(page)[0] == 4
    keyboard.press(page, page.get_by_role("button", name="Contents"))
    wanted = page.locator(".st-key-toc_7 button")
    keyboard.press(page, wanted)
    expect(page.locator(".k-pos")).to_contain_text("Cell 7 of", timeout=PATIENCE)
    expect(cell(page, 7)).to_be_focused(timeout=PATIENCE)


def test_a_case_is_worked_without_a_pointer_and_tells_nothing_ahead(server: Server, page: Page) -> None:
    number, case = next((n, c) for n, c in enumerate((c for c in MODULE.cells if not c.clinician), 1) if c.kind.value == "case")
    open_module(page, server, MODULE.id, case.id)
    here = cell(page, number)
    question = question_shown(here)
    for index, part in enumerate(question.body.parts, 1):
        for later in question.body.parts[index:]:
            assert later.stem not in here.inner_text(), "a step that is not reached is not told"
        alone = replace(question, type=part.kind.name, body=part.body, stem=part.stem)
        keyboard.answer(page, here, alone, key(alone))
        keyboard.press(page, here.get_by_role("button", name="Check the answer"))
        expect(here.locator(f'[class*="st-key-step_{case.id}_{index + 1}"]')).to_be_focused(timeout=PATIENCE)
    expect(here.locator(".k-feedback")).to_contain_text("Right.", timeout=PATIENCE)
    keyboard.press(page, here.get_by_role("button", name="Work it again"))
    expect(here.locator(".k-step")).to_have_text(f"Step 1 of {len(question.body.parts)}", timeout=PATIENCE)


def test_the_shortcut_does_not_act_while_writing(server: Server, page: Page) -> None:
    number, reflection = next((n, c) for n, c in enumerate((c for c in MODULE.cells if not c.clinician), 1) if c.kind.value == "reflection")
    open_module(page, server, MODULE.id, reflection.id)
    box = cell(page, number).get_by_role("textbox")
    box.click()
    page.keyboard.type("one two")
    page.keyboard.press(NEXT)
    settled(page)
    assert position(page)[0] == number
    expect(box).to_have_value("one two")
