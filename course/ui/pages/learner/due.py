"""What is due, on the learner's start page: each assignment with its parts, when, and why it is shut."""

from __future__ import annotations

from html import escape
from typing import Final

from course.access.assignments import ItemKind
from course.access.windows import Phase
from course.services.study.views import DueItem, DueView
from course.ui.components import page
from course.ui.visit import Visit

_WORDS: Final = {Phase.LATE: "k-late", Phase.CLOSED: "k-late"}


def draw(visit: Visit, dues: tuple[DueView, ...]) -> None:
    """The list; what is done stands below what is not."""
    open_ones = [d for d in dues if not d.done]
    page.section("Due", "What your instructors assigned. Times are those where you are.")
    ordered = [*open_ones, *(d for d in dues if d.done)]
    page.table(["Assignment", "State", "When", "Parts"], [_row(d) for d in ordered], label="What is due")
    visit.link("progress", "Your grades")


def _row(one: DueView) -> list[str]:
    done = sum(i.done for i in one.items)
    state = "done" if one.done else "now" if done or one.phase is Phase.LATE else "unseen"
    word = "Done" if one.done else one.phase.value.capitalize() if one.phase is not Phase.OPEN else f"{done} of {len(one.items)} done"
    shade = f' class="{_WORDS[one.phase]}"' if one.phase in _WORDS and not one.done else ""
    return [
        f"{escape(one.title)}<small>{escape(one.cohort)}</small>",
        f"{page.mark(state, spoken=False)} <span{shade}>{escape(word)}</span>",
        " ".join(map(escape, one.words[:2])),
        "<br>".join(map(_item, one.items)),
    ]


def _item(item: DueItem) -> str:
    if item.locked:
        return f"{escape(item.title)}<small>{escape(item.locked)}</small>"
    address = f"module?m={escape(item.id)}" if item.kind is ItemKind.MODULE else f"quiz?q={escape(item.id)}"
    return f'<a href="{address}" target="_self">{escape(item.title)}</a>{" (done)" if item.done else ""}'
