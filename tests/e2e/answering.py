"""Answering a question the way a person does: read it, know the answer, work its inputs. One function a kind of input."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Locator, Page, TimeoutError, expect

from course.content.loader import load
from course.content.model import Catalogue
from course.questions import by_name
from course.questions.base import (
    Arrange,
    ChooseMany,
    ChooseOne,
    Control,
    Json,
    LongText,
    NumberEntry,
    Option,
    Passage,
    Pick,
    PickPoint,
    Question,
    Samples,
    Scale,
    Slider,
    Stage,
    TextEntry,
)
from course.questions.variants import draw
from course.settings import ROOT
from course.ui.components.markup import inline
from tests.e2e.acts import PATIENCE, settled
from tests.e2e.rest import await_sent


@cache
def content(root: Path = ROOT) -> Catalogue:
    """The course as the server has it."""
    found = load(root).catalogue
    assert found is not None
    return found


def question_shown(page: Page | Locator, catalogue: Catalogue | None = None) -> Question:
    """The authored question that stands on the page, known by its words; a parametric one with the numbers it shows."""
    stem = page.locator(".k-question").first
    stem.wait_for(timeout=PATIENCE)
    words = as_read(stem.inner_text())
    found = [shown for q in (catalogue or content()).questions.values() if (shown := _as_drawn(q, words)) is not None]
    assert len(found) == 1, f"{len(found)} authored questions read {words!r}"
    return found[0]


def _as_drawn(question: Question, words: str) -> Question | None:
    """The question when it reads like this; None when it does not. What is drawn anew are numbers."""
    if question.parameters is None:
        return question if asked(question) == words else None
    if numberless(asked(question)) != numberless(words):
        return None
    variants = (draw(question, seed).question for seed in range(600))
    return next((variant for variant in variants if asked(variant) == words), None)


def numberless(words: str) -> str:
    """The words with every number masked."""
    return re.sub(r"\d+(?:[.,]\d+)*", "#", words)


def key(question: Question) -> Json:
    """A response that is right."""
    return by_name(question.type).key(question.body)


def samples(question: Question) -> Samples:
    return by_name(question.type).sample(question.body)


def answer(page: Page, scope: Locator, question: Question, response: Json) -> None:
    """Work the inputs inside `scope` until they hold this response."""
    fill(page, by_name(question.type).controls(question.body), response, base_key(scope))


def base_key(scope: Locator) -> str:
    """The key under which the inputs inside `scope` are drawn."""
    classes = scope.locator('[class*="_inputs"]').first.get_attribute("class", timeout=PATIENCE) or ""
    return next(c for c in classes.split() if c.startswith("st-key-")).removeprefix("st-key-").removesuffix("_inputs")


def asked(question: Question) -> str:
    """The question's heading, as text."""
    return plain(question.stem.strip().split("\n\n")[-1])


def plain(text: str) -> str:
    """Authored Markdown as a reader sees it."""
    return as_read(unescape(re.sub(r"<[^>]+>", "", inline(text))))


def as_read(text: str) -> str:
    return " ".join(text.split())


def fill(page: Page, controls: Sequence[Control], response: Json, base: str) -> None:
    """Work these inputs, drawn under the key `base`, until they hold the response."""
    for index, control in enumerate(controls):
        part = response.get(control.name) if control.name and isinstance(response, dict) else response
        if part is not None:
            _GIVE[type(control)](page, control, part, f"{base}_{index}")


def _radio(page: Page, control: Any, response: Json, at: str) -> None:
    options = page.locator(f'.st-key-{at} [data-testid="stRadioOption"]')
    _labelled(options, _text(control.options, response)).click(timeout=PATIENCE)
    settled(page)


def _tick(page: Page, control: Any, response: Json, at: str) -> None:
    for option in control.options:
        box = page.locator(f".st-key-{at}_{option.id}")
        if box.get_by_role("checkbox").is_checked() != (option.id in response):
            box.locator("label").click(timeout=PATIENCE)
            settled(page)


