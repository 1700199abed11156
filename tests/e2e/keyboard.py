"""Working every kind of input with the keyboard alone: Tab, arrows, Space, Enter and letters. And reading what inputs hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from course.questions import Question, by_name
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
    Scale,
    Slider,
    Stage,
    TextEntry,
)
from tests.e2e.acts import PATIENCE, settled
from tests.e2e.answering import as_read, plain
from tests.e2e.rest import await_sent

FOCUSED = "it => it === document.activeElement"
NEXT = "Control+ArrowRight"
_MOST_TABS = 150


def answer(page: Page, scope: Locator, question: Question, response: Json) -> None:
    """Work the inputs inside `scope` until they hold the response."""
    _give(page, scope, by_name(question.type).controls(question.body), response)


def held(scope: Locator, question: Question) -> Json:
    """The response that the inputs show; what shows nothing is left out."""
    return _held_by_all(scope, by_name(question.type).controls(question.body))


def tab_to(page: Page, *what: Locator) -> None:
    """Press Tab until one of these has the focus; fails when no Tab leads there."""
    for _ in range(_MOST_TABS):
        if any(one.evaluate(FOCUSED) for one in what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {what}")


def press(page: Page, what: Locator) -> None:
    tab_to(page, what)
    page.keyboard.press("Space")
    settled(page)


def _give(page: Page, scope: Locator, controls: Sequence[Control], response: Json) -> None:
    for index, control in enumerate(controls):
        part = response.get(control.name) if control.name and isinstance(response, dict) else response
        if part is not None and isinstance(control, Stage) and not _inside(scope, control, index).count():
            press(page, page.locator('[class*="_go_on"] button'))
        if part is not None:
            _one(page, _inside(scope, control, index), control, part)


def _one(page: Page, scope: Locator, control: Control, response: Json) -> None:
    match control:
        case ChooseOne() | Scale() | PickPoint():
            _choose(page, scope, _text(control.options, response))
        case ChooseMany():
            for option in control.options:
                if _box(scope, option).is_checked() != (option.id in response):
                    press(page, _box(scope, option))
        case Pick():
            _pick(page, _drop_down(scope, control), _text(control.options, response))
        case NumberEntry() | TextEntry() | LongText():
            _write(page, _text_box(scope, control), str(response))
        case Slider():
            _slide(page, scope.get_by_role("slider"), response)
        case Arrange():
            _arrange(page, scope, [_text(control.items, item) for item in response])
        case Passage():
            _give(page, scope, control.gaps, response)
        case Stage():
            _give(page, scope, control.controls, response)
        case _:
            raise AssertionError(f"nobody knows how to work {control}")


def _choose(page: Page, scope: Locator, words: str) -> None:
    """Into the group with Tab, along it with the arrows; Space chooses what has the focus already."""
    tab_to(page, *scope.get_by_role("radio").all())
    wanted = _radio(scope, words)
    for _ in range(scope.get_by_role("radio").count()):
        if wanted.evaluate(FOCUSED):
            break
        page.keyboard.press("ArrowDown")
        settled(page)
    page.keyboard.press("Space")
    settled(page)
    expect(wanted).to_be_checked(timeout=PATIENCE)


def _pick(page: Page, where: Locator, words: str) -> None:
    tab_to(page, where)
    page.keyboard.press("ArrowDown")
    wanted = _labelled(page.get_by_role("option"), words)
    wanted.wait_for(timeout=PATIENCE)
    for _ in range(page.get_by_role("option").count() + 1):
        if where.get_attribute("aria-activedescendant") == wanted.get_attribute("id"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)
    expect(where).to_have_value(words, timeout=PATIENCE)


def _write(page: Page, where: Locator, text: str) -> None:
    """Write over what is there, and leave the field with Tab."""
    tab_to(page, where)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    settled(page)


def _slide(page: Page, thumb: Locator, value: float) -> None:
    tab_to(page, thumb)
    moved = False
    for _ in range(1000):
        away = _number(thumb) - value
        if not away:
            break
        page.keyboard.press("ArrowLeft" if away > 0 else "ArrowRight")
        moved = True
    if moved:
        await_sent(page)
    settled(page)


def _arrange(page: Page, scope: Locator, wanted: Sequence[str]) -> None:
    """Bring each item up to its place, first place first."""
    for place, words in enumerate(wanted):
        for step in range(_order(scope).index(words), place, -1):
            press(page, _rows(scope).nth(step).get_by_role("button").first)
            expect(_rows(scope).nth(step - 1)).to_contain_text(words, timeout=PATIENCE)


def _held_by_all(scope: Locator, controls: Sequence[Control]) -> Json:
    parts = {control.name: _held(_inside(scope, control, index), control) for index, control in enumerate(controls)}
    return parts[""] if "" in parts else {name: value for name, value in parts.items() if value not in (None, "", [], {})}


def _held(scope: Locator, control: Control) -> Json:
    match control:
        case ChooseOne() | Scale() | PickPoint():
            return next((o.id for o in control.options if _radio(scope, plain(o.text)).is_checked()), None)
        case ChooseMany():
            return [o.id for o in control.options if _box(scope, o).is_checked()]
        case Pick():
            return next((o.id for o in control.options if plain(o.text) == _drop_down(scope, control).input_value()), None)
        case NumberEntry() | TextEntry() | LongText():
            return _text_box(scope, control).input_value()
        case Slider():
            return _number(scope.get_by_role("slider"))
        case Arrange():
            return [next(o.id for o in control.items if plain(o.text) == words) for words in _order(scope)]
        case Passage():
            return _held_by_all(scope, control.gaps)
        case Stage():
            return _held_by_all(scope, control.controls) if scope.count() else _fixed(scope.page, control)
        case _:
            raise AssertionError(f"nobody knows how to read {control}")


def _fixed(page: Page, stage: Stage) -> Json:
    """The answer to a part of a case that was gone on from, as its text says it."""
    told = page.locator(".k-told").filter(has_text=plain(stage.stem))
    (control,) = stage.controls
    assert isinstance(control, ChooseOne | ChooseMany), f"nobody knows how to read {control} as text"
    words = [as_read(line.removesuffix("your answer")) for line in told.locator("li.on").all_inner_texts()]
    return [o.id for o in control.options if plain(o.text) in words]


def _inside(scope: Locator, control: Control, index: int) -> Locator:
    return scope.locator(f'[class*="_{index}_stage"]') if isinstance(control, Stage) else scope


def _radio(scope: Locator, words: str) -> Locator:
    return _labelled(scope.locator('[data-testid="stRadioOption"]'), words).get_by_role("radio")


def _box(scope: Locator, option: Option) -> Locator:
    return _labelled(scope.locator(".stCheckbox"), plain(option.text)).get_by_role("checkbox")


def _drop_down(scope: Locator, control: Pick) -> Locator:
    return scope.get_by_role("combobox", name=plain(control.label), exact=True)


def _text_box(scope: Locator, control: Control) -> Locator:
    """By the name that is read out: in a text with gaps there are several."""
    named = re.compile(rf"^{re.escape(control.label)}\b")
    return scope.get_by_role("textbox", name=named) if control.name else scope.get_by_role("textbox")


def _number(thumb: Locator) -> float:
    return float(thumb.input_value())


def _rows(scope: Locator) -> Locator:
    return scope.locator('[class*="st-key-arrange_"]')


def _order(scope: Locator) -> list[str]:
    """The items of an order as they stand, without their numbers."""
    return [as_read(row.locator("li").first.inner_text()) for row in _rows(scope).all()]


def _labelled(among: Locator, words: str) -> Locator:
    """The one that reads exactly so."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return among.filter(has_text=re.compile(rf"^\s*{spaced}\s*$"))


def _text(options: Sequence[Option], option: Json) -> str:
    return plain(next(o.text for o in options if o.id == option))
