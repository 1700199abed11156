"""Each way a quiz can ask, as a learner meets it: tries and hints, rounds, certainty, a fixed order, the clock."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from course.content.model import Catalogue
from course.questions import Question
from tests.e2e.acts import PATIENCE, choose, heading, press, reload, settled
from tests.e2e.answering import key, question_shown
from tests.e2e.frames import Traffic
from tests.e2e.quiz import begin, give, hand_in, look_through, on_question, open_quiz, saved, to_next
from tests.e2e.servers import Server
from tests.e2e.stored import end_in, rows, value

RIGHT, WRONG = "The light-emitting diode", "The glowing coil"


def begun(page: Page, server: Server, quiz: str) -> int:
    """Begin a quiz whose order may be fixed; the attempt's id."""
    open_quiz(page, server, quiz).locator(".st-key-begin button").click(timeout=PATIENCE)
    settled(page)
    return int(value(server, "SELECT max(id) FROM attempt"))


def check(page: Page) -> None:
    press(page, "Check the answer")


def say(page: Page, certainty: str) -> None:
    page.locator(".st-key-sure").get_by_role("radio", name=certainty, exact=True).click(timeout=PATIENCE)
    settled(page)


def asked(catalogue: Catalogue, quiz: str) -> list[Question]:
    return [entry.question for entry in catalogue.course.quizzes[quiz].entries]


def secrets(question: Question) -> dict[str, str]:
    """What may not be known before the question is settled: by option, by hint, and why."""
    told = {o["id"]: o.get("feedback", "") for o in question.canonical.get("options", ())}
    return {**told, **{f"hint {n}": hint.text for n, hint in enumerate(question.hints, 1)}, "why": question.explanation}


def test_a_wrong_try_a_hint_and_a_second_try(ways: tuple[Server, Catalogue], page: Page) -> None:
    server, catalogue = ways
    light, many = secrets(asked(catalogue, "tries")[0]), secrets(asked(catalogue, "tries")[1])
    traffic = Traffic.listen(page)
    begin(page, server, "tries")
    check(page)
    expect(page.get_by_role("alert")).to_have_text("Give an answer first.")
    choose(page, WRONG)
    check(page)
    expect(page.locator(".k-fbhead")).to_have_text("Try 1: not quite.")
    expect(page.get_by_text("Try 2 of 3. A right answer earns 50% of the points.")).to_be_visible()
    assert traffic.leaked(light) == ["coil"], "of the choice alone"
    check(page)
    expect(page.get_by_role("alert")).to_contain_text("You have just tried this answer.")
    press(page, "Take a hint (costs 10%)", exact=False)
    assert traffic.leaked(light) == ["coil", "hint 1"]
    reload(page)
    expect(page.get_by_text("Hint 1.")).to_be_visible()
    expect(page.get_by_text("Try 2 of 3. A right answer earns 40% of the points.")).to_be_visible()
    choose(page, RIGHT)
    assert traffic.leaked(light) == ["coil", "hint 1"], "an answer that is only saved tells nothing"
    check(page)
    expect(page.locator(".k-fbhead")).to_have_text("Right.")
    expect(page.get_by_text("2 tries of 3, 1 hint taken: 40% of its points.")).to_be_visible()
    assert set(traffic.leaked(light)) == {"diode", "coil", "gas", "hint 1", "why"}, "a hint that was not taken never comes"
    assert traffic.leaked(many) == []
    look_through(page)
    expect(page.locator(".st-key-handin_list button")).to_have_count(2)
    hand_in(page)
    expect(page.locator(".k-facts").first).to_contain_text("0.4 of 3")
    expect(page.locator(".k-byobj")).to_contain_text("0 of 2, 1 partly")


