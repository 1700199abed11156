"""Accounts in a browser: the first admin, an instructor, a class from a roster, a learner who brings along what they did."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import PATIENCE, follow, heading, open_page, press, settled
from tests.e2e.axe import assert_accessible
from tests.e2e.conftest import PHONE
from tests.e2e.layout import too_wide
from tests.e2e.provider import provider, secrets_file
from tests.e2e.servers import TRACE, Server, fetch, free_port

WORDS = "seven green umbrellas"
ROSTER = "name,email,id\n" + "".join(f"Learner {n:02},l{n:02}@course.test,{n}\n" for n in range(1, 31))


def submit(page: Page, button: str, **fields: str) -> Page:
    """Fill in the form of a plain page, by the names of its fields, and send it."""
    for field, text in fields.items():
        page.locator(f"#{field}").fill(text, timeout=PATIENCE)
    page.get_by_role("button", name=button).click(timeout=PATIENCE)
    return page


def part(page: Page, name: str) -> Page:
    page.get_by_role("radio", name=name, exact=True).click(timeout=PATIENCE)
    return settled(page)


def made_link(page: Page) -> str:
    return page.locator('[data-testid="stCode"]').last.inner_text(timeout=PATIENCE).strip().rpartition(",")[2]


def test_an_admin_makes_an_instructor_whose_class_comes_in(fresh_server: Callable[..., Server], visitor: Callable[..., Page]) -> None:
    server = fresh_server()
    first = re.findall(r"http\S+/join/first\?token=\S+", server.log_text())[-1]

    admin = visitor()
    admin.goto(first)
    settled(submit(admin, "Make the account", login="ada", name="Ada", password=WORDS))
    open_page(admin, f"{server.url}/site")
    press(admin, "Make the link")
    link = made_link(admin)
    assert_accessible(admin)

    teacher = visitor()
    teacher.goto(link)
    settled(submit(teacher, "Make the account and accept", login="ivo", name="Ivo", password=WORDS))
    follow(teacher, "Cohorts")
    teacher.get_by_label("Name").fill("Group B")
    press(teacher, "Make the cohort")
    follow(teacher, "Group B")
    address = teacher.url
    part(teacher, "Roster")
    roster = {"name": "class.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    teacher.locator("input[type=file]").set_input_files(roster, timeout=PATIENCE)
    teacher.get_by_role("button", name="Take in 30 lines").click(timeout=PATIENCE)
    expect(teacher.get_by_text("30 learners came in")).to_be_visible(timeout=PATIENCE)
    part(settled(teacher), "Inviting")
    press(teacher, "Make a code")
    code = teacher.locator(".k-phone").last.inner_text()
    assert_accessible(teacher)

    learner = visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    open_page(learner, f"{server.url}/you")
    learner.get_by_role("textbox").first.fill("Bea")
    press(learner, "Save the name")
    before = {c["name"]: c["value"] for c in learner.context.cookies()}["course_session"]
    learner.goto(f"{server.url}/join/code")
    submit(learner, "Look it up", code=code.lower())
    expect(learner.locator("main")).to_contain_text("Group B")
    assert too_wide(learner) == []
    assert_accessible(learner)
    settled(submit(learner, "Make the account and accept", login="bea", password=WORDS))
    after = {c["name"]: c["value"] for c in learner.context.cookies()}["course_session"]
    assert after != before, "the cookie changes with whoever holds it"
    assert server.get("/download/my-data.json", Cookie=f"course_session={before}").status == 404

    open_page(learner, f"{server.url}/you")
    expect(learner.get_by_text("Group B, as learner")).to_be_visible(timeout=PATIENCE)
    assert too_wide(learner) == []
    assert_accessible(learner)
    for closed in (address, f"{server.url}/cohort?c=none", f"{server.url}/site", f"{server.url}/audit", f"{server.url}/cohorts"):
        open_page(learner, closed)
        assert heading(learner) == "There is no such page", closed

    open_page(teacher, address)
    expect(teacher.get_by_role("cell", name="Bea", exact=True)).to_be_visible(timeout=PATIENCE)
    follow(teacher, "Who changed what")
    assert heading(teacher) == "Who changed what"
    assert_accessible(teacher)

    open_page(admin, f"{server.url}/site")
    admin.get_by_label("Find").fill("bea")
    admin.get_by_label("Find").press("Enter")
    press(settled(admin), "Make a link for a new password")
    reset = made_link(admin)
    elsewhere = visitor()
    elsewhere.goto(reset)
    settled(submit(elsewhere, "Set the password", password="eight red bicycles"))
    assert server.get("/download/my-data.json", Cookie=_cookie(learner)).status == 404, "every other browser is signed out"
    assert server.get("/download/my-data.json", Cookie=_cookie(elsewhere)).status == 200
    elsewhere.goto(reset)
    submit(elsewhere, "Set the password", password="nine blue kettles")
    expect(elsewhere.locator("main")).to_contain_text("does not work any more")


def test_signing_in_out_and_in_again(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/session/sign-up")
    settled(submit(page, "Make the account", login="cai", name="Cai", password=WORDS))
    open_page(page, f"{server.url}/you")
    expect(page.get_by_text("You sign in as cai")).to_be_visible(timeout=PATIENCE)
    page.goto(f"{server.url}/session/sign-out")
    settled(submit(page, "Sign out"))
    page.goto(f"{server.url}/session/sign-in")
    submit(page, "Sign in", login="cai", password="seven green umbrella")
    expect(page.get_by_role("alert")).to_contain_text("do not fit together")
    settled(submit(page, "Sign in", login="CAI", password=WORDS))
    open_page(page, f"{server.url}/you")
    expect(page.get_by_text("You sign in as cai")).to_be_visible(timeout=PATIENCE)


def test_a_guests_work_comes_along_and_browsers_are_signed_out(server: Server, page: Page, visitor: Callable[..., Page]) -> None:
    page.goto(f"{server.url}/session/sign-up")
    settled(submit(page, "Make the account", login="dee", name="Dee", password=WORDS))
    press(open_page(page, f"{server.url}/module?m=pharmacology"), "Next", exact=False)
    phone = visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    press(open_page(phone, f"{server.url}/module?m=treatment"), "Next", exact=False)
    phone.goto(f"{server.url}/session/sign-in")
    expect(phone.get_by_label("Bring along the progress made in this browser")).to_be_checked()
    settled(submit(phone, "Sign in", login="dee", password=WORDS))
    mine = {name: server.get("/download/my-data.json", Cookie=_cookie(name)).body for name in (page, phone)}
    opened = [{e["module"] for e in json.loads(body)["data"]["event"]} for body in mine.values()]
    assert opened[0] == opened[1] >= {"pharmacology", "treatment"}, "one person, with what was done in both browsers"

    open_page(phone, f"{server.url}/you")
    open_page(page, f"{server.url}/you")
    page.get_by_role("button", name="Sign out Chrome on Android").or_(page.get_by_role("button", name="Sign out Chrome on Linux")).click()
    expect(page.get_by_text(re.compile(r"^Chrome on \w+ is signed out"))).to_be_visible(timeout=PATIENCE)
    assert server.get("/download/my-data.json", Cookie=_cookie(phone)).status == 404
    phone.get_by_role("button", name="Save the name").click(timeout=PATIENCE)
    expect(phone.get_by_role("link", name="Make an account")).to_be_visible(timeout=PATIENCE)
    expect(phone.get_by_text("You sign in as dee")).to_have_count(0)


def _cookie(page: Page) -> str:
    return f"course_session={({c['name']: c['value'] for c in page.context.cookies()})['course_session']}"


SIGNING = ("sign-in", "sign-up", "sign-out", "password")
JOINING = ("first", "code", "invitation", "forgot", "reset")


@pytest.mark.parametrize("path", [*(f"/session/{p}" for p in SIGNING), *(f"/join/{p}" for p in JOINING)])
def test_another_site_signs_nobody_in_or_out(server: Server, path: str) -> None:
    headers = {"Origin": "https://elsewhere.test", "Content-Type": "application/x-www-form-urlencoded"}
    refused = fetch(server.url + path, method="POST", headers=headers, body=b"login=cai&password=x")
    assert refused.status == 403
    assert refused.cookies == ()


def test_a_form_that_is_too_large_is_refused(server: Server) -> None:
    headers = {"Origin": server.url, "Content-Type": "application/x-www-form-urlencoded"}
    refused = fetch(f"{server.url}/session/sign-in", method="POST", headers=headers, body=b"login=" + b"x" * 50_000)
    assert refused.status == 400
    assert b"too large" in refused.body


@pytest.mark.parametrize("onward", ["https://elsewhere.test/", "//elsewhere.test", "/join/invitation?token=x\r\nSet-Cookie: z=1"])
def test_signing_in_leads_nowhere_else(server: Server, onward: str) -> None:
    found = server.get(f"/session/sign-in?next={quote(onward, safe='')}")
    assert b"elsewhere" not in found.body
    assert b'name="next"' not in found.body


def test_somebody_signs_in_where_their_institution_knows_them(tmp_path: Path, page: Page, visitor: Callable[..., Page]) -> None:
    with provider(sub="42", email="Ann@course.test", email_verified=True, name="Ann Elsewhere") as one:
        port = free_port()
        (tmp_path / "secrets.toml").write_text(secrets_file(one, port), encoding="utf-8")
        server = Server(tmp_path / "data", {"STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml")}, port).start()
        try:
            open_page(page, f"{server.url}/you")
            page.get_by_role("button", name="Sign in with your institution").click(timeout=PATIENCE)
            page.get_by_role("link", name="Carry on here").click(timeout=PATIENCE)
            expect(page.locator("main")).to_contain_text("ann@course.test")
            settled(submit(page, "Carry on"))
            open_page(page, f"{server.url}/you")
            expect(page.get_by_text("You sign in as ann@course.test")).to_be_visible(timeout=PATIENCE)
            expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Ann Elsewhere")

            other = visitor()
            other.goto(f"{server.url}/session/sign-up")
            settled(submit(other, "Make the account", login="cai", name="Cai", password=WORDS))
            open_page(other, f"{server.url}/you")
            other.get_by_role("button", name="Let your institution open it too").click(timeout=PATIENCE)
            other.get_by_role("link", name="Make both one").click(timeout=PATIENCE)
            other.wait_for_url(re.compile("/join/link"))
            link = other.url
            assert_accessible(other)
            page.goto(link)
            expect(page.locator("h1"), "a seal opens in its own browser alone").to_contain_text("This does not work")
            settled(submit(other, "Make both one", password=WORDS))
            expect(other.get_by_text("The sign-in of 127.0.0.1 opens this account.")).to_be_visible(timeout=PATIENCE)
            assert_accessible(other)
            open_page(page, f"{server.url}/you")
            expect(page.get_by_text("You sign in as ann@course.test")).not_to_be_visible(timeout=PATIENCE)
        finally:
            server.stop()
        assert TRACE not in server.log_text(), server.log_text()
