"""What a person does, in their words. Tests read as a story of these; only this file knows how Streamlit draws things."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Locator, Page, expect

from tests.e2e.rest import PATIENCE, await_rest


def settled(page: Page) -> Page:
    """Wait until the page has drawn what came of the last act, and nothing of it broke."""
    await_rest(page)
    assert_nothing_broke(page)
    return page


def open_page(page: Page, url: str) -> Page:
    """Go to an address of the course and wait until it is drawn."""
    page.goto(url, timeout=PATIENCE)
    return settled(page)


def reload(page: Page) -> Page:
    page.reload(timeout=PATIENCE)
    return settled(page)


def switch_to(page: Page, scheme: Literal["light", "dark"]) -> Page:
    """Set the device to this colour scheme and wait until the page has followed."""
    page.emulate_media(color_scheme=scheme)
    # The course hears of the change and draws the page once more, with this marker.
    expect(page.locator(".k-dark")).to_have_count(int(scheme == "dark"), timeout=PATIENCE)
    return settled(page)


def press(page: Page, name: str, *, exact: bool = True) -> Page:
    """Press the button with this name."""
    page.get_by_role("button", name=name, exact=exact).click(timeout=PATIENCE)
    return settled(page)


def opened(page: Page, name: str, inside: str) -> Page:
    """Open what hangs from the button with this name, if it is not open, and wait until what is inside it is seen."""
    first = page.locator(inside).first
    if not first.is_visible():
        page.get_by_role("button", name=name, exact=True).click(timeout=PATIENCE)
    expect(first).to_be_visible(timeout=PATIENCE)
    return settled(page)


def follow(page: Page, name: str, *, exact: bool = True) -> Page:
    """Follow the link with this name."""
    page.get_by_role("link", name=name, exact=exact).first.click(timeout=PATIENCE)
    return settled(page)


def choose(page: Page, text: str, *, within: Locator | None = None) -> Page:
    """Pick the option that reads like this: a radio button or a tick box."""
    (within or page).locator("label").filter(has_text=text).first.click(timeout=PATIENCE)
    return settled(page)


def heading(page: Page) -> str:
    """The page's title as it is read out."""
    first = page.get_by_role("heading", level=1).first
    first.wait_for(timeout=PATIENCE)
    return first.inner_text()


def assert_nothing_broke(page: Page) -> None:
    """Neither Streamlit's box for a failed script nor the course's sentence for one."""
    broken = page.locator('[data-testid="stException"]').or_(page.get_by_text("Something broke on our side"))
    assert broken.count() == 0, broken.first.inner_text()
