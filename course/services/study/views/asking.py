"""A question as a page draws it, and what may be said about an answer. Nothing in it that may not be shown."""

from __future__ import annotations

from dataclasses import dataclass

from course.questions.base import Comment, Control, Figure, Line, State


@dataclass(frozen=True, slots=True)
class Place:
    """A cell to go to, with the words of a link to it. `number` is the cell's display number."""

    module: str
    cell: str
    module_number: int
    number: int
    module_title: str
    title: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to ask. `controls` stand in the order to show; `folder` is where its figure's `src` starts."""

    id: str
    type: str
    stem: str
    notice: str
    figure: Figure | None
    folder: str
    controls: tuple[Control, ...]
    points: float


@dataclass(frozen=True, slots=True)
class TellingView:
    """A case in a running attempt: `told` of its `of` parts are told, and the answers to all but the last of these are fixed.

    `fixed` says what was answered to those, in their order, and nothing of what is right.
    """

    told: int
    of: int
    fixed: tuple[ReviewView, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What may be said about an answer now. Everything the reveal rule withholds is None or empty.

    `score` is a fraction of 1. `outcome` is the question's own feedback; `comments` are on what was chosen, and the lines
    carry the same words in their places. `key_shown`: lines name the key.
    """

    state: State | None
    score: float | None
    lines: tuple[Line, ...]
    outcome: str
    comments: tuple[Comment, ...]
    explanation: str
    cites: tuple[str, ...]
    key_shown: bool
