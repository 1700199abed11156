"""What was shown as saved is saved, what may not be shown does not come, and a course in trouble says so and stays."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course.learning.outline import CellKind
from course.questions.base import Json, Question
from course.settings import ROOT
from tests.e2e.acts import PATIENCE, heading, press, reload, settled
from tests.e2e.answering import answer, content, key, plain, question_shown, samples
from tests.e2e.frames import Traffic
from tests.e2e.notebook import NEXT, answer_here, cell, open_module, position
from tests.e2e.quiz import begin, give, hand_in, look_through, on_question, open_quiz, saved, to_next, to_question, work_through
from tests.e2e.servers import TRACE, Server, command, environment, free_port
from tests.e2e.stored import everything, full, locked, rows, value

MODULE = content().course.modules[0]
QUIZ = "pharmacology"
QUESTIONS = sum(d.take for d in content().course.quizzes[QUIZ].policy.draw)


def wrong(question: Question) -> Json:
    return samples(question).wrong[0]


class TestSuddenDeath:
    def test_answers_shown_as_saved_outlive_the_process(
        self, empty_database_url: str, fresh_server: Callable[..., Server], page: Page
    ) -> None:
        server = fresh_server(COURSE_DATABASE_URL=empty_database_url)
        begin(page, server, QUIZ)
        given = {1: give(page)}
        for number in (2, 3):
            to_next(page)
            given[number] = give(page)
        assert saved(page).startswith(f"3 of {QUESTIONS} answered")
        server.kill()
        assert value(server, "SELECT count(DISTINCT position) FROM response WHERE kind = 'saved'") == 3
        expect(page.locator('[data-testid="stApp"]')).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        server.start()

        settled(page)  # a page left open finds the server again
        assert on_question(page) == (3, QUESTIONS), "they go on where they were"
        to_next(page)
        given[4] = give(page)
        assert saved(page).startswith(f"4 of {QUESTIONS} answered")
        reload(page)
        assert on_question(page) == (4, QUESTIONS), "again"
        for number, question in given.items():
            to_question(page, number)
            assert question_shown(page.locator(".st-key-question")).id == question.id
        look_through(page)
        hand_in(page)
        assert heading(page) == "Not passed yet"
        server.kill()
        assert value(server, "SELECT points FROM attempt WHERE submitted_at IS NOT NULL") == 4


class TestTabs:
    def test_two_tabs_that_hand_in_at_once_make_one_result(self, server: Server, page: Page) -> None:
        begin(page, server, QUIZ)
        give(page)
        other = open_quiz(page.context.new_page(), server, QUIZ)
        for tab in (page, other):
            look_through(tab)
        for tab in (page, other):
            tab.get_by_role("button", name="Hand in now").click(no_wait_after=True)
        for tab in (page, other):
            tab.wait_for_url(re.compile(r"/result\?a=\d+"), timeout=PATIENCE)
            settled(tab)
        assert page.url == other.url
        assert heading(page) == heading(other)
        attempt = int(page.url.rpartition("=")[2])
        same = "SELECT count(*) FROM attempt WHERE learner_id = (SELECT learner_id FROM attempt WHERE id = ?)"
        assert value(server, same, attempt) == 1
        assert value(server, "SELECT count(*) FROM response WHERE attempt_id = ? AND kind = 'submitted'", attempt) <= QUESTIONS

    def test_a_tab_left_behind_takes_no_answer_after_handing_in(self, server: Server, page: Page) -> None:
        begin(page, server, QUIZ)
        behind = open_quiz(page.context.new_page(), server, QUIZ)
        look_through(page)
        hand_in(page)
        attempt = int(page.url.rpartition("=")[2])
        before = rows(server, "SELECT * FROM response WHERE attempt_id = ?", attempt)
        behind.locator(".st-key-flag button").click()
        settled(behind)
        assert rows(server, "SELECT * FROM response WHERE attempt_id = ?", attempt) == before
        assert value(server, "SELECT count(*) FROM attempt_slot WHERE attempt_id = ? AND flagged", attempt) == 0

    def test_reloading_in_the_middle_loses_nothing(self, server: Server, page: Page) -> None:
        begin(page, server, QUIZ)
        question = give(page, wrong)
        press(page, "Flag")
        shown = page.locator(".st-key-question").inner_text()
        said = saved(page)
        reload(page)
        assert saved(page) == said
        to_question(page, 1)
        assert question_shown(page.locator(".st-key-question")).id == question.id
        assert page.locator(".st-key-question").inner_text() == shown, "the options stand as they stood"
        expect(page.get_by_role("button", name="Unflag")).to_be_visible()


class TestWhatMayNotBeKnown:
    def test_what_is_typed_in_a_reflection_stays_in_the_tab(self, server: Server, page: Page) -> None:
        number, here = next((n, c) for n, c in enumerate((c for c in MODULE.cells if not c.clinician), 1) if c.kind is CellKind.REFLECTION)
        secret = "zyzzyva under the quilted moon"
        traffic = Traffic.listen(page)
        open_module(page, server, MODULE.id, here.id)
        box = cell(page, number).get_by_role("textbox")
        box.fill(secret)
        box.press("Tab")
        page.get_by_role("button", name="Next cell").click()
        settled(page)
        assert position(page)[0] == number + 1
        expect(cell(page, number).get_by_role("textbox")).to_have_value(secret)
        page.get_by_role("link", name="Home", exact=True).click()
        settled(page)
        page.go_back()
        settled(page)
        assert traffic.sent, "something was sent"
        assert not traffic.reached_the_server(secret)
        assert not traffic.reached_the_browser(secret)
        assert secret.encode() not in everything(server)
        reload(page)
        expect(cell(page, number).get_by_role("textbox")).to_have_value("")

    def test_a_checkpoint_sends_no_reason_before_it_is_handed_in(self, server: Server, page: Page) -> None:
        traffic = Traffic.listen(page)
        begin(page, server, QUIZ)
        asked = work_through(page, wrong)
        look_through(page)
        for question in asked:
            assert traffic.reached_the_browser(plain(question.stem.split("\n\n")[-1]).split('"')[0].split("'")[0]), "the questions came"
            assert traffic.leaked(reasons(question)) == []
        hand_in(page)
        assert traffic.leaked({q.id: q.explanation for q in asked}), "after it, explanations come"
        for question in asked:
            chosen = set(by_choice(question, wrong(question)))
            others = {k: t for k, t in by_option(question).items() if k not in chosen}
            assert traffic.leaked(others) == [], "what would tell the key stays until a pass"

    def test_the_opening_test_gives_no_reason_even_after(self, server: Server, page: Page) -> None:
        traffic = Traffic.listen(page)
        begin(page, server, "pretest")
        for number in (1, 2, 3):
            if number > 1:
                to_next(page)
            give(page, wrong)
        look_through(page)
        hand_in(page)
        for question in (e.question for e in content().course.quizzes["pretest"].entries):
            assert traffic.leaked(reasons(question)) == []

    def test_a_notebook_sends_no_reason_before_the_answer(self, server: Server, page: Page) -> None:
        traffic = Traffic.listen(page)
        open_module(page, server, MODULE.id, MODULE.cells[-1].id)
        asked = {n: content().questions[c.question] for n, c in enumerate((c for c in MODULE.cells if not c.clinician), 1) if c.question}
        assert len(asked) >= 5
        for question in asked.values():
            assert traffic.leaked(reasons(question)) == []
        first = min(asked)
        answer_here(page, first)
        assert traffic.leaked({"explanation": asked[first].explanation}) == ["explanation"]
        for number, question in asked.items():
            assert number == first or traffic.leaked(reasons(question)) == []


class TestTrouble:
    def test_a_busy_database_is_named_and_the_answer_can_be_saved_after(self, server: Server, page: Page) -> None:
        begin(page, server, QUIZ)
        attempt = value(server, "SELECT max(id) FROM attempt")
        with locked(server):
            question = give_unsaved(page)
            expect(page.get_by_role("alert")).to_contain_text("Not saved: The course's database is busy", timeout=PATIENCE)
            assert value(server, "SELECT count(*) FROM response WHERE attempt_id = ?", attempt) == 0
        press(page, "Save this answer")
        assert saved(page).startswith(f"1 of {QUESTIONS} answered")
        assert value(server, "SELECT count(*) FROM response WHERE attempt_id = ?", attempt) == 1
        assert question_shown(page.locator(".st-key-question")).id == question.id

    def test_a_full_disk_is_named_and_then_a_database_that_is_none(self, fresh_server: Callable[..., Server], page: Page) -> None:
        """The page stays, whatever happens to the disk; without a database help is still there."""
        server = fresh_server()
        open_module(page, server, MODULE.id)
        page.keyboard.press(NEXT)
        settled(page)
        assert position(page)[0] == 2
        with full(server):
            page.keyboard.press(NEXT)
            expect(page.get_by_role("alert")).to_contain_text("database", timeout=PATIENCE)
            settled(page)
            expect(page.get_by_role("alert")).to_contain_text("Every answer shown as saved is stored")
            assert position(page)[0] == 2
            assert heading(page) == MODULE.title
            begin_button = open_quiz(page, server, QUIZ).locator(".st-key-begin button")
            begin_button.click()
            expect(page.get_by_role("alert")).to_contain_text("database", timeout=PATIENCE)
            expect(begin_button).to_be_visible()
        settled(page)
        begin_button.click()
        expect(page.locator(".st-key-palette")).to_be_visible(timeout=PATIENCE)
        settled(page)
        for file in server.data.glob("course.db*"):
            file.unlink()
        (server.data / "course.db").write_bytes(b"not a database at all" * 400)
        page.goto(server.url)
        expect(page.get_by_role("alert")).to_contain_text("database", timeout=PATIENCE)
        page.get_by_role("button", name="Help").click(timeout=PATIENCE)
        expect(page.get_by_text("Numbers last checked on")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("link", name="Quick exit")).to_be_visible()


@pytest.fixture
def own_content(tmp_path: Path) -> Path:
    """A copy of the content that a test may break."""
    root = tmp_path / "content"
    for folder in ("modules", "quizzes"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


class TestBrokenContent:
    def test_a_broken_quiz_takes_nothing_else_down(self, own_content: Path, fresh_server: Callable[..., Server], page: Page) -> None:
        (own_content / "quizzes" / f"{QUIZ}.yaml").write_text("schema: 1\nquiz: {id: pharmacology\n", encoding="utf-8")
        server = fresh_server(COURSE_CONTENT=str(own_content))
        assert "content:" in server.log_text(), "whoever runs it is told"
        assert f"quizzes/{QUIZ}.yaml" in server.log_text()
        assert heading(open_quiz(page, server, QUIZ)) == "There is no such quiz"
        last = [c for c in MODULE.cells if not c.clinician][-1]
        open_module(page, server, MODULE.id, last.id)
        assert heading(page) == MODULE.title
        expect(cell(page, position(page)[0])).to_contain_text("The checkpoint of this module cannot be shown at the moment.")
        begin(page, server, "recognition")

    def test_a_quiz_broken_meanwhile_stays_as_it_was(self, own_content: Path, fresh_server: Callable[..., Server], page: Page) -> None:
        server = fresh_server(COURSE_CONTENT=str(own_content))
        begin(page, server, QUIZ)
        give(page)
        broken = own_content / "quizzes" / f"{QUIZ}.yaml"
        whole = broken.read_text(encoding="utf-8")
        broken.write_text(whole.replace("type: single_choice", "type: singel_choice", 1), encoding="utf-8")
        wait_for_log(server, page, "content:")
        reload(page)
        if on_question(page)[0] == 1:
            to_next(page)
        give(page)
        assert saved(page).startswith(f"2 of {QUESTIONS} answered")

    def test_no_course_at_all_refuses_to_start(self, own_content: Path, tmp_path: Path) -> None:
        (own_content / "modules" / "course.yaml").write_text("schema: 1\ncourse: [\n", encoding="utf-8")
        done = subprocess.run(
            command(free_port()),
            cwd=ROOT,
            env=environment(tmp_path / "data", {"COURSE_CONTENT": str(own_content)}),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode != 0
        assert "The course content does not load. First: modules/course.yaml:" in done.stdout + done.stderr
        assert TRACE not in done.stdout + done.stderr


def give_unsaved(page: Page) -> Question:
    notice = page.locator('[class*="st-key-show_"] button')
    if notice.count():
        notice.first.click(timeout=PATIENCE)
        settled(page)
    question = question_shown(page.locator(".st-key-question"))
    answer(page, page.locator(".st-key-question"), question, key(question))
    return question


def wait_for_log(server: Server, page: Page, words: str) -> None:
    for _ in range(PATIENCE // 200):
        if words in server.log_text():
            return
        page.wait_for_timeout(200)
    raise AssertionError(server.log_text())


def reasons(question: Question) -> dict[str, str]:
    """Every text of a question that teaches after the answer: feedback, explanations, hints."""
    found = dict(_texts(question.canonical, question.id))
    assert found
    return found


def _texts(node: Any, name: str, told: bool = False) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for inner, child in node.items():
            yield from _texts(child, f"{name}.{inner}", told or inner in ("feedback", "explanation", "hints"))
    elif isinstance(node, list | tuple):
        for place, child in enumerate(node):
            yield from _texts(child, f"{name}.{place}", told)
    elif told and isinstance(node, str):
        yield name, node


def by_option(question: Question) -> dict[str, str]:
    """Option id -> its feedback."""
    options = question.canonical.get("options", ())
    return {o["id"]: o["feedback"] for o in options if isinstance(o, Mapping) and o.get("feedback")}


def by_choice(question: Question, response: Json) -> list[str]:
    return [response] if isinstance(response, str) else list(response) if isinstance(response, list) else []
