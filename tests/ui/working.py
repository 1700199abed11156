"""Working the inputs of a question in Streamlit's own test harness: one function a kind of input."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from streamlit.testing.v1 import AppTest

from course.questions.base import (
    Arrange,
    ChooseMany,
    ChooseOne,
    Control,
    Json,
    LongText,
    NumberEntry,
    Passage,
    Pick,
    PickPoint,
    Scale,
    Slider,
    Stage,
    TextEntry,
)


def fill(app: AppTest, controls: Sequence[Control], response: Json, key: str) -> None:
    """Give a response through the inputs, one change after the other; each is run as the browser would send it."""
    for index, control in enumerate(controls):
        part = response.get(control.name) if control.name and isinstance(response, dict) else response
        if part is not None:
            _GIVE[type(control)](app, control, part, f"{key}_{index}")


def _radio(app: AppTest, control: Control, response: Json, key: str) -> None:
    app.radio(key=key).set_value(response).run()


def _tick(app: AppTest, control: Control, response: Json, key: str) -> None:
    for option in response:
        app.checkbox(key=f"{key}_{option}").check().run()


def _pick(app: AppTest, control: Control, response: Json, key: str) -> None:
    app.selectbox(key=key).set_value(response).run()


def _line(app: AppTest, control: Control, response: Json, key: str) -> None:
    typed = f"{response['value']} {response['unit']}" if isinstance(response, dict) else str(response)
    app.text_input(key=key).set_value(typed).run()


def _paragraphs(app: AppTest, control: Control, response: Json, key: str) -> None:
    app.text_area(key=key).set_value(response).run()


def _slide(app: AppTest, control: Control, response: Json, key: str) -> None:
    app.slider(key=key).set_value(response).run()


def _arrange(app: AppTest, control: Control, response: Json, key: str) -> None:
    for place, item in enumerate(response):
        for step in range(app.session_state[key].index(item), place, -1):
            app.button(key=f"{key}_up_{step}").click().run()


def _passage(app: AppTest, control: Control, response: Json, key: str) -> None:
    assert isinstance(control, Passage)
    fill(app, control.gaps, response, key)


def _stage(app: AppTest, control: Control, response: Json, key: str) -> None:
    assert isinstance(control, Stage)
    fill(app, control.controls, response, key)


_GIVE: Final[Mapping[type[Control], Callable[[AppTest, Control, Any, str], None]]] = {
    ChooseOne: _radio,
    Scale: _radio,
    PickPoint: _radio,
    ChooseMany: _tick,
    Pick: _pick,
    NumberEntry: _line,
    TextEntry: _line,
    LongText: _paragraphs,
    Slider: _slide,
    Arrange: _arrange,
    Passage: _passage,
    Stage: _stage,
}
