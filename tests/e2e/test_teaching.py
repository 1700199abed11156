"""A class from its first admin to its grades: one learner has more time, and the gradebook, its files and the calendar agree."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from course.content.loader import load
from tests.e2e.acts import PATIENCE, follow, open_page, press, settled
from tests.e2e.axe import assert_accessible
from tests.e2e.layout import too_wide
from tests.e2e.quiz import begin, hand_in, look_through, open_quiz, work_through
from tests.e2e.servers import ROOT, Server

WORDS = "seven green umbrellas"
ROSTER = "name,email,id\n" + "".join(f"Learner {n:02},l{n:02}@course.test,S{n:02}\n" for n in range(1, 31))
QUIZ = """\
schema: 1
quiz: {id: week-one, title: Week one, kind: exam}
questions:
  - {id: week-one-q1, type: true_false, stem: Is one a number?, answer: true, explanation: It is., cites: [zhang2021], objective: channel-block}
  - {id: week-one-q2, type: true_false, stem: Is two a number?, answer: true, explanation: It is., cites: [zhang2021], objective: channel-block}
"""


def test_more_time_for_one_of_thirty(fresh_server: Callable[..., Server], visitor: Callable[..., Page], tmp_path: Path) -> None:
    content = tmp_path / "content"
    for folder in ("modules", "quizzes"):
        shutil.copytree(ROOT / folder, content / folder)
    (content / "quizzes" / "week-one.yaml").write_text(QUIZ, encoding="utf-8")
    server = fresh_server(COURSE_CONTENT=str(content))
    now = datetime.now(UTC)
    due, later = now - timedelta(days=1), now + timedelta(days=2)

    teacher = an_instructor(server, visitor)
    cohort = a_class(server, teacher)
    links = invitations(teacher, ["Learner 01", "Learner 02"])
    one = assign(server, teacher, cohort, due)
    more_time(server, teacher, cohort, one, "Learner 01", later)

    first, second = (come_in(visitor(), link, f"l{n}") for n, link in enumerate(links, 1))
    open_quiz(second, server, "week-one")
    expect(second.get_by_text("closed since")).to_be_visible(timeout=PATIENCE)
    assert second.locator(".st-key-begin").count() == 0
    begin(first, server, "week-one")
    work_through(first, catalogue=load(content).catalogue)
    hand_in(look_through(first))

    open_page(teacher, f"{server.url}/gradebook?c={cohort}")
    assert_accessible(teacher)
    assert too_wide(teacher) == []
    on_page = {row.locator("th").inner_text(): row.locator("td").first.inner_text() for row in teacher.locator(".k-book tbody tr").all()}
    assert {name for name, total in on_page.items() if not total.startswith("0")} == {"Learner 01"}
    assert on_page["Learner 01"].startswith("100")
    for form, name, share in (("csv", 0, 4), ("moodle", 0, 3), ("canvas", 0, 5)):
        rows = table(fetched(teacher, f"{server.url}/download/gradebook/{cohort}/{form}.csv"))
        assert {row[name] for row in rows if row[share] == "100" and row[name].startswith("Learner")} == {"Learner 01"}, form
        assert sum(row[share] == "0" for row in rows) == 29, form
    assert fetched(teacher, f"{server.url}/download/gradebook/{cohort}/xlsx.xlsx").startswith(b"PK")
    answers = table(fetched(teacher, f"{server.url}/download/answers/{cohort}.csv"))
    assert [row[0] for row in answers[1:]] == ["Learner 01", "Learner 01"]
    assert server.get(f"/download/gradebook/{cohort}/csv.csv").status == 404
    assert first.request.get(f"{server.url}/download/gradebook/{cohort}/csv.csv").status == 403

    assert dates(server, first) == {f"{later:%Y%m%dT%H%M}00Z"}
    assert dates(server, second) == {f"{due:%Y%m%dT%H%M}00Z"}


def an_instructor(server: Server, visitor: Callable[..., Page]) -> Page:
    """The first admin makes a link, with which somebody becomes a teacher."""
    admin, teacher = visitor(), visitor()
    admin.goto(re.findall(r"http\S+/join/first\?token=\S+", server.log_text())[-1])
    settled(sent(admin, "Make the account", login="ada", name="Ada", password=WORDS))
    open_page(admin, f"{server.url}/site")
    press(admin, "Make the link")
    teacher.goto(admin.locator('[data-testid="stCode"]').last.inner_text(timeout=PATIENCE).strip().rpartition(",")[2])
    return settled(sent(teacher, "Make the account and accept", login="ivo", name="Ivo", password=WORDS))


def a_class(server: Server, teacher: Page) -> str:
    """Thirty learners come in from a roster; the class's id."""
    open_page(teacher, f"{server.url}/cohorts")
    teacher.get_by_label("Name").fill("Group B")
    teacher.get_by_role("button", name="Make the cohort").dblclick(timeout=PATIENCE)
    expect(teacher.get_by_text("Group B is made")).to_be_in_viewport(timeout=PATIENCE)
    settled(teacher)
    assert teacher.get_by_role("table").get_by_role("link", name="Group B").count() == 1, "a double click is one press"
    follow(teacher, "Group B")
    cohort = teacher.url.rpartition("c=")[2]
    teacher.get_by_role("radio", name="Roster", exact=True).click(timeout=PATIENCE)
    settled(teacher)
    assert_accessible(teacher)
    teacher.locator("input[type=file]").set_input_files({"name": "class.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()})
    teacher.get_by_role("button", name="Take in 30 lines").click(timeout=PATIENCE)
    expect(teacher.get_by_text("30 learners came in")).to_be_in_viewport(timeout=PATIENCE)
    teacher.get_by_role("radio", name="People", exact=True).click(timeout=PATIENCE)
    settled(teacher)
    return cohort


def invitations(teacher: Page, names: list[str]) -> list[str]:
    """Links for these learners."""
    for name in names:
        pick(teacher, "People", name)
    press(teacher, "Make invitations")
    lines = teacher.locator('[data-testid="stCode"]').last.inner_text(timeout=PATIENCE).strip().splitlines()
    found = {line.split(",")[0]: line.rpartition(",")[2] for line in lines}
    return [found[name] for name in names]


def assign(server: Server, teacher: Page, cohort: str, due: datetime) -> str:
    """A quiz, due and closed since yesterday; the assignment's id."""
    open_page(teacher, f"{server.url}/assign?c={cohort}")
    teacher.get_by_label("Title").fill("Week one")
    pick(teacher, "Modules and quizzes, in order", "Week one")
    at(teacher, "Due", due)
    at(teacher, "Closes", due)
    press(teacher, "Show what they will see")
    expect(teacher.get_by_text("Closed since").first).to_be_visible(timeout=PATIENCE)
    assert_accessible(teacher)
    press(teacher, "Assign it")
    expect(teacher.get_by_text("“Week one” is assigned to everybody (30 learners).")).to_be_visible(timeout=PATIENCE)
    address = teacher.get_by_role("link", name="Week one").get_attribute("href") or ""
    return address.rpartition("a=")[2]


def more_time(server: Server, teacher: Page, cohort: str, one: str, name: str, until: datetime) -> None:
    open_page(teacher, f"{server.url}/assignment?c={cohort}&a={one}")
    pick(teacher, "Learners", name)
    at(teacher, "New due date", until)
    press(teacher, "Give the extension")
    expect(teacher.get_by_text(f"1 extension given to {name}: due ")).to_be_visible(timeout=PATIENCE)


def come_in(page: Page, link: str, login: str) -> Page:
    page.goto(link)
    return settled(sent(page, "Make the account and accept", login=login, password=WORDS))


def dates(server: Server, page: Page) -> set[str]:
    """What the learner's calendar says is due."""
    open_page(page, f"{server.url}/you")
    press(page, "Make the address")
    address = page.locator('[data-testid="stCode"]').last.inner_text(timeout=PATIENCE).strip()
    feed = server.get(address.removeprefix(server.url)).body.decode()
    assert "Week" not in feed
    assert "ketamine" not in feed.lower()
    return set(re.findall(r"DTSTART:(\S+)", feed))


def pick(page: Page, field: str, option: str) -> None:
    """Choose one more in a field that takes many."""
    page.get_by_label(field, exact=True).last.click(timeout=PATIENCE)
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).first.click(timeout=PATIENCE)
    page.keyboard.press("Escape")
    settled(page)


def at(page: Page, field: str, moment: datetime) -> None:
    """Type a day and a time into a field, part by part, as the keyboard does."""
    page.get_by_role("group", name=field, exact=True).get_by_role("spinbutton").first.click(timeout=PATIENCE)
    for part in ("%Y", "%m", "%d", "%H", "%M"):
        page.keyboard.type(f"{moment:{part}}")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    settled(page)


def sent(page: Page, button: str, **fields: str) -> Page:
    """Fill in the form of a plain page and send it."""
    for field, text in fields.items():
        page.locator(f"#{field}").fill(text, timeout=PATIENCE)
    page.get_by_role("button", name=button).click(timeout=PATIENCE)
    return page


def fetched(page: Page, address: str) -> bytes:
    """A file, as whoever uses this page."""
    answer = page.request.get(address)
    assert answer.status == 200, address
    return answer.body()


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
