"""One look, written in three places: config.toml for widgets, tokens.py for charts, style.css for the rest."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from course.settings import ROOT
from course.ui.tokens import DARK, LIGHT, Tokens

STATIC = ROOT / "course" / "ui" / "script" / "static"
CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
STYLE = (STATIC / "style.css").read_text(encoding="utf-8")
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]

IN_CONFIG = {
    "bg": "backgroundColor",
    "surface": "secondaryBackgroundColor",
    "ink": "textColor",
    "muted": "grayTextColor",
    "hair": "dataframeBorderColor",
    "accent": "linkColor",
    "accent_soft": "blueBackgroundColor",
    "right": "greenTextColor",
    "wrong": "redTextColor",
    "review": "orangeTextColor",
}
IN_STYLE = ("ink", "muted", "bg", "surface", "hair", "accent", "accent_soft", "right", "wrong", "review")


@pytest.mark.parametrize("tokens", THEMES)
def test_config_and_tokens_agree(tokens: Tokens) -> None:
    theme = CONFIG["theme"][tokens.name]
    assert {token: theme[key] for token, key in IN_CONFIG.items()} == {token: getattr(tokens, token) for token in IN_CONFIG}
    assert theme["chartCategoricalColors"][:3] == [tokens.accent, tokens.highlight, tokens.context]


@pytest.mark.parametrize("tokens", THEMES)
def test_stylesheet_and_tokens_agree(tokens: Tokens) -> None:
    pairs = re.findall(r"--k-([a-z-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", STYLE)
    style = {name.replace("-", "_"): (light if tokens is LIGHT else dark) for name, light, dark in pairs}
    assert {token: style[token] for token in IN_STYLE} == {token: getattr(tokens, token) for token in IN_STYLE}


@pytest.mark.parametrize("tokens", THEMES)
def test_the_soft_grounds_are_the_same_in_config_and_stylesheet(tokens: Tokens) -> None:
    pairs = re.findall(r"--k-([a-z]+)-soft: light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", STYLE)
    style = {name: (light if tokens is LIGHT else dark) for name, light, dark in pairs}
    theme = CONFIG["theme"][tokens.name]
    in_config = {"accent": "blue", "right": "green", "wrong": "red", "review": "orange"}
    assert {name: theme[f"{colour}BackgroundColor"] for name, colour in in_config.items()} == style


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("token", ["ink", "muted", "accent", "right", "wrong", "review", "highlight"])
def test_text_colours_can_be_read_on_the_page(tokens: Tokens, token: str) -> None:
    assert contrast(getattr(tokens, token), tokens.bg) >= 4.5


@pytest.mark.parametrize("tokens", THEMES)
def test_every_coloured_text_can_be_read_on_its_soft_ground(tokens: Tokens) -> None:
    theme = CONFIG["theme"][tokens.name]
    for colour in ("blue", "green", "red", "orange", "yellow", "violet", "gray"):
        assert contrast(theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]) >= 4.5, colour


@pytest.mark.parametrize("tokens", THEMES)
def test_widgets_have_an_edge_that_can_be_seen_and_buttons_a_text_that_can_be_read(tokens: Tokens) -> None:
    theme = CONFIG["theme"][tokens.name]
    assert contrast(theme["borderColor"], tokens.bg) >= 3
    assert contrast("#FFFFFF", theme["primaryColor"]) >= 4.5


def test_the_plain_pages_use_the_same_colours() -> None:
    known = {value for tokens in (LIGHT, DARK) for value in (getattr(tokens, name) for name in IN_STYLE)}
    known |= {value for theme in ("light", "dark") for value in CONFIG["theme"][theme].values() if isinstance(value, str)} | {"#FFFFFF"}
    used = {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", (STATIC / "plain.css").read_text(encoding="utf-8"))}
    assert used
    assert used <= known


def test_every_font_named_is_there_with_its_licence() -> None:
    for face in CONFIG["theme"]["fontFaces"]:
        assert (STATIC / face["url"].removeprefix("app/static/")).is_file(), face["url"]
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == len({face["family"] for face in CONFIG["theme"]["fontFaces"]})


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
