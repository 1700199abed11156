"""The cookie is all that says who somebody is: forged, replayed, left behind in another tab."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.acts import PATIENCE, follow, heading, open_page, settled
from tests.e2e.servers import Server


def named(page: Page, server: Server, name: str) -> str:
    """Give a name on the page "You"; the cookie's value under which it is now stored."""
    open_page(page, f"{server.url}/you")
    page.get_by_role("textbox").first.fill(name, timeout=PATIENCE)
    page.get_by_role("button", name="Save the name").click(timeout=PATIENCE)
    settled(page)
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "course_session"]
    return str(cookie["value"])


def test_a_forged_cookie_is_nobody(server: Server, page: Page) -> None:
    good = named(page, server, "Ann")
    assert b"Ann" in server.get("/download/my-data.json", Cookie=f"course_session={good}").body
    for place in (0, 20, 42, 44, len(good) - 1):
        other = "0" if good[place] != "0" else "1"
        forged = good[:place] + other + good[place + 1 :]
        assert server.get("/download/my-data.json", Cookie=f"course_session={forged}").status == 404, place


def test_a_cookie_is_worth_nothing_after_its_person_is_erased(server: Server, page: Page) -> None:
    good = named(page, server, "Ann")
    page.goto(f"{server.url}/session/erase")
    page.get_by_role("button", name="Erase everything").click()
    settled(page)
    assert server.get("/download/my-data.json", Cookie=f"course_session={good}").status == 404


def test_a_tab_left_open_shows_nothing_of_the_erased(server: Server, page: Page) -> None:
    named(page, server, "Quokka")
    open_page(page, f"{server.url}/you")
    expect(page.get_by_role("textbox").first).to_have_value("Quokka")
    other = page.context.new_page()
    other.goto(f"{server.url}/session/erase")
    other.get_by_role("button", name="Erase everything").click()
    settled(other)

    follow(follow(page, "Home"), "You")
    assert heading(page) == "You"
    expect(page.get_by_role("textbox").first).not_to_have_value("Quokka")


def test_a_link_opened_by_a_mail_program_is_not_used_up(server: Server, page: Page, visitor: Callable[..., Page]) -> None:
    named(page, server, "Ann")
    open_page(page, f"{server.url}/you").get_by_role("button", name="Make a resume link").click()
    link = settled(page).locator('[data-testid="stCode"]').inner_text().strip()
    for _ in range(2):
        assert server.get(link.removeprefix(server.url)).status == 200
    other = visitor()
    other.goto(link)
    other.get_by_role("button", name="Carry on here").click()
    settled(other)
    open_page(other, f"{server.url}/you")
    expect(other.get_by_role("textbox").first).to_have_value("Ann")


def test_what_is_about_a_person_is_kept_by_no_cache(server: Server, page: Page) -> None:
    good = named(page, server, "Ann")
    for path in ("/", "/you", "/download/my-data.json", "/download/attempts.csv", "/session/leave"):
        assert server.get(path, Cookie=f"course_session={good}").headers["cache-control"] == "no-store", path


def test_discreet_mode_puts_a_neutral_title_into_the_tab(fresh_server: Callable[..., Server], page: Page) -> None:
    server = fresh_server(COURSE_DISCREET="true")
    assert b"etamine" not in server.get("/").body
    for path in ("", "module", "help"):
        open_page(page, f"{server.url}/{path}")
        assert "etamine" not in page.title()
