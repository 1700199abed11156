"""What was typed, shown again: the review of answers that are not chosen from a list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from course.questions.base import Comment, Json, Line
from course.questions.numbers import Unreadable, as_text, read_quantity

_LONGEST = 100


def typed_lines(typed: str, answer: str, comments: Iterable[Comment], *, right: bool, reveal_key: bool) -> tuple[Line, ...]:
    """What was typed and, when it may be shown and is something else, the right answer below it."""
    comment = " ".join(c.text for c in comments)
    own = (Line(literally(typed), True, reveal_key and right, comment=comment),) if typed else ()
    return own if right or not reveal_key else (*own, Line(literally(answer), False, True))


def literally(typed: str) -> str:
    """What a person typed, as Markdown that reads just so: no emphasis, no link, no heading, no list. Lines stay lines."""
    marked = re.sub(r"([\\`*_\[\]<>&~$|])", r"\\\1", typed)
    marked = re.sub(r"(?m)^[ \t]+", "", marked)
    return re.sub(r"(?m)^(\d*)([-+=#.)])(?=[-+=#]*(?:\s|$))", r"\1\\\2", marked)


def number_as_typed(response: Json) -> str:
    """A numeric response in words; "" for what is no number."""
    if isinstance(response, dict):
        return " ".join(number_as_typed(response.get(part)) for part in ("value", "unit")).strip()
    if isinstance(response, str):
        return response.strip()[:_LONGEST]
    quantity = read_quantity(response)
    return "" if isinstance(quantity, Unreadable) else as_text(quantity.value)
