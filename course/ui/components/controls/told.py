"""What inputs tell beside asking: the story of a case, the text around gaps. It stays when the answer takes the inputs' place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from course.questions.base import Control, Passage, Stage
from course.questions.cloze import MARK


def draw_told(controls: Sequence[Control]) -> None:
    """The texts of answered inputs, in order."""
    for text in told(controls):
        st.markdown(text)


def told(controls: Sequence[Control]) -> Iterator[str]:
    """Each text as Markdown, at any depth."""
    for control in controls:
        if isinstance(control, Stage):
            if control.text:
                yield control.text
            yield from told(control.controls)
        elif isinstance(control, Passage):
            yield with_gaps(control, {})


def with_gaps(passage: Passage, filled: Mapping[str, str]) -> str:
    """The text as Markdown, each gap with its number and, where given, with what was put in it (Markdown too)."""
    labels = {gap.name: gap.label.replace(" ", "\N{NO-BREAK SPACE}") for gap in passage.gaps}
    return MARK.sub(lambda gap: f":blue-background[{': '.join(filter(None, (labels[gap[1]], filled.get(gap[1], ''))))}]", passage.text)
