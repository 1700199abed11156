"""The pages of those who teach, lead and administer, over the demo's class."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from playwright.sync_api import Browser, Page

from scripts.screens.camera import TWO_VIEWS, Shot, at, take
from tests.e2e.acts import PATIENCE, open_page, settled
from tests.e2e.browsers import new_context
from tests.e2e.conftest import DESK
from tests.e2e.servers import Server

WHOSE: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "learner": {"home-class": ("",)},
    "instructor": {
        "teach": ("teach",),
        "assign": ("teach", "gradebook", "+assign"),
        "assignment": ("teach", "assignment"),
        "gradebook": ("teach", "gradebook"),
        "learner": ("teach", "gradebook", "learner"),
        "marking": ("marking",),
        "cohorts": ("cohorts",),
        "cohort": ("cohorts", "cohort"),
        "preview": ("preview",),
    },
    "lead": {
        "insight": ("insight",),
        "insight-questions": ("insight", "insight-questions"),
        "insight-question": ("insight", "insight-questions", "insight-question"),
        "insight-objectives": ("insight", "insight-objectives"),
        "insight-objective": ("insight", "insight-objectives", "insight-objective"),
        "insight-gain": ("insight", "insight-gain"),
        "insight-certainty": ("insight", "insight-certainty"),
        "insight-support": ("insight", "insight-support"),
        "insight-compare": ("insight", "insight-compare"),
    },
    "admin": {"site": ("site",), "audit": ("site", "audit"), "corrections": ("corrections",)},
}
"""Role in the demo -> picture -> the pages on the way: the first by its address, each further one by the first link to it; +page: the page
with the query of the one before."""
NAMES: Final = tuple(name for pages in WHOSE.values() for name in pages)


def pictures(server: Server, browser: Browser, names: Sequence[str]) -> None:
    said = server.command_line("demo").stdout
    password = re.findall(r"the password (.+?) as$", said, re.MULTILINE)[0]
    logins = dict(reversed(pair) for pair in re.findall(r"^  (\S+) +an? (?:cohort )?(\w+)", said, re.MULTILINE))
    for role, pages in WHOSE.items():
        if names and not set(names) & set(pages):
            continue
        with new_context(browser, viewport=DESK) as context:
            page = context.new_page()
            sign_in(page, server, logins[role], password)
            take(page, server, [Shot(name, by_links(*way)) for name, way in pages.items()], names, TWO_VIEWS)


def sign_in(page: Page, server: Server, login: str, password: str) -> None:
    page.goto(f"{server.url}/session/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    settled(page)


def by_links(first: str, *further: str) -> Callable[[Page, Server], object]:
    """To a page through those that link to it."""
    found: list[str] = []  # the address, once it is known

    def go(page: Page, server: Server) -> None:
        if not found:
            open_page(page, f"{server.url}/{first}")
            for name in further:
                if name.startswith("+"):
                    open_page(page, f"{server.url}/{name[1:]}?{page.url.partition('?')[2]}")
                    continue
                links = f'[data-testid="stMain"] a[href$="{name}"], [data-testid="stMain"] a[href*="{name}?"]'
                page.locator(links).first.click(timeout=PATIENCE)
                page.wait_for_url(re.compile(rf"/{name}(\?|$)"), timeout=PATIENCE)
                settled(page)
            found.append(page.url.removeprefix(f"{server.url}/"))
        at(found[0])(page, server)

    return go
