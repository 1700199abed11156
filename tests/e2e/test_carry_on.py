"""One person, several browsers: carrying on elsewhere, leaving, erasing, a name, and what is shown to clinicians only."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from course.content.model import Cell, Module
from tests.e2e.acts import PATIENCE, choose, heading, open_page, press, settled
from tests.e2e.answering import content
from tests.e2e.frames import Traffic
from tests.e2e.notebook import NEXT, answer_here, open_module, position
from tests.e2e.quiz import begin, give
from tests.e2e.servers import Server
from tests.e2e.stored import PERSONAL, rows, value
from tests.e2e.wire import sent

FIRST = content().course.modules[0]
CLINICIAN: list[tuple[Module, Cell]] = [(m, c) for m in content().course.modules for c in m.cells if c.clinician]


def named(server: Server, page: Page) -> str:
    """Give this visitor a name of their own; returns the id under which they are stored."""
    name = f"Guest {uuid4().hex[:8]}"
    open_page(page, f"{server.url}/you")
    page.get_by_role("textbox", name="Name").fill(name)
    press(page, "Save the name")
    return str(value(server, "SELECT id FROM learner WHERE name = ?", name))


def rows_about(server: Server, learner: str) -> dict[str, int]:
    """How many rows speak of this learner, table by table."""
    mine = "SELECT id FROM attempt WHERE learner_id = ?"
    about = {"learner": "id = ?", "attempt_slot": f"attempt_id IN ({mine})", "response": f"attempt_id IN ({mine})"}
    return {t: value(server, f"SELECT count(*) FROM {t} WHERE {about.get(t, 'learner_id = ?')}", learner) for t in PERSONAL}


def resume_link(server: Server, page: Page) -> str:
    """A link that carries this progress elsewhere, at the address of this server."""
    open_page(page, f"{server.url}/you")
    press(page, "Make a resume link")
    code = page.get_by_test_id("stCode")
    code.wait_for(timeout=PATIENCE)
    address = code.inner_text().strip()
    return server.url + address[address.index("/join/") :]


def test_a_name_is_kept_and_greets(server: Server, page: Page) -> None:
    learner = named(server, page)
    name = value(server, "SELECT name FROM learner WHERE id = ?", learner)
    open_module(page, server, FIRST.id)
    page.keyboard.press(NEXT)
    settled(page)
    open_page(page, server.url)
    assert heading(page) == f"Good to see you again, {name}"
    open_page(page, f"{server.url}/you")
    expect(page.get_by_role("textbox", name="Name")).to_have_value(name)


def test_a_name_is_shown_as_it_was_typed(server: Server, page: Page) -> None:
    open_module(page, server, FIRST.id)
    page.keyboard.press(NEXT)
    settled(page)
    open_page(page, f"{server.url}/you")
    page.get_by_role("textbox", name="Name").fill("<b>Zoë</b> & *Ann* :red[x]")
    press(page, "Save the name")
    open_page(page, server.url)
    assert heading(page) == "Good to see you again, <b>Zoë</b> & *Ann* :red[x]"


def test_a_resume_link_carries_everything_into_another_browser_once(server: Server, visitor: Callable[..., Page]) -> None:
    here, there, third = visitor(), visitor(), visitor()
    learner = named(server, here)
    open_module(here, server, FIRST.id, FIRST.cells[2].id)
    answer_here(here, 3)
    link = resume_link(server, here)

    there.goto(link)
    expect(there.get_by_role("heading", level=1)).to_have_text("Carry on in this browser?")
    assert value(server, "SELECT count(*) FROM resume_link WHERE learner_id = ? AND used_at IS NOT NULL", learner) == 0, "opening asks only"
    there.get_by_role("button", name="Carry on here").click()
    settled(there)
    assert heading(there).startswith("Good to see you again, Guest")
    open_module(there, server, FIRST.id, FIRST.cells[2].id)
    expect(there.locator(".k-feedback")).to_contain_text("Right.")

    third.goto(link)
    third.get_by_role("button", name="Carry on here").click()
    expect(third.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
    open_page(third, server.url)
    assert "Good to see you again" not in heading(third)
    assert rows_about(server, learner)["browser_session"] == 2


def test_leaving_forgets_the_browser_and_keeps_the_progress(server: Server, page: Page) -> None:
    learner = named(server, page)
    forgotten_tab = page.context.new_page()
    open_module(forgotten_tab, server, FIRST.id)
    before = rows_about(server, learner)
    (old,) = [c["value"] for c in page.context.cookies() if c["name"] == "course_session"]
    page.get_by_role("link", name="Leave, and forget me here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leave, and forget me here?")
    page.get_by_role("button", name="Leave and forget me here").click()
    settled(page)
    assert "Good to see you again" not in heading(page)
    assert [c["value"] for c in page.context.cookies() if c["name"] == "course_session"] != [old]
    open_page(page, f"{server.url}/you")
    expect(page.get_by_text("Nothing is stored about you yet.")).to_be_visible()
    assert rows_about(server, learner) == before

    forgotten_tab.get_by_role("button", name="Next cell").click()
    expect(forgotten_tab.get_by_role("alert")).to_contain_text(re.compile("eload the page"), timeout=PATIENCE)
    assert rows_about(server, learner) == before, "the tab that was left open can add nothing"


def test_erasing_leaves_no_row(server: Server, page: Page) -> None:
    learner = named(server, page)
    open_module(page, server, FIRST.id, FIRST.cells[2].id)
    answer_here(page, 3)
    page.keyboard.press(NEXT)
    settled(page)
    begin(page, server, "pharmacology")
    give(page)
    resume_link(server, page)
    before = rows_about(server, learner)
    assert 0 not in before.values(), before
    follow_plain(page, "Erase everything about me", "Erase everything")
    assert set(rows_about(server, learner).values()) == {0}
    open_page(page, f"{server.url}/you")
    expect(page.get_by_text("Nothing is stored about you yet.")).to_be_visible()


def follow_plain(page: Page, link: str, button: str) -> None:
    page.get_by_role("link", name=link).click()
    page.get_by_role("button", name=button).click()
    settled(page)


def clinician_texts() -> dict[str, str]:
    found = {}
    for module, cell in CLINICIAN:
        found[f"{module.id}#{cell.id} title"] = cell.title
        found[f"{module.id}#{cell.id} body"] = cell.body
        found[f"{module.id}#{cell.id} caption"] = cell.caption
        found[f"{module.id}#{cell.id} alt"] = cell.figure.alt if cell.figure else ""
    return {name: text for name, text in found.items() if text}


def seen_everywhere(server: Server, cookie: str, hidden: list[tuple[Module, Cell]]) -> Traffic:
    """What every kind of page is sent on which these cells could show through."""
    addresses = [f"/module?m={m.id}&cell={m.cells[-1].id}" for m in {m.id: m for m, _ in hidden}.values()]  # with all before it
    for module, cell in hidden:
        words = "+".join(re.findall(r"[a-z]{6,}", cell.title.casefold())[:2])
        key = (cell.cites or (cell.figure.cites if cell.figure else ()))[:1]
        addresses += [f"/module?m={module.id}&cell={cell.id}", f"/search?q={words}", f"/references?key={''.join(key)}"]
    return Traffic(received=[frame for address in [*addresses, "/progress"] for frame in sent(server, address, cookie)])


def cookie_of(page: Page) -> str:
    return next(f"course_session={c['value']}" for c in page.context.cookies() if c["name"] == "course_session")


def test_clinician_cells_reach_nobody_who_did_not_declare(server: Server) -> None:
    assert CLINICIAN, "there is such a cell"
    stranger = server.get("/").cookies[0].partition(";")[0]
    traffic = seen_everywhere(server, stranger, CLINICIAN)
    assert all(traffic.reached_the_browser(module.title) for module, _ in CLINICIAN), "what should be seen is seen"
    assert traffic.leaked(clinician_texts()) == []


def test_clinician_cells_are_shown_after_the_declaration_until_it_is_taken_back(server: Server, page: Page) -> None:
    module, cell = CLINICIAN[0]
    open_page(page, f"{server.url}/you")
    press(page, "Turn the clinician view on")
    expect(page.get_by_text("Tick the declaration first.")).to_be_visible()
    choose(page, "I am a health professional")
    press(page, "Turn the clinician view on")
    expect(page.get_by_text("You have declared this.")).to_be_visible()
    open_module(page, server, module.id, cell.id)
    assert position(page)[1] == len(module.cells)
    expect(page.get_by_role("heading", name=cell.title)).to_be_visible(timeout=PATIENCE)
    shown = seen_everywhere(server, cookie_of(page), CLINICIAN[:1])
    assert shown.leaked(clinician_texts()), "the same pages hold them now"
    open_page(page, f"{server.url}/you")
    press(page, "Turn the clinician view off")
    assert seen_everywhere(server, cookie_of(page), CLINICIAN[:1]).leaked(clinician_texts()) == []


def test_a_school_can_leave_clinician_cells_out_for_all(fresh_server: Callable[..., Server], page: Page) -> None:
    server = fresh_server(COURSE_CLINICIAN_VIEW="off")
    learner = named(server, page)
    expect(page.get_by_role("heading", name="Clinician view")).to_have_count(0)
    assert rows(server, "SELECT clinician FROM learner WHERE id = ?", learner) == [(0,)]
    assert seen_everywhere(server, cookie_of(page), CLINICIAN[:1]).leaked(clinician_texts()) == []
