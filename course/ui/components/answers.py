"""An answered question as text: its lines, and the filled block with the verdict and its reasons."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.questions.base import Line, State
from course.ui.components.markup import block, inline
from course.ui.components.page import mark

_SHAPES = {
    State.RIGHT: ("right", "right"),
    State.PARTIAL: ("review", "review"),
    State.MANUAL: ("plain", "seen"),
    State.RECORDED: ("plain", "seen"),
}
"""The look and the mark of feedback, where it is not that of a wrong answer."""


def feedback(state: State, lead: str, body: str) -> None:
    """The filled block after an answer. `body` is safe markup."""
    shape, shown = look(state)
    st.html(
        f'<div class="k-feedback k-{shape}" role="status"><p class="k-fbhead">{mark(shown, spoken=False)}<b>{escape(lead)}</b></p>{body}</div>'
    )


def look(state: State) -> tuple[str, str]:
    """The colour and the mark that stand for this state."""
    return _SHAPES.get(state, ("wrong", "wrong"))


def answered(lines: tuple[Line, ...], state: State | None, *, key_shown: bool, by_hand: bool = False) -> None:
    """An answered question as text: full contrast, no greyed-out widget. `state` of the whole answer; None while withheld.

    `by_hand`: a person grades it, so that lines of the key are what they look for, not what was met.
    """
    if lines:
        st.html(listed(lines, state, key_shown=key_shown, by_hand=by_hand))


def listed(lines: tuple[Line, ...], state: State | None, *, key_shown: bool, by_hand: bool = False) -> str:
    """The same as safe markup."""
    chosen = "" if by_hand else _chosen_mark(lines, state, key_shown=key_shown)
    return f'<ul class="k-opts">{"".join(_line(line, chosen, by_hand=by_hand) for line in lines)}</ul>'


def _chosen_mark(lines: tuple[Line, ...], state: State | None, *, key_shown: bool) -> str:
    """The mark of a chosen line that is not known as the key; "" where a partly right answer does not say which."""
    if state in (None, State.MANUAL, State.RECORDED):
        return ""
    if state is not State.PARTIAL:
        return "wrong"
    if sum(line.chosen for line in lines) == 1:
        return "partial"
    return "wrong" if key_shown else ""


def _line(line: Line, chosen: str, *, by_hand: bool) -> str:
    icon, tags = "<span></span>", []
    if line.answer or line.right or line.state is not None:
        colon = "" if line.text.rstrip().endswith(("?", ".", ":", "!")) else ":"
        text = f"{inline(line.text)}{colon} <b>{inline(line.answer) if line.answer else 'no answer'}</b>"
        if line.state is not None:
            icon = mark({State.RIGHT: "right", State.PARTIAL: "partial"}.get(line.state, "wrong"))
        if line.right and line.state is not State.RIGHT:
            tags.append(f"right: {inline(line.right)}")
        lit = True
    else:
        text = block(line.text) if "\n" in line.text.strip() else inline(line.text)
        if line.key and not by_hand:
            icon = mark("right")
        elif line.chosen and chosen:
            icon = mark(chosen)
        if line.chosen:
            tags.append("your answer")
        elif line.key:
            tags.append("looked for" if by_hand else "the answer")
        lit = line.chosen or line.key
    tag = "".join(f"<em>{t}</em>" for t in tags)
    note = f'<span class="k-optnote">{inline(line.comment)}</span>' if line.comment else ""
    why = f'<div class="k-optnote">{block(line.explanation)}</div>' if line.explanation else ""
    opened = '<li class="on">' if lit else "<li>"
    return f"{opened}<span>{icon}</span><div>{text}{tag}{note}{why}</div></li>"
