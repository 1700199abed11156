"""Every question type, answered in a real browser: by keyboard alone and by pointer, with a reload between, to full marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course.content.model import Catalogue
from course.questions import Question, by_name, grade
from course.questions.base import Json, State
from tests.e2e import answering, every_type, keyboard, notebook, quiz
from tests.e2e.acts import PATIENCE, open_page, reload, settled
from tests.e2e.axe import assert_accessible
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.servers import Server
from tests.e2e.stored import rows

SPOKEN: dict[str, Json] = {"likert": "2", "essay": "The channel has to open. Only then can it be blocked."}
"""Answers where nothing is right or wrong."""
PHONE_OPTIONS: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def asked(catalogue: Catalogue, quiz_id: str = every_type.QUIZ) -> list[Question]:
    """The questions in the order they are asked."""
    return [entry.question for entry in catalogue.course.quizzes[quiz_id].entries]


def right(question: Question) -> Json:
    return SPOKEN.get(question.type) or by_name(question.type).key(question.body)


def stored(server: Server, attempt: int) -> dict[int, Json]:
    """Position -> the last response of an attempt."""
    found = rows(server, "SELECT position, response FROM response WHERE attempt_id = ? AND kind <> 'told' ORDER BY id", attempt)
    return {position: json.loads(response) if isinstance(response, str) else response for position, response in found}


def attempt_of(server: Server) -> int:
    """The attempt that began last."""
    return int(rows(server, "SELECT max(id) FROM attempt")[0][0])


def assert_right(question: Question, response: Json) -> None:
    graded = grade(question, response)
    assert graded.score == 1 or graded.state in (State.RECORDED, State.MANUAL), (question.id, response, graded)


def assert_full_marks(server: Server, page: Page, questions: list[Question]) -> None:
    """All that can be scored without a person is right, and the page finds nothing missed."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Handed in, to be marked by a person", timeout=PATIENCE)
    expect(page.get_by_text(f"All ({len(questions)})")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Missed (")).to_have_count(0)
    scores = rows(server, "SELECT position, score FROM attempt_slot WHERE attempt_id = ? ORDER BY position", attempt_of(server))
    assert scores == [(number, None if q.type in SPOKEN else 1.0) for number, q in enumerate(questions, 1)]


def test_a_quiz_of_every_type_is_taken_by_keyboard_alone(every_kind: tuple[Server, Catalogue], page: Page) -> None:
    server, catalogue = every_kind
    questions = asked(catalogue)
    scope = page.locator(".st-key-question")
    quiz.open_quiz(page, server, every_type.QUIZ)
    keyboard.press(page, page.locator(".st-key-begin button"))
    for number, question in enumerate(questions, 1):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Question {number} of", timeout=PATIENCE)
        if number == len(questions) // 2:  # the page is lost in the middle, and goes on there
            reload(page)
        keyboard.answer(page, scope, question, right(question))
        expect(page.locator(".k-saved")).to_contain_text(f"{number} of {len(questions)} answered, saved", timeout=PATIENCE)
        assert_right(question, stored(server, attempt_of(server))[number])
        if number < len(questions):
            keyboard.press(page, page.locator(".st-key-nextq button"))
    reload(page)
    for number, question in enumerate(questions, 1):
        quiz.to_question(page, number)
        found = keyboard.held(scope, question)
        assert_right(question, found)
        assert question.type != "prediction" or found == right(question), "the last place of the slider is the one kept"
    keyboard.press(page, page.locator(".st-key-hand_in button"))
    keyboard.press(page, page.locator(".st-key-really_hand_in button"))
    page.wait_for_url(re.compile(r"/result\?a=\d+"), timeout=PATIENCE)
    assert_full_marks(server, settled(page), questions)


def test_a_quiz_of_every_type_is_taken_with_a_finger(every_kind: tuple[Server, Catalogue], phone: Page) -> None:
    server, catalogue = every_kind
    questions = asked(catalogue)
    scope = phone.locator(".st-key-question")
    quiz.begin(phone, server, every_type.QUIZ)
    for number, question in enumerate(questions, 1):
        quiz.to_question(phone, number)
        answering.answer(phone, scope, question, [400, 300] if question.type == "hotspot" else right(question))
        expect(phone.locator(".k-saved")).to_contain_text(f"{number} of {len(questions)} answered, saved", timeout=PATIENCE)
        assert_right(question, stored(server, attempt_of(server))[number])
    quiz.look_through(phone)
    quiz.hand_in(phone)
    assert_full_marks(server, phone, questions)


def test_every_type_is_practised_in_a_notebook(every_kind: tuple[Server, Catalogue], page: Page) -> None:
    server, catalogue = every_kind
    questions = asked(catalogue, "tried")
    notebook.open_module(page, server, every_type.MODULE)
    for number, question in enumerate(questions, 1):
        here = notebook.cell(page, number)
        check = here.get_by_role("button", name="Check the answer")
        if question.type != "ordering":  # there the order shown is what the button checks
            check.click(timeout=PATIENCE)
            expect(here.get_by_role("alert")).to_contain_text("Choose or write an answer first.", timeout=PATIENCE)
            settled(page)
        notebook.work(page, here, question, right(question))
        settled(page)
        if question.type == "essay":
            expect(here).to_contain_text("Kept.", timeout=PATIENCE)
        else:
            expect(here.locator(".k-fbhead")).to_have_text("Recorded." if question.type == "likert" else "Right.", timeout=PATIENCE)
        page.locator(".st-key-next button").click(timeout=PATIENCE)
        settled(page)
    latest = rows(server, "SELECT question_id, response FROM practice_response ORDER BY id")
    assert len(latest) == len(questions)
    open_page(page, f"{server.url}/module?m={every_type.MODULE}")
    expect(notebook.cell(page, len(questions)).get_by_role("textbox")).to_have_value(str(SPOKEN["essay"]), timeout=PATIENCE)


def test_a_place_is_pointed_at_and_then_chosen_from_the_list(every_kind: tuple[Server, Catalogue], page: Page) -> None:
    """The last one counts: pointing clears the list, the list takes the mark away."""
    server, catalogue = every_kind
    number, question = next((n, q) for n, q in enumerate(asked(catalogue), 1) if q.type == "hotspot")
    scope = page.locator(".st-key-question")
    quiz.begin(page, server, every_type.QUIZ)
    quiz.to_question(page, number)
    answering.answer(page, scope, question, "kidney")
    answering.answer(page, scope, question, [410, 300])
    expect(scope.get_by_role("radio", checked=True)).to_have_count(0, timeout=PATIENCE)
    assert stored(server, attempt_of(server))[number] == pytest.approx([410, 300], abs=2)
    expect(scope.get_by_text("51% from the left and 50% from the top")).to_be_visible(timeout=PATIENCE)
    reload(page)
    quiz.to_question(page, number)
    expect(scope.locator(".pin")).to_be_visible(timeout=PATIENCE)
    answering.answer(page, scope, question, "ureter")
    expect(scope.locator(".pin")).to_be_hidden(timeout=PATIENCE)
    assert stored(server, attempt_of(server))[number] == "ureter"


def test_what_is_written_is_kept_however_the_page_is_left(every_kind: tuple[Server, Catalogue], page: Page) -> None:
    """A click elsewhere saves first; Ctrl + arrow moves by words inside the box and goes nowhere."""
    server, catalogue = every_kind
    number, _ = next((n, q) for n, q in enumerate(asked(catalogue), 1) if q.type == "essay")
    quiz.begin(page, server, every_type.QUIZ)
    quiz.to_question(page, number)
    box = page.locator(".st-key-question").get_by_role("textbox")
    box.click(timeout=PATIENCE)
    page.keyboard.type("It has to open")
    expect(page.get_by_text("4 words; write 30 to 200")).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("Control+ArrowRight")
    settled(page)
    assert quiz.on_question(page)[0] == number
    page.locator(".st-key-back button").click(timeout=PATIENCE)
    settled(page)
    assert stored(server, attempt_of(server))[number] == "It has to open"


@pytest.mark.parametrize(("options", "scheme"), [({"viewport": DESK}, "light"), (PHONE_OPTIONS, "dark")], ids=["desk", "phone"])
def test_every_input_can_be_used_by_everybody(
    every_kind: tuple[Server, Catalogue], visitor: Callable[..., Page], options: dict[str, Any], scheme: str
) -> None:
    server, catalogue = every_kind
    page = visitor(color_scheme=scheme, **options)
    quiz.begin(page, server, every_type.QUIZ)
    for number, question in enumerate(asked(catalogue), 1):
        quiz.to_question(page, number)
        assert_accessible(page)
        wider = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{question.id} scrolls sideways"
