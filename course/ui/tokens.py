"""Colour tokens for what Python draws (Plotly). The stylesheet and config.toml carry the same values; a test compares."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True, slots=True)
class Tokens:
    """Hex colours of one theme. Contrast on the page is at least 4.5:1 for ink, muted, accent, right, wrong, review, highlight."""

    name: str
    bg: str
    surface: str
    ink: str
    muted: str
    hair: str
    accent: str
    accent_soft: str
    right: str
    wrong: str
    review: str
    context: str
    highlight: str
    sequential: tuple[str, ...]


LIGHT = Tokens(
    "light", "#FBFCFB", "#F0F4F4", "#16222A", "#50606A", "#D9E0E2", "#0B5C73", "#E2EEF2", "#17694A", "#A63A0B", "#775400", "#9AA7AD", "#C4510F",
    ("#EDF3F4", "#D6E5EA", "#B5D0D9", "#8FBAC7", "#2C768C", "#0B5C73"),
)  # fmt: skip
DARK = Tokens(
    "dark", "#10181C", "#19242A", "#E6ECED", "#A5B3B9", "#2B393F", "#7CC7DC", "#15323C", "#74CDA3", "#F6A077", "#E3BD62", "#62747C", "#F2935F",
    ("#17252B", "#1C3640", "#234A58", "#2C6071", "#6BAFC4", "#A9DEEB"),
)  # fmt: skip


def current() -> Tokens:
    """The tokens of the theme the reader sees now."""
    return DARK if st.context.theme.type == "dark" else LIGHT
