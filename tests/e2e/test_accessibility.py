"""Every page, at a desk and on a phone, light and dark: no rule of WCAG 2.2 AA broken, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from course.ui.pages import PAGES
from tests.e2e.acts import heading, open_page, switch_to
from tests.e2e.axe import assert_accessible, violations
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.layout import too_wide
from tests.e2e.servers import Server

ADDRESSES = [spec.url for spec in PAGES] + [
    "module?m=recognition",
    "module?m=none",
    "quiz?q=pretest",
    "glossary?term=none",
    "references?key=none",
    "references?key=spravato",
    "references?claim=pharm-027",
]
PLAIN = ["session/leave", "session/erase", "join/resume?token=none", "download/my-data.json", "no/such/page"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PLACES: dict[str, dict[str, Any]] = {"desk": {"viewport": DESK}, "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True}}


@pytest.fixture(scope="module", params=PLACES)
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One visitor for all pages of a place: these tests only look, and a browser that knows the scripts is quicker."""
    with browser.new_context(reduced_motion="reduce", **PLACES[request.param]) as context:
        yield context.new_page()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_used_by_everybody(server: Server, reader: Page, address: str) -> None:
    reader.emulate_media(color_scheme="light")
    open_page(reader, f"{server.url}/{address}")
    assert heading(reader)
    assert too_wide(reader) == []
    assert_accessible(reader)
    switch_to(reader, "dark")
    assert_accessible(reader)


@pytest.mark.parametrize("address", PLAIN)
def test_a_plain_page_can_be_used_by_everybody(server: Server, reader: Page, address: str) -> None:
    for scheme in SCHEMES:
        reader.emulate_media(color_scheme=scheme)
        reader.goto(f"{server.url}/{address}")
        assert heading(reader)
        assert too_wide(reader) == []
        assert_accessible(reader)


def test_the_check_finds_what_is_wrong(server: Server, page: Page) -> None:
    open_page(page, server.url)
    page.evaluate("() => { const b = document.createElement('button'); b.id = 'bare'; document.querySelector('h1').after(b) }")
    assert [v["id"] for v in violations(page)] == ["button-name"]
