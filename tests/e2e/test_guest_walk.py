"""A new guest, from the start page to a passed checkpoint, and all of it found again. One long walk, as a person would."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from course.learning.outline import ANSWERED, CellKind
from tests.e2e.acts import PATIENCE, follow, heading, open_page, press, reload, settled
from tests.e2e.answering import content, question_shown, samples
from tests.e2e.notebook import answer_here, cell, next_cell, open_module, position, predict_here
from tests.e2e.quiz import begin, flag, hand_in, look_through, on_question, work_through
from tests.e2e.servers import Server
from tests.e2e.stored import counts, value

MODULE = content().course.modules[0]
CELLS = [c for c in MODULE.cells if not c.clinician]
QUIZ = content().course.quizzes[next(c.quiz for c in CELLS if c.quiz)]


def test_a_guest_reads_a_module_passes_its_checkpoint_and_finds_it_again(fresh_server: Callable[..., Server], page: Page) -> None:
    server = fresh_server()
    arrive(server, page)
    read_to_the_end(server, page)
    take_the_checkpoint(server, page)
    look_at_the_result(page)
    find_it_again(server, page)


def arrive(server: Server, page: Page) -> None:
    """A cookie from the first look; nothing stored and nothing asked until there is something to save."""
    open_page(page, server.url)
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "course_session"]
    assert cookie["httpOnly"]
    press(page, "Start module 1")
    assert heading(page) == MODULE.title
    assert page.locator("form, input").count() == 0, "nobody has to fill in anything"
    assert set(counts(server).values()) == {0}, "looking around stores nothing"
    assert position(page) == (1, len(CELLS))


def read_to_the_end(server: Server, page: Page) -> None:
    for number, content_cell in enumerate(CELLS, 1):
        if number > 1:
            next_cell(page)
        if number == 2:
            assert counts(server)["learner"] == 1, "the first cell passed is the first thing worth saving"
        if content_cell.kind is CellKind.SIMULATION:
            predict_here(page, number)
        elif content_cell.kind in ANSWERED:
            if content_cell is next(c for c in CELLS if c.kind is CellKind.QUESTION):
                answer_wrong_and_again(page, number)
            else:
                expect(answer_here(page, number).locator(".k-fbhead")).to_have_text("Right.", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Finish reading")).to_be_visible()
    done = page.locator(".k-progressline").get_by_role("progressbar")
    expect(done).to_have_attribute("aria-valuenow", str(int(done.get_attribute("aria-valuemax") or 0) - 1), timeout=PATIENCE)


def answer_wrong_and_again(page: Page, number: int) -> None:
    here = cell(page, number)
    press(page, "Check the answer")
    expect(here.get_by_text("Choose or write an answer first.")).to_be_visible(timeout=PATIENCE)
    question = question_shown(here)
    line = page.locator(".k-progressline").get_by_role("progressbar")
    before = int(line.get_attribute("aria-valuenow") or 0)
    answer_here(page, number, samples(question).wrong[0], right=False)
    expect(line).to_have_attribute("aria-valuenow", str(before + 1), timeout=PATIENCE)  # though the page is not drawn again
    expect(here.locator(".k-fbhead")).to_have_text("Not quite.")
    expect(here.locator(".k-gutter")).to_have_attribute("data-state", "wrong")
    press(page, "Answer again")
    answer_here(page, number)
    expect(here.locator(".k-fbhead")).to_have_text("Right.")


def take_the_checkpoint(server: Server, page: Page) -> None:
    cell(page, len(CELLS)).get_by_role("button").click(timeout=PATIENCE)
    page.wait_for_url(re.compile(r"/quiz\?q="), timeout=PATIENCE)
    settled(page)
    assert heading(page) == QUIZ.title
    begin(page, server, QUIZ.id)
    flag(page)
    drawn = work_through(page)
    assert len({q.id for q in drawn}) == len(drawn) == sum(d.take for d in QUIZ.policy.draw)
    look_through(page)
    expect(page.locator(".st-key-handin_list").get_by_role("button")).to_have_count(1)
    page.locator(".st-key-handin_list").get_by_role("button", name=re.compile("flagged")).click(timeout=PATIENCE)
    settled(page)
    assert on_question(page)[0] == 1, "what was flagged is one click away"
    look_through(page)
    assert value(server, "SELECT count(*) FROM attempt WHERE submitted_at IS NOT NULL") == 0
    hand_in(page)


def look_at_the_result(page: Page) -> None:
    assert heading(page) == "You passed, with nothing to fix"
    objectives = page.locator(".k-byobj tbody tr")
    assert {row.locator("th").inner_text().split(" ", 1)[1] for row in objectives.all()} == {o.text for o in MODULE.objectives}
    for row in objectives.all():
        right, of = re.findall(r"\d+", row.locator("td").last.inner_text())
        assert right == of
    result = page.url
    follow(page, "Read it again", exact=False)
    page.wait_for_url(re.compile(r"/module\?"), timeout=PATIENCE)
    settled(page)
    taught = re.search(r"cell=([a-z0-9-]+)", page.url)
    assert taught, page.url
    assert taught[1] in {c.id for c in CELLS}
    open_page(page, result)
    reload(page)
    assert heading(page) == "You passed, with nothing to fix"


def find_it_again(server: Server, page: Page) -> None:
    """In a new tab, on every page that speaks of it, and as a file."""
    tab = page.context.new_page()
    open_page(tab, server.url)
    assert heading(tab) == "Good to see you again"
    expect(tab.locator(".st-key-modrow_1 .k-mark.k-right")).to_be_visible()
    expect(tab.locator(".k-scores")).to_contain_text("100%")
    open_module(tab, server, MODULE.id)
    done = tab.locator(".k-progressline").get_by_role("progressbar")
    assert done.get_attribute("aria-valuenow") == done.get_attribute("aria-valuemax"), "the module is done"
    expect(tab.locator(".k-feedback").first).to_contain_text("Right.")
    open_page(tab, f"{server.url}/progress")
    expect(tab.get_by_role("table", name="Every attempt")).to_contain_text(f"{QUIZ.title}, attempt 1")
    expect(tab.get_by_role("table", name="Every attempt")).to_contain_text("passed")
    with tab.expect_download(timeout=PATIENCE) as download:
        tab.get_by_role("link", name="Download as CSV").click(timeout=PATIENCE)
    (row,) = csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
    assert row["quiz"] == QUIZ.id
    assert float(row["fraction"]) == 1
    assert value(server, "SELECT count(*) FROM learner") == 1