def test_rounds_come_until_enough_were_right(ways: tuple[Server, Catalogue], page: Page) -> None:
    server, catalogue = ways
    traffic = Traffic.listen(page)
    begin(page, server, "rounds")
    by_stem = {q.id: q for q in asked(catalogue, "rounds")}
    choose(page, RIGHT)
    assert traffic.leaked(secrets(by_stem["rounds-light"])) == []
    check(page)
    expect(page.get_by_text("Round 1: one right so far; 2 are needed.")).to_be_visible()
    other = open_quiz(page.context.new_page(), server, "rounds")
    for tab in (page, other):
        if tab is other:
            tab.locator(".st-key-palette").get_by_role("radio").first.click()
            settled(tab)
        press(tab, "Ask me again")
    attempt = value(server, "SELECT max(id) FROM attempt")
    assert rows(server, "SELECT position FROM attempt_slot WHERE attempt_id = ? AND again_of = 1", attempt) == [(4,)], "one round, two tabs"
    shown = question_shown(page.locator(".st-key-question"), catalogue)
    expect(page.get_by_text("Round 2. One right so far; 2 are needed.")).to_be_visible()
    assert traffic.leaked(secrets(by_stem["rounds-many"])) == [], "the next round tells nothing before it is answered"
    give(page, key, catalogue)
    assert on_question(page) == (1, 3)
    check(page)
    expect(page.get_by_text("Mastered: 2 of the last 2 right.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask me again")).to_have_count(0)
    assert saved(page).startswith("1 of 3 finished")
    assert shown.id == "rounds-many"
    to_next(page)
    to_next(page)
    first = give(page, lambda _: "1", catalogue)
    check(page)
    press(page, "Ask me again")
    second = question_shown(page.locator(".st-key-question"), catalogue)
    assert first.id == second.id
    assert first.stem != second.stem, "other numbers"
    look_through(page)
    hand_in(page)
    expect(page.locator(".k-facts").first).to_contain_text("1 of 3")


def test_checked_at_once_with_certainty(ways: tuple[Server, Catalogue], page: Page) -> None:
    server, _ = ways
    begin(page, server, "now")
    choose(page, WRONG)
    check(page)
    expect(page.get_by_role("alert")).to_have_text("Say how sure you are first.")
    say(page, "Certain")
    check(page)
    expect(page.locator(".k-fbhead")).to_have_text("Not quite. You were certain.")
    expect(page.locator(".st-key-sure")).to_have_count(0)
    reload(page)
    page.locator(".st-key-palette").get_by_role("radio").first.click()
    settled(page)
    expect(page.locator(".k-fbhead")).to_have_text("Not quite. You were certain.")


def test_graded_as_a_whole_with_certainty(ways: tuple[Server, Catalogue], page: Page) -> None:
    server, catalogue = ways
    begin(page, server, "sure")
    choose(page, WRONG)
    say(page, "Certain")
    reload(page)
    page.locator(".st-key-palette").get_by_role("radio").first.click()
    settled(page)
    expect(page.get_by_role("radio", name="Certain")).to_be_checked()
    to_next(page)
    give(page, key, catalogue)
    say(page, "Fairly sure")
    to_next(page)
    give(page, key, catalogue)
    look_through(page)
    expect(page.locator(".st-key-handin_list button")).to_contain_text("how sure is open")
    hand_in(page)
    facts = page.locator(".k-facts").nth(1)
    expect(facts).to_contain_text("\N{MINUS SIGN}4 of 6")
    expect(facts).to_contain_text("0.44")
    expect(page.get_by_text("1 answer names no certainty")).to_be_visible()
    expect(page.get_by_role("heading", name="One answer was certain and wrong")).to_be_visible()
    page.locator(".st-key-fig_calibration").get_by_text("View as table").click()
    expect(page.get_by_role("row", name=re.compile("^Fairly sure 1 1 100% 75%"))).to_be_visible()


def test_in_a_fixed_order_there_is_no_way_back(ways: tuple[Server, Catalogue], page: Page) -> None:
    server, catalogue = ways
    open_quiz(page, server, "order")
    expect(page.get_by_role("note")).to_have_text("Pass “The quiz clock” first.")
    expect(page.locator(".st-key-begin")).to_have_count(0)
    begin(page, server, "clock")
    for number in (1, 2, 3):
        if number > 1:
            to_next(page)
        give(page, key, catalogue)
    look_through(page)
    hand_in(page)
    begun(page, server, "order")
    expect(page.get_by_text("There is no way back")).to_be_visible()
    expect(page.locator(".st-key-back, .st-key-palette, .st-key-flag")).to_have_count(0)
    choose(page, RIGHT)
    to_next(page)
    reload(page)
    assert on_question(page) == (2, 3), "the server knows where they are"
    look_through(page)
    expect(page.get_by_text("1 more question follows; handed in now, they count as not answered.")).to_be_visible()
    hand_in(page)
    open_quiz(page, server, "order")
    expect(page.get_by_role("note")).to_contain_text("The next attempt opens in 2 hours.")


