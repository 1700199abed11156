"""What a browser may send as an answer: plain JSON of a sane size, and keys that are short words."""

from __future__ import annotations

import json
from typing import Final

from course.errors import BadResponse
from course.questions.base import Json

MOST_BYTES: Final = 32_768
"""Above any essay that a question could ask for."""
MOST_DEPTH: Final = 6
_KEY_LENGTH: Final = 80


def plain(response: object) -> Json:
    """The response as JSON gives it back. Raises BadResponse when it is no JSON, too deep or too large."""
    if _depth(response) > MOST_DEPTH:
        raise BadResponse("This answer could not be read; it was not stored.")
    try:
        text = json.dumps(response, ensure_ascii=False, allow_nan=False)
        size = len(text.encode())
    except (TypeError, ValueError):  # no JSON, NaN, lone surrogates, numbers of thousands of digits
        raise BadResponse("This answer could not be read; it was not stored.") from None
    if size > MOST_BYTES:
        raise BadResponse(f"This answer is too long: {size:,} bytes, at most {MOST_BYTES:,}. It was not stored; please shorten it.")
    return json.loads(text)


def same(one: Json, other: Json) -> bool:
    """Whether two answers are the same JSON; 1 and true are not."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def idempotency_key(key: str) -> str:
    """Raises BadResponse for a key that is empty or longer than 80 characters."""
    if not key or len(key) > _KEY_LENGTH:
        raise BadResponse("This page sent something that could not be read. Reload it and try again.")
    return key


def sure(certainty: int | None, *, asked: bool) -> int | None:
    """1, 2 or 3 where the quiz asks how sure the learner is, else nothing. Raises BadResponse for anything else."""
    if certainty is None or not asked:
        return None
    if isinstance(certainty, bool) or certainty not in (1, 2, 3):
        raise BadResponse("How sure you are must be 1, 2 or 3.")
    return certainty


def _depth(value: object) -> int:
    """Levels of nesting, counted no further than is refused anyway."""
    level, edge = 0, [value]
    while edge and level <= MOST_DEPTH:
        edge = [
            child for one in edge for child in (one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple) else ())
        ]
        level += 1
    return level
