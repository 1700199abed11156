"""Guards the look against a new Streamlit: what the stylesheet leans on is still there, fonts come from here, colours arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, Page

from course.learning.outline import CellKind
from course.settings import ROOT
from course.ui.tokens import DARK, LIGHT, Tokens
from tests.e2e.acts import PATIENCE, open_page, opened, settled, switch_to
from tests.e2e.answering import content
from tests.e2e.browsers import new_context
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.notebook import answer_here, open_module
from tests.e2e.quiz import begin, give, hand_in, look_through, on_question, past_the_notice, to_question
from tests.e2e.servers import Server

STYLE = (ROOT / "course" / "ui" / "script" / "static" / "style.css").read_text(encoding="utf-8")
MODULE = content().course.modules[0]
SHOWN = [c for c in MODULE.cells if not c.clinician]
LEANS_ON_STREAMLIT = re.compile(r"\.st[A-Z]|data-testid|\[role|kbd|st-key")

NOT_WALKED: Final[frozenset[str]] = frozenset(
    {
        # a gutter that stands alone: cells drawn as one element carry it in their head
        ".stElementContainer:has(> .stHtml > .k-gutter:only-child)",
        # inputs that no question of this walk has: `test_every_type` works them
        '[class*="_scale"] [data-testid="stRadioGroup"]',
        '[class*="_scale"] [data-testid="stRadioGroup"] > div',
        '[class*="_scale"] [data-testid="stRadioGroup"] > div + div',
        '[class*="_scale"] [data-testid="stRadioOption"]',
        '[data-testid="stLayoutWrapper"] + [data-testid="stLayoutWrapper"] > [class*="_stage"]',
        '[data-testid="stSliderThumbValue"]',
        '[data-testid="stSliderThumbValue"] p',
        '[data-testid="stTextAreaRootElement"]:has(:not(.never))',
        ".stHtml h4",
        # for those who teach: `test_teaching` and `test_lead` go there
        ".stElementContainer:has(.k-book)",
        ".stHtml:has(> .k-book)",
        ".stVerticalBlock:has(> .stElementContainer .k-book)",
        ".stMultiSelect button",
        '[data-testid="stDateTimeInput"] [role="spinbutton"]',
        '.stMultiSelect [data-testid="stMultiSelectTag"] button',
        # on the pages of those who teach and lead: what was done, and where a reader goes on
        ".st-key-follow",
        ".stMain:has(.st-key-outcome *)",
        '[data-testid="stLayoutWrapper"]:has(> .st-key-outcome)',
    }
)
"""Selectors for what this walk does not come by."""


def selectors() -> set[str]:
    """Every selector of the stylesheet that names something of Streamlit's."""
    rules = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", STYLE, flags=re.DOTALL)
    found = {without_passing_states(one) for head in re.findall(r"([^{};@]+)\{", rules) for one in parted(head)}
    return {one for one in found if LEANS_ON_STREAMLIT.search(one)}


def parted(head: str) -> list[str]:
    """The selectors of a rule: commas inside brackets do not part them."""
    parts, depth = [""], 0
    for letter in head:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def without_passing_states(selector: str) -> str:
    """What is only there under a pointer or with the focus counts as there; drawn-in content belongs to its element."""
    return re.sub(r"(?<!:):(hover|active|focus-visible|focus)\b", ":not(.never)", re.sub(r"::(before|after)", "", selector))