def test_the_time_runs_out_while_the_page_is_open(ways: tuple[Server, Catalogue], page: Page) -> None:
    server, _ = ways
    attempt = begun(page, server, "clock")
    expect(page.get_by_role("timer", name="Time left")).to_have_text(re.compile(r"^(20:00|19:\d\d) left$"))
    said = page.locator(".st-key-quiz_status").get_by_role("status")
    for seconds, warning in ((290, "Less than five minutes left."), (50, "Less than a minute left.")):
        end_in(server, attempt, seconds)
        reload(page)
        expect(said.filter(has_text=warning)).to_be_visible()
    choose(page, RIGHT)
    end_in(server, attempt, 3)
    reload(page)
    page.wait_for_url(re.compile(rf"/result\?a={attempt}$"), timeout=PATIENCE)
    settled(page)
    expect(page.get_by_text("The time ran out; what was saved was handed in.")).to_be_visible()
    expect(page.locator(".k-facts").first).to_contain_text("1 of 3")


def test_an_attempt_goes_on_in_a_second_browser(ways: tuple[Server, Catalogue], visitor: Callable[..., Page]) -> None:
    server, _ = ways
    here, there = visitor(), visitor()
    begin(here, server, "tries")
    choose(here, WRONG)
    check(here)
    here.goto(f"{server.url}/you")
    press(settled(here), "Make a resume link")
    address = here.get_by_test_id("stCode").inner_text().strip()
    there.goto(server.url + address[address.index("/join/") :])
    there.get_by_role("button", name="Carry on here").click()
    settled(there)
    open_quiz(there, server, "tries")
    assert heading(there) == "Question 1 of 3"
    expect(there.locator(".k-fbhead")).to_have_text("Try 1: not quite.")


def test_a_case_is_told_part_by_part(ways: tuple[Server, Catalogue], page: Page) -> None:
    server, catalogue = ways
    later = {"told": "With the torch on, Robin finds a broken bulb on the floor.", "asked": "Put on shoes as the very next thing"}
    traffic = Traffic.listen(page)
    begin(page, server, "stages")
    press(page, "Go on to part 2 of 2")
    expect(page.get_by_role("alert")).to_have_text("Answer part 1 first.")
    choose(page, "A rope")
    assert traffic.leaked(later) == [], "a later part is not in the browser before its time"
    other = open_quiz(page.context.new_page(), server, "stages")
    look_through(page)
    press(page, "Back to the questions")
    expect(page.get_by_role("button", name="Check the answer")).to_have_count(0)
    expect(page.get_by_text("Once you go on, your answer to this one is fixed.")).to_be_visible()
    press(page, "Go on to part 2 of 2")
    assert set(traffic.leaked(later)) == {"told", "asked"}
    reload(page)
    expect(page.get_by_text("With the torch on")).to_be_visible()
    expect(page.locator(".k-told li.on")).to_have_text(re.compile("A rope.*your answer"))
    expect(page.get_by_role("radio", name="A rope")).to_have_count(0)
    choose(other, "Some light")
    expect(other.get_by_role("alert")).to_contain_text("Not saved: Part 1 is fixed since you went on from it;")
    expect(other.locator(".k-told li.on")).to_contain_text("A rope")
    choose(page, "Put on shoes")
    reload(page)
    expect(page.get_by_role("radio", name="Put on shoes")).to_be_checked()
    check(page)
    expect(page.locator(".k-fbhead")).to_have_text("Partly right.")
    assert asked(catalogue, "stages")[0].explanation in page.locator(".k-feedback").inner_text()
