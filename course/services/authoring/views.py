"""What the preview draws. Keys stand in it: only for those who may preview content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from course.content.model import Claim, Objective, Reference, Spot
from course.diagnostics import Finding, Place, Severity
from course.learning.moments import Moment
from course.learning.policy import Kind
from course.questions.base import Hint, Json, State
from course.services.study.views import ModuleView, QuestionView, ResultView, ReviewView


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding of `check`, and where it opens; None when it is about nothing that a page shows."""

    finding: Finding
    opens: Spot | None


@dataclass(frozen=True, slots=True)
class Found:
    """What `check` finds. `lines` None: nobody has looked since the content was loaded."""

    lines: tuple[FindingLine, ...] | None

    def count(self, severity: Severity) -> int:
        return sum(line.finding.severity is severity for line in self.lines or ())


@dataclass(frozen=True, slots=True)
class ModuleLine:
    id: str
    number: int
    title: str
    cells: int
    clinician: int
    """How many of the cells are for health professionals."""
    works: int
    """Simulations and cases."""
    findings: int


@dataclass(frozen=True, slots=True)
class QuizLine:
    id: str
    title: str
    kind: Kind
    module: str
    """The module's title; "" for the whole course."""
    questions: int
    findings: int


@dataclass(frozen=True, slots=True)
class ContentsView:
    """The whole course, to choose from."""

    title: str
    modules: tuple[ModuleLine, ...]
    quizzes: tuple[QuizLine, ...]
    found: Found


@dataclass(frozen=True, slots=True)
class CellNote:
    """What stands beside a cell for its author."""

    place: Place
    question: str | None
    quiz: str | None
    claims: tuple[Claim, ...]
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class ModulePreview:
    """A notebook with all its cells open, and by cell id what stands beside it."""

    view: ModuleView
    notes: Mapping[str, CellNote]
    has_clinician: bool
    """Whether there are cells for health professionals that this site shows to anybody."""


@dataclass(frozen=True, slots=True)
class OptionLine:
    """Something that can be chosen. `part`: the stage or gap it belongs to, "" when the question has no parts."""

    part: str
    text: str
    key: bool
    feedback: str
    misconception: str
    """What choosing it betrays, in words; "" for nothing that is known."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer with what may be said about it. `origin`: where the answer is from. `reason`: why it cannot be read."""

    origin: str
    response: Json
    state: State
    score: float | None
    question: QuestionView
    review: ReviewView
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionPreview:
    """One question in every state. `values` are what the seed drew; None for a question without variables."""

    id: str
    type_title: str
    place: Place
    objective: Objective | None
    bloom: str
    difficulty: str
    points: float
    seed: int
    values: Mapping[str, float] | None
    asked: QuestionView
    answers: tuple[AnswerLine, ...]
    options: tuple[OptionLine, ...]
    hints: tuple[Hint, ...]
    explanation: str
    sources: tuple[Reference, ...]
    claims: tuple[Claim, ...]
    asked_in: tuple[Spot, ...]
    taught_in: Spot | None
    findings: tuple[FindingLine, ...]
    moment: Moment | None
    """The moment of its quiz as of which the answers are shown; None: everything is."""
    previous: str | None
    following: str | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One question of a quiz."""

    number: int
    id: str
    stem: str
    type_title: str
    objective: str
    points: float
    origin: str
    """The quiz it is written in; "" when it is this one."""
    findings: int


@dataclass(frozen=True, slots=True)
class QuizPreview:
    """One quiz: its rules, its moments, its questions, and the result as of the chosen moment."""

    id: str
    title: str
    description: str
    kind: Kind
    place: Place
    rules: tuple[str, ...]
    moments: tuple[Moment, ...]
    entries: tuple[EntryLine, ...]
    drawn: int
    """How many questions one attempt asks."""
    findings: tuple[FindingLine, ...]
    moment: Moment | None
    result: ResultView | None
