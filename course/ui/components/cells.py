"""The notebook cell: a body in the reading column and a gutter that carries number, state and kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from course.learning.outline import CellKind
from course.questions.base import Line, State
from course.ui.components.markup import block, inline
from course.ui.components.page import mark

KIND_WORDS: dict[CellKind, str] = {
    CellKind.READ: "Read",
    CellKind.FIGURE: "Figure",
    CellKind.SIMULATION: "Predict",
    CellKind.QUESTION: "Check",
    CellKind.CASE: "Case",
    CellKind.EVIDENCE: "Evidence",
    CellKind.NOTE: "Note",
    CellKind.WARNING: "Take care",
    CellKind.SUPPORT: "Help",
    CellKind.REFLECTION: "Reflect",
    CellKind.CHECKPOINT: "Checkpoint",
}

_SHAPES = {
    State.RIGHT: ("right", "right"),
    State.PARTIAL: ("review", "review"),
    State.MANUAL: ("plain", "seen"),
    State.RECORDED: ("plain", "seen"),
}
"""The look and the mark of feedback, where it is not that of a wrong answer."""


def key(number: int) -> str:
    """The container key of a cell. It never carries the state, so widgets inside keep their value when that changes."""
    return f"cell_{number}"


@contextmanager
def cell(number: int, kind: CellKind, state: str, title: str = "", *, new: bool = False) -> Iterator[None]:
    """Open cell `number`: gutter, title, then whatever the block draws. `new`: added since the module was finished."""
    with st.container(key=key(number), gap="small"):
        heading = f'<h2 class="k-celltitle">{escape(title)}</h2>' if title else ""
        st.html(_gutter(number, kind, state, new=new))
        if heading:
            st.html(heading)
        yield


def stub(number: int, kind: CellKind, title: str) -> None:
    """A cell not reached yet: one quiet line, so the learner sees what is left."""
    with st.container(key=key(number), gap="small"):
        st.html(_gutter(number, kind, "unseen"))
        st.html(f'<p class="k-stub">{escape(title)}<span class="k-kind">{KIND_WORDS[kind]}</span></p>')


def evidence(confidence: str, statement: str, note: str, cite: str) -> None:
    """Evidence note. `confidence` is high, moderate, low or contested; `note` and `cite` are safe markup."""
    dots = {"high": 3, "moderate": 2, "low": 1}.get(confidence, 0)
    bars = "".join(f'<i class="{"on" if i < dots else ""}"></i>' for i in range(3))
    word = "Contested evidence" if confidence == "contested" else f"{confidence.capitalize()} confidence"
    st.html(
        f'<div role="note" class="k-note k-{escape(confidence)}"><p class="k-conf"><span class="k-bars" aria-hidden="true">{bars}</span>{word}</p>'
        f'<p class="k-notetext">{statement}</p><div class="k-notebody">{note}</div><p class="k-cite">{cite}</p></div>'
    )


def feedback(state: State, lead: str, body: str) -> None:
    """The filled block after an answer. `body` is safe markup."""
    shape, shown = _SHAPES.get(state, ("wrong", "wrong"))
    st.html(
        f'<div class="k-feedback k-{shape}" role="status"><p class="k-fbhead">{mark(shown, spoken=False)}<b>{escape(lead)}</b></p>{body}</div>'
    )


def answered(lines: tuple[Line, ...], *, marked: bool) -> None:
    """An answered question as text: full contrast, no greyed-out widget. `marked` shows which lines are right."""
    st.html(f'<ul class="k-opts">{"".join(_line(line, marked=marked) for line in lines)}</ul>')


def _gutter(number: int, kind: CellKind, state: str, *, new: bool = False) -> str:
    fresh = '<span class="k-new">new</span>' if new else ""
    return (
        f'<div class="k-gutter" data-state="{state}"><span class="k-no"><span class="k-sr">Cell </span>{number}</span>'
        f'{mark(state)}<span class="k-kind">{KIND_WORDS[kind]}</span>{fresh}</div>'
    )


def _line(line: Line, *, marked: bool) -> str:
    icon, tags = "<span></span>", []
    if line.answer or line.right or line.state is not None:
        colon = "" if line.text.rstrip().endswith(("?", ".", ":", "!")) else ":"
        text = f"{inline(line.text)}{colon} <b>{inline(line.answer) if line.answer else 'no answer'}</b>"
        if marked and line.state is not None:
            icon = mark({State.RIGHT: "right", State.PARTIAL: "review"}.get(line.state, "wrong"))
        if line.right and line.state is not State.RIGHT:
            tags.append(f"right: {inline(line.right)}")
        lit = True
    else:
        text = block(line.text) if "\n" in line.text.strip() else inline(line.text)
        if line.key:
            icon = mark("right")
        elif line.chosen and marked:
            icon = mark("wrong")
        if line.chosen:
            tags.append("your answer")
        elif line.key:
            tags.append("the answer")
        lit = line.chosen or line.key
    tag = "".join(f"<em>{t}</em>" for t in tags)
    note = f'<span class="k-optnote">{inline(line.comment)}</span>' if line.comment else ""
    why = f'<div class="k-optnote">{block(line.explanation)}</div>' if line.explanation else ""
    opened = '<li class="on">' if lit else "<li>"
    return f"{opened}<span>{icon}</span><div>{text}{tag}{note}{why}</div></li>"
