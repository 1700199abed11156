"""A press that makes something, repeated: a slow second click, a message sent again. It makes one thing."""

from __future__ import annotations

import json
from typing import Final
from uuid import UUID, uuid5

from course.errors import Refused

KEY_LENGTH: Final = 80
_MADE: Final = UUID("6d1f6c53-1a0e-4f0e-9a35-0d3b7f5a9c11")


def made_id(who: str | None, key: str, *what: object) -> str:
    """The id of what this press makes: the same person, `key` and words give the same id.

    `key` is made where the form is drawn and is another one for the next form. `what`: plain JSON values, first the kind of thing
    and where it is made, then what was filled in, so that a press with other words makes another thing.

    Raises:
        Refused: no key, or one longer than 80 characters.
    """
    if not key or len(key) > KEY_LENGTH:
        raise Refused("This page sent something that could not be read. Reload it and try again.")
    return str(uuid5(_MADE, json.dumps([who, key, *what], sort_keys=True)))
