"""What a question is, apart from how it is asked. One file a type; `questions/registry` lists them.

A type parses its own fields, grades a response, describes its inputs as controls and makes sample responses of itself.
It knows nothing of attempts, behaviours, files or screens.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from course.diagnostics import Place, Report
from course.questions.parameters import Parameters
from course.questions.record_specs import Field
from course.questions.spec import Parsed

Json: TypeAlias = Any
"""A response or stored value: what JSON can hold."""


class State(StrEnum):
    """How an answer stands (FORMAT section 2)."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    OMITTED = "omitted"
    INVALID = "invalid"
    MANUAL = "manual"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Graded:
    """`score` is a fraction of 1, maybe negative; None when a person must grade it (or nothing can be scored)."""

    score: float | None
    state: State
    parts: Mapping[str, State] | None = None
    """For types of several parts: part id -> right, wrong, partial or omitted."""
    reason: str = ""
    """For `invalid`: one sentence for the learner, naming the mend ("Write a number, for example 2.5")."""


def scored(score: float, parts: Mapping[str, State] | None = None) -> Graded:
    """The state that follows from a score: right from 1 - 1e-9, partial above 0, else wrong."""
    if score >= 1 - 1e-9:
        return Graded(1.0, State.RIGHT, parts)
    return Graded(score, State.PARTIAL if score > 0 else State.WRONG, parts)


OMITTED = Graded(0.0, State.OMITTED)


def invalid(reason: str) -> Graded:
    return Graded(0.0, State.INVALID, None, reason)


def is_blank(response: Json) -> bool:
    """None, "", white space, [] and {} are no answer."""
    return response is None or (isinstance(response, str) and not response.strip()) or (isinstance(response, list | dict) and not response)


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. `text` is Markdown."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture shown with a question. `src` is relative to the module's folder; sizes in the picture's own pixels (0: unknown)."""

    src: str
    alt: str
    width: float = 0
    height: float = 0


class Shuffle(StrEnum):
    """Whether the asker may permute a control's options. ALWAYS: the authored order is the key and must never show."""

    NEVER = "never"
    ALLOWED = "allowed"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Control:
    """One input. `name` is "" when its value is the whole response, else the key under which its value stands.

    Each subclass is drawn by one file in `course/ui/components/controls/`. `label` is spoken by screen readers.
    """

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class ChooseOne(Control):
    """Radio buttons; value: an option id."""

    options: tuple[Option, ...]
    shuffle: Shuffle = Shuffle.ALLOWED


@dataclass(frozen=True, slots=True)
class ChooseMany(Control):
    """Check boxes; value: list of option ids."""

    options: tuple[Option, ...]
    shuffle: Shuffle = Shuffle.ALLOWED


@dataclass(frozen=True, slots=True)
class Pick(Control):
    """One drop-down (matching, cloze, matrix row on a phone); value: an option id."""

    options: tuple[Option, ...]
    shuffle: Shuffle = Shuffle.ALLOWED


@dataclass(frozen=True, slots=True)
class NumberEntry(Control):
    """A number as typed, with its unit beside it; value: the text (or {"value", "unit"})."""

    unit: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrange(Control):
    """Put items in order, without drag alone; value: list of all item ids."""

    items: tuple[Option, ...]
    shuffle: Shuffle = Shuffle.ALWAYS


@dataclass(frozen=True, slots=True)
class TextEntry(Control):
    """A line of text; value: the text."""


@dataclass(frozen=True, slots=True)
class LongText(Control):
    """Several paragraphs; value: the text. `least` and `most` are words, 0 for no limit; the count is shown, nothing is refused."""

    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Slider(Control):
    """A number between two ends; value: the number, None until it is moved."""

    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Scale(Control):
    """Steps of agreement in authored order, never shuffled; value: an option id."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PickPoint(Control):
    """A place on a figure; value: [x, y] in the figure's own pixels. Beside it, or instead, a list; value: an option id."""

    figure: Figure
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Passage(Control):
    """Text with gaps, each written `[[name]]` where the control of that name stands; value: {name: value}."""

    text: str
    gaps: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Stage(Control):
    """One part of a case, asked after the parts before it; value under `name`: the part's own response.

    That response is the value of its one control when that has no name, else {name: value} over its `controls`.
    """

    text: str
    stem: str
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """Feedback for one thing that was chosen. `target` is the option, item or range it belongs to ("" for the question)."""

    target: str
    text: str
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reviewed answer, ready to draw: what it says, whether chosen, whether it is the key."""

    text: str
    chosen: bool
    key: bool
    state: State | None = None
    """State of this part, for types of several parts; None when the line is an option."""
    comment: str = ""
    answer: str = ""
    """For parts: what the learner gave, in words ("" when blank)."""
    right: str = ""
    """For parts: what would be right, in words."""
    explanation: str = ""
    """For the parts of a case: the part's own explanation; given with the key only."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Responses a type makes of a question, for contract tests: each list may hold several; `partial` may be empty."""

    right: tuple[Json, ...]
    partial: tuple[Json, ...]
    wrong: tuple[Json, ...]
    invalid: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class AuthoredTest:
    """A question's own test: this response must get this score (and state, when given)."""

    response: Json
    score: float | None
    state: State | None
    variables: Mapping[str, float]
    place: Place