class Matched:
    """Which selectors matched something on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wanted = selectors()

    def look(self) -> None:
        found = self.page.evaluate("(all) => all.filter(one => document.querySelector(one))", sorted(self.wanted))
        self.wanted -= set(found)


@pytest.fixture(scope="module")
def walked(server: Server, browser: Browser) -> Iterator[tuple[Matched, list[str]]]:
    """One visitor goes through the course; what matched, and every address the browser asked."""
    asked: list[str] = []
    with new_context(browser, viewport=DESK) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        matched = Matched(page)
        walk(server, page, matched)
        yield matched, asked


def walk(server: Server, page: Page, matched: Matched) -> None:
    open_page(page, server.url)
    matched.look()
    open_module(page, server, MODULE.id)
    matched.look()
    open_module(page, server, MODULE.id, SHOWN[-1].id)
    matched.look()
    answer_here(page, next(n for n, c in enumerate(SHOWN, 1) if c.kind is CellKind.QUESTION))
    opened(page, "Contents", ".st-key-toc button")
    matched.look()
    page.keyboard.press("Escape")
    begin(page, server, "pharmacology")
    for number in range(1, on_question(page)[1]):  # which are drawn differs from attempt to attempt; the last stays open
        to_question(page, number)
        give(page)
        matched.look()
    look_through(page)
    matched.look()
    hand_in(page)
    matched.look()
    begin(page, server, "pretest")  # asks for certainty
    past_the_notice(page)
    matched.look()
    for address in ("progress", "search?q=bladder", "glossary", "references", "about", "you", "help"):
        open_page(page, f"{server.url}/{address}")
        matched.look()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    settled(page)
    matched.look()


def test_every_selector_still_finds_something(walked: tuple[Matched, list[str]]) -> None:
    matched, _ = walked
    assert len(selectors()) > 40
    assert not matched.wanted - NOT_WALKED, "these style nothing any more:\n" + "\n".join(sorted(matched.wanted - NOT_WALKED))


def test_every_exception_is_still_in_the_stylesheet() -> None:
    assert selectors() >= NOT_WALKED


def test_nothing_is_fetched_from_elsewhere(server: Server, walked: tuple[Matched, list[str]]) -> None:
    _, asked = walked
    assert len(asked) > 50
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []


def test_the_fonts_are_the_courses_own(server: Server, walked: tuple[Matched, list[str]], page: Page) -> None:
    _, asked = walked
    fonts = {url.removeprefix(f"{server.url}/") for url in asked if re.search(r"\.(woff2?|ttf|otf)\b", url)}
    ours = {url for url in fonts if url.startswith("app/static/fonts/")}
    assert any("newsreader" in url for url in ours)
    assert any("atkinson-hyperlegible-next" in url for url in ours)
    open_page(page, server.url)
    page.evaluate("() => document.fonts.ready")
    assert page.evaluate("() => document.fonts.check('20px Newsreader') && document.fonts.check('17px \"Atkinson Hyperlegible Next\"')")
    assert "Newsreader" in style(page, "h1", "fontFamily")
    assert "Atkinson Hyperlegible Next" in style(page, ".k-desc", "fontFamily")
    assert style(page, "html", "fontSize") == "17px"


def test_the_progress_line_touches_the_header(server: Server, page: Page) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        open_module(page, server, MODULE.id)
        header = page.get_by_test_id("stHeader").bounding_box()
        line = page.locator(".k-progressline .k-meter").bounding_box()
        assert header
        assert line
        assert abs(line["y"] - (header["y"] + header["height"])) <= 1, (header, line)
        assert line["width"] >= size["width"] - 20


@pytest.mark.parametrize(("scheme", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_the_colours_arrive(server: Server, page: Page, scheme: Literal["light", "dark"], tokens: Tokens) -> None:
    open_page(page, server.url)
    switch_to(page, scheme)
    page.locator(f"#k-page.k-{scheme}").wait_for(state="attached", timeout=PATIENCE)
    settled(page)
    assert style(page, ".stApp", "backgroundColor") == rgb(tokens.bg)
    assert style(page, "h1", "color") == rgb(tokens.ink)
    assert style(page, ".st-key-continue", "backgroundColor") == rgb(tokens.accent_soft)
    assert style(page, ".k-eyebrow", "color") == rgb(tokens.muted)
    opened(page, "Help", ".k-helplead")
    assert style(page, ".k-phone", "color") == rgb(tokens.accent), "popovers stand outside the page and have the theme all the same"


def style(page: Page, selector: str, name: str) -> str:
    return str(page.locator(selector).first.evaluate("(el, name) => getComputedStyle(el)[name]", name))


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
