"""The learner's pages, as somebody in the middle of the course sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from playwright.sync_api import Browser, Page, expect

from course.learning.outline import CellKind
from scripts.screens.camera import Shot, at, take
from tests.e2e.acts import PATIENCE, settled
from tests.e2e.answering import content, question_shown, samples
from tests.e2e.browsers import new_context
from tests.e2e.conftest import DESK
from tests.e2e.notebook import answer_here, cell, open_module, position
from tests.e2e.quiz import begin, flag, give, hand_in, look_through, on_question, open_quiz, to_next
from tests.e2e.servers import Server


def pictures(server: Server, browser: Browser, names: Sequence[str]) -> None:
    with new_context(browser, viewport=DESK) as context:
        page = context.new_page()
        take(page, server, BEFORE, names)
        take(page, server, during(study(page, server)), names)


def study(page: Page, server: Server) -> str:
    """Read module 1 and pass its checkpoint with slips, take the opening test, begin module 2. The address of the result."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    first, second = content().course.modules[:2]
    begin(page, server, "pretest")
    for number in range(1, 21):
        give(page, lambda question, number=number: samples(question).wrong[0] if number % 3 else samples(question).right[0])  # type: ignore[misc]
        if number < on_question(page)[1]:
            to_next(page)
    look_through(page)
    hand_in(page)
    read(page, server, first.id, slips={1}, until=99)
    begin(page, server, first.id)
    total = on_question(page)[1]
    for number in range(1, total + 1):
        give(page, lambda question, number=number: samples(question).wrong[0] if number in (2, 5) else samples(question).right[0])  # type: ignore[misc]
        if number == 5:
            flag(page)
        if number < total:
            to_next(page)
    look_through(page)
    hand_in(page)
    result = page.url
    read(page, server, second.id, slips={2}, until=9)
    begin(page, server, "recognition")
    for _ in range(4):
        give(page)
        to_next(page)
    flag(page)
    return result.removeprefix(server.url)


def read(page: Page, server: Server, module: str, *, slips: set[int], until: int) -> None:
    """Go through a module with its questions; the nth question is answered wrong for every n in `slips`."""
    open_module(page, server, module)
    asked = 0
    while True:
        at, total = position(page)
        if cell(page, at).get_by_role("button", name="Check the answer").count():
            asked += 1
            question = question_shown(cell(page, at))
            answer_here(page, at, samples(question).wrong[0] if asked in slips else None, right=asked not in slips)
        if at >= min(total, until):
            return
        page.locator(".st-key-next button").click()
        expect(page.locator(".k-pos")).to_contain_text(f"Cell {at + 1} of", timeout=PATIENCE)
        settled(page)


def opened(button: str) -> Callable[[Page, Server], object]:
    """The notebook with a panel open."""

    def go(page: Page, server: Server) -> None:
        open_module(page, server, content().course.modules[1].id)
        page.get_by_role("button", name=button, exact=True).click()
        settled(page)

    return go


def mastery(page: Page, server: Server) -> None:
    """The progress page, further down: the table of objectives."""
    at("progress")(page, server)
    page.get_by_role("heading", name="Mastery by objective").evaluate("heading => heading.scrollIntoView({block: 'start'})")
    settled(page)


def handing_in(page: Page, server: Server) -> None:
    open_quiz(page, server, "recognition")
    if page.get_by_role("button", name="Hand in", exact=True).count():
        look_through(page)


BEFORE: Final = (Shot("home-guest", at("")), Shot("progress-guest", at("progress")), Shot("quiz-before", at("quiz?q=recognition")))


def during(result: str) -> tuple[Shot, ...]:
    first, second = content().course.modules[:2]
    figure = next(c.id for c in first.cells if c.figure and not c.clinician)
    asked = [c.id for c in first.cells if c.question]
    case = next(c.id for c in first.cells if c.kind is CellKind.CASE)
    drawn = {c.figure.kind: f"module?m={m.id}&cell={c.id}" for m in content().course.modules for c in m.cells if c.figure}
    return (
        Shot("home", at("")),
        Shot("module", at(f"module?m={second.id}")),
        Shot("module-figure", at(f"module?m={first.id}&cell={figure}")),
        Shot("module-answered", at(f"module?m={first.id}&cell={asked[0]}")),
        Shot("module-case", at(f"module?m={first.id}&cell={case}")),
        Shot("module-timeline", at(drawn["timeline"])),
        Shot("module-body", at(drawn["body"])),
        Shot("module-contents", opened("Contents")),
        Shot("help-open", opened("Help")),
        Shot("quiz", at("quiz?q=recognition")),
        Shot("quiz-handing-in", handing_in),
        Shot("result", at(result.lstrip("/"))),
        Shot("progress", at("progress")),
        Shot("progress-mastery", mastery),
        Shot("search", at("search?q=bladder")),
        Shot("glossary", at("glossary")),
        Shot("references", at("references")),
        Shot("about", at("about")),
        Shot("you", at("you")),
        Shot("help", at("help")),
    )
