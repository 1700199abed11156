"""A simulation in a notebook: a prediction by keyboard, how far it was off, then playing; and what of it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e import keyboard
from tests.e2e.acts import PATIENCE, reload, settled
from tests.e2e.axe import assert_accessible
from tests.e2e.notebook import next_cell, open_module, predict_here
from tests.e2e.rest import await_sent
from tests.e2e.servers import Server
from tests.e2e.stored import counts, rows

MODULE = "recognition"
CELL = "sim-tolerance"
NUMBER = 5


def the_cell(page: Page) -> Locator:
    return page.locator(f".st-key-cell_{NUMBER}")


def slide(page: Page, name: str, value: int) -> None:
    """Move the slider with the arrows; each is sent when the keys rest."""
    thumb = the_cell(page).get_by_role("slider", name=re.compile(name))
    thumb.focus()
    moved = False
    for _ in range(60):
        away = float(thumb.input_value()) - value
        if not away:
            break
        page.keyboard.press("ArrowLeft" if away > 0 else "ArrowRight")
        moved = True
    if moved:
        await_sent(page)
    settled(page)


def test_a_prediction_is_committed_by_keyboard_and_only_that_it_was_made_is_kept(fresh_server: Callable[..., Server], page: Page) -> None:
    server = fresh_server()
    open_module(page, server, MODULE, CELL)
    here = the_cell(page)
    expect(here.get_by_role("slider", name=re.compile("Use every"))).to_have_count(0)
    assert "drift" not in here.inner_text(), "the explanation waits for the prediction"
    for day in ("day 14", "day 42", "day 69"):
        slide(page, day, 46)
    expect(here.get_by_role("figure", name=re.compile("Effect at day 69: 46%"))).to_be_visible(timeout=PATIENCE)
    keyboard.press(page, here.get_by_role("button", name="Lock in my prediction"))
    expect(here.get_by_text("On average you were 18 percentage points from the curve.")).to_be_visible(timeout=PATIENCE)
    expect(here).to_contain_text("drift back")
    play(page, here)
    ((cell, data),) = rows(server, "SELECT cell, data FROM event WHERE kind = 'cell_answered'")
    assert (cell, data) == (CELL, None)
    assert counts(server)["practice_response"] == 0
    reload(page)
    expect(here.get_by_text("You have made a prediction here before.")).to_be_visible(timeout=PATIENCE)


def play(page: Page, here: Locator) -> None:
    """The curve follows the sliders; its words and its table say the same. An opened table stays open."""
    expect(here.locator(".k-says")).to_contain_text("every 7 days, the effect goes from 67%", timeout=PATIENCE)
    here.get_by_text("View as table").click(timeout=PATIENCE)
    settled(page)
    expect(here.get_by_role("row")).to_have_count(26, timeout=PATIENCE)
    slide(page, "Use every", 1)
    expect(here.locator(".k-says")).to_have_text(re.compile("every day, the effect goes from 67% .* to 50% on the last"), timeout=PATIENCE)
    expect(here.get_by_role("row").last).to_contain_text("50%", timeout=PATIENCE)


def test_it_can_be_used_by_everybody_on_a_phone(server: Server, dark_phone: Page) -> None:
    open_module(dark_phone, server, MODULE, CELL)
    assert_accessible(dark_phone, within=f".st-key-cell_{NUMBER}")
    for number in (NUMBER - 1, NUMBER):
        predict_here(dark_phone, number)
    assert_accessible(dark_phone)
    assert dark_phone.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_simulation_left_behind_is_closed_until_it_is_asked_for(server: Server, page: Page) -> None:
    open_module(page, server, MODULE, CELL)
    predict_here(page, NUMBER)
    for _ in range(2):
        next_cell(page)
    here = the_cell(page)
    expect(here.locator(".k-says")).to_have_count(0, timeout=PATIENCE)
    expect(here).to_contain_text("drift back")
    here.get_by_role("button", name="Open the figure").click(timeout=PATIENCE)
    expect(here.get_by_text("On average you were")).to_be_visible(timeout=PATIENCE)
    expect(here.locator(".k-says")).to_be_visible(timeout=PATIENCE)