@dataclass(frozen=True, slots=True)
class OutcomeFeedback:
    """Question-level feedback by outcome; "" where the author gave none."""

    right: str = ""
    partial: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    text: str
    penalty: float


B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Question:
    """One loaded question. `body` belongs to its type. `version` is the hash of all that is shown or graded."""

    id: str
    type: str
    stem: str
    body: Any
    objective: str | None
    bloom: str | None
    difficulty: str
    points: float
    scoring: str | None
    explanation: str
    cites: tuple[str, ...]
    feedback: OutcomeFeedback
    hints: tuple[Hint, ...]
    notice: str
    tags: tuple[str, ...]
    tests: tuple[AuthoredTest, ...]
    canonical: Mapping[str, Json]
    """Plain data from which `questions.restore` builds the same question again (tests, tags, bloom, difficulty left out)."""
    version: str
    place: Place
    places: Mapping[str, Place]
    """Where each authored top-level key's value stands."""
    figure: Figure | None = None
    floor: float | None = None
    """Scores below it are lifted to it; None: no floor."""
    parameters: Parameters | None = None
    """For a parametric question: what is drawn. Texts and body are then those of one variant (`questions.draw` makes others)."""


class QuestionType(ABC, Generic[B]):
    """Base of every type. Stateless; one instance stands in the registry.

    `fields` are the type's own authored keys beside the common ones. The docstring of the subclass is its page in
    docs/authoring.md: what it asks, how it is answered and graded, an example.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    fields: ClassVar[Mapping[str, Field]]
    rules: ClassVar[tuple[str, ...]] = ()
    """Scoring rules by name that this type takes; the first is its default. Empty: scored by its own rule."""
    graded: ClassVar[bool] = True
    """False for questions without a key (surveys): no points, no scoring."""
    needs: ClassVar[tuple[str, ...]] = ("objective", "stem", "explanation", "cites")
    """Common fields that `check` requires of this type; offline grading does without them."""
    example: ClassVar[str]
    """One complete authored question, YAML, shown in the docs and loaded by the contract test."""

    @abstractmethod
    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> B | None:
        """Build the body from read fields (common and own); semantic faults go to the report. None when unusable.

        `rule` is the scoring rule in force (default filled in); the caller has refused names that are not in `rules`.
        Whenever an error is reported the caller drops the body, so a partial one may be returned.
        """

    @abstractmethod
    def grade(self, body: B, response: Json) -> Graded:
        """Grade any JSON value. Never raises on a response; blank is handled by the caller."""

    @abstractmethod
    def controls(self, body: B) -> tuple[Control, ...]:
        """The inputs, options in authored order."""

    @abstractmethod
    def sample(self, body: B) -> Samples: ...

    @abstractmethod
    def key(self, body: B) -> Json:
        """A response that scores 1."""

    @abstractmethod
    def comments(self, body: B, response: Json) -> tuple[Comment, ...]:
        """Feedback on what this (valid) response chose."""

    @abstractmethod
    def review(self, body: B, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        """The answer as lines of text.

        With `reveal_key` False no field tells the key from the other options, save two that are governed by rules of
        their own: `state` (set for parts; a caller who may not show correctness blanks it) and `comment` (the author's
        words on what was chosen; a caller who may not show feedback blanks it).
        """

    def options(self, body: B) -> tuple[Option, ...]:
        """What can be chosen, for distractor statistics and text search; empty for typed answers."""
        return ()

    def chosen(self, body: B, response: Json) -> tuple[str, ...]:
        """Ids of the options this response chose."""
        return ()

    def ids(self, body: B) -> frozenset[str]:
        """Ids that may stand as a value in a response, so that an authored test may write `3` for the id `3`."""
        return frozenset(option.id for option in self.options(body))
