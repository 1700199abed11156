"""Answering a question the way a person does: read it, know the answer, work its inputs. One function a kind of input."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Locator, Page, expect

from course.content.loader import load
from course.content.model import Catalogue
from course.questions import by_name
from course.questions.base import Arrange, ChooseMany, ChooseOne, Control, Json, NumberEntry, Option, Pick, Question, Samples
from course.settings import ROOT
from course.ui.components.markup import inline
from tests.e2e.acts import PATIENCE, settled


@cache
def content(root: Path = ROOT) -> Catalogue:
    """The course as the server has it."""
    found = load(root).catalogue
    assert found is not None
    return found


def question_shown(page: Page | Locator, catalogue: Catalogue | None = None) -> Question:
    """The authored question that stands on the page, known by its words."""
    stem = page.locator(".k-question").first
    stem.wait_for(timeout=PATIENCE)
    words = as_read(stem.inner_text())
    found = [q for q in (catalogue or content()).questions.values() if asked(q) == words]
    assert len(found) == 1, f"{len(found)} authored questions read {words!r}"
    return found[0]


def key(question: Question) -> Json:
    """A response that is right."""
    return by_name(question.type).key(question.body)


def samples(question: Question) -> Samples:
    return by_name(question.type).sample(question.body)


def answer(page: Page, scope: Locator, question: Question, response: Json) -> None:
    """Work the inputs inside `scope` until they hold this response."""
    controls = by_name(question.type).controls(question.body)
    for control in controls:
        part = response.get(control.name) if control.name and isinstance(response, dict) else response
        _GIVE[type(control)](page, scope, control, part)


def asked(question: Question) -> str:
    """The question's heading, as text."""
    return plain(question.stem.strip().split("\n\n")[-1])


def plain(text: str) -> str:
    """Authored Markdown as a reader sees it."""
    return as_read(unescape(re.sub(r"<[^>]+>", "", inline(text))))


def as_read(text: str) -> str:
    return " ".join(text.split())


def _choose_one(page: Page, scope: Locator, control: Control, response: Json) -> None:
    assert isinstance(control, ChooseOne)
    _labelled(scope.locator('[data-testid="stRadioOption"]'), _text(control.options, response)).click(timeout=PATIENCE)
    settled(page)


def _choose_many(page: Page, scope: Locator, control: Control, response: Json) -> None:
    assert isinstance(control, ChooseMany)
    for option in control.options:
        box = _labelled(scope.locator(".stCheckbox"), plain(option.text))
        if box.get_by_role("checkbox").is_checked() != (option.id in response):
            box.locator("label").click(timeout=PATIENCE)
            settled(page)


def _pick(page: Page, scope: Locator, control: Control, response: Json) -> None:
    assert isinstance(control, Pick)
    scope.get_by_role("combobox", name=plain(control.label), exact=True).click(timeout=PATIENCE)
    _labelled(page.get_by_role("option"), _text(control.options, response)).click(timeout=PATIENCE)
    settled(page)


def _number(page: Page, scope: Locator, control: Control, response: Json) -> None:
    assert isinstance(control, NumberEntry)
    typed = f"{response['value']} {response['unit']}" if isinstance(response, dict) else str(response)
    box = scope.get_by_role("textbox")
    box.fill(typed, timeout=PATIENCE)
    box.press("Tab")
    settled(page)


def _arrange(page: Page, scope: Locator, control: Control, response: Json) -> None:
    """Bring each item up to its place, first place first."""
    assert isinstance(control, Arrange)
    rows = scope.locator('[class*="st-key-arrange_"]')
    for place, item in enumerate(response):
        wanted = _text(control.items, item)
        at = next(i for i in range(rows.count()) if wanted in as_read(rows.nth(i).inner_text()))
        for step in range(at, place, -1):
            rows.nth(step).get_by_role("button").first.click(timeout=PATIENCE)
            expect(rows.nth(step - 1)).to_contain_text(wanted, timeout=PATIENCE)
            settled(page)
    confirm = scope.get_by_role("button", name="This order is my answer")
    if confirm.count():
        confirm.click(timeout=PATIENCE)
        settled(page)


_GIVE: Final[Mapping[type[Control], Callable[[Page, Locator, Control, Any], None]]] = {
    ChooseOne: _choose_one,
    ChooseMany: _choose_many,
    Pick: _pick,
    NumberEntry: _number,
    Arrange: _arrange,
}


def _labelled(among: Locator, text: str) -> Locator:
    """The one that reads exactly so."""
    words = r"\s+".join(map(re.escape, text.split()))
    return among.filter(has_text=re.compile(rf"^\s*{words}\s*$"))


def _text(options: tuple[Option, ...], option_id: Json) -> str:
    return plain(next(o.text for o in options if o.id == option_id))