def _pick(page: Page, control: Any, response: Json, at: str) -> None:
    """The list closes when the page still moves under it; then it is opened once more."""
    box = page.locator(f".st-key-{at}").get_by_role("combobox")
    option = _labelled(page.get_by_role("option"), _text(control.options, response))
    for patience in (3_000, PATIENCE):
        box.click(timeout=PATIENCE)
        with suppress(TimeoutError):
            option.click(timeout=patience)
            break
    settled(page)
    expect(box).to_have_value(_text(control.options, response), timeout=PATIENCE)


def _type(page: Page, control: Control, response: Json, at: str) -> None:
    """Type and leave the field."""
    box = page.locator(f".st-key-{at}").get_by_role("textbox")
    box.fill(f"{response['value']} {response['unit']}" if isinstance(response, dict) else str(response), timeout=PATIENCE)
    box.press("Tab")
    settled(page)


def _slide(page: Page, control: Control, response: Json, at: str) -> None:
    """Step to the place with the arrow keys; kept on purpose when it stands there already."""
    thumb = page.locator(f".st-key-{at}").get_by_role("slider")
    thumb.focus(timeout=PATIENCE)
    moved = False
    for _ in range(2000):
        now = float(thumb.input_value(timeout=PATIENCE))
        if abs(now - response) < 1e-9:
            break
        page.keyboard.press("ArrowRight" if now < response else "ArrowLeft")
        moved = True
    if moved:
        await_sent(page)
    settled(page)
    keep = page.locator(f".st-key-{at}_keep button")
    if keep.count():
        keep.click(timeout=PATIENCE)
        settled(page)


def _point(page: Page, control: Any, response: Json, at: str) -> None:
    """Choose from the list, or point at the figure."""
    if isinstance(response, str):
        _radio(page, control, response, at)
        return
    image = page.locator(f".st-key-{at}_figure img")
    box = image.bounding_box(timeout=PATIENCE)
    assert box is not None
    x, y = response[0] / control.figure.width * box["width"], response[1] / control.figure.height * box["height"]
    image.click(position={"x": x, "y": y}, timeout=PATIENCE)
    settled(page)


def _arrange(page: Page, control: Any, response: Json, at: str) -> None:
    """Bring each item up to its place, first place first; kept on purpose when they stand so already."""
    rows = page.locator(f'[class*="st-key-arrange_{at}_"]')
    for place, item in enumerate(response):
        wanted = _text(control.items, item)
        now = next(i for i in range(rows.count()) if wanted in as_read(rows.nth(i).inner_text()))
        for step in range(now, place, -1):
            rows.nth(step).get_by_role("button").first.click(timeout=PATIENCE)
            expect(rows.nth(step - 1)).to_contain_text(wanted, timeout=PATIENCE)
            settled(page)
    keep = page.locator(f".st-key-{at}_keep button")
    if keep.count():
        keep.click(timeout=PATIENCE)
        settled(page)


def _passage(page: Page, control: Any, response: Json, at: str) -> None:
    fill(page, control.gaps, response, at)


def _stage(page: Page, control: Any, response: Json, at: str) -> None:
    """In a quiz a later part is told when the one before it is answered."""
    if not page.locator(f".st-key-{at}_stage").count():
        page.locator('[class*="_go_on"] button').click(timeout=PATIENCE)
        settled(page)
    fill(page, control.controls, response, at)


_GIVE: Final[Mapping[type[Control], Callable[[Page, Any, Any, str], None]]] = {
    ChooseOne: _radio,
    Scale: _radio,
    ChooseMany: _tick,
    Pick: _pick,
    NumberEntry: _type,
    TextEntry: _type,
    LongText: _type,
    Slider: _slide,
    PickPoint: _point,
    Arrange: _arrange,
    Passage: _passage,
    Stage: _stage,
}


def _labelled(among: Locator, text: str) -> Locator:
    """The one that reads exactly so."""
    words = r"\s+".join(map(re.escape, text.split()))
    return among.filter(has_text=re.compile(rf"^\s*{words}\s*$"))


def _text(options: tuple[Option, ...], option_id: Json) -> str:
    return plain(next(o.text for o in options if o.id == option_id))
