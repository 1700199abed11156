"""The loaded course: plain frozen objects that the loader builds and everything above reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from course.content.clinical import clinical_only
from course.diagnostics import Finding, Place
from course.learning.outline import CellKind, Outline
from course.learning.policy import Kind, QuizPolicy
from course.questions.base import Question
from course.questions.nodes import NOWHERE
from course.simulation.placing import Placed


@dataclass(frozen=True, slots=True)
class Objective:
    id: str
    text: str
    bloom: str
    module: str
    number: str
    """Display number such as `3.1`."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A chart's data and words: `figures/NAME.csv` with `NAME.yaml`. Values are numbers, text or None (missing).

    `low`, `high`, `label`, `certainty` and `site` name columns that only some kinds have.
    """

    name: str
    title: str
    kind: str
    x: str
    y: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, float | str | None], ...]
    unit: str
    alt: str
    low: str | None = None
    high: str | None = None
    label: str | None = None
    certainty: str | None = None
    site: str | None = None
    highlight: str | None = None
    n: int | str | None = None
    """How many people; words where there are several samples."""
    year: str = ""
    place: str = ""
    cites: tuple[str, ...] = ()
    claim: str | None = None
    status: str = "checked"
    caution: str = ""
    written: Place = NOWHERE
    """Where its YAML begins."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a notebook. `markdown` is its body with roles resolved to marks the page understands.

    `body` is CommonMark in which {cite} and {term} roles are still written as roles; `content.markdown.render` makes the
    form that a page shows. `number` counts from 1 in the full module.
    """

    id: str
    kind: CellKind
    number: int
    title: str
    body: str
    place: Place
    clinician: bool = False
    optional: bool = False
    question: str | None = None
    quiz: str | None = None
    claim: str | None = None
    figure: FigureTable | None = None
    simulation: Placed | None = None
    caption: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    words: int = 0
    version: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    id: str
    number: int
    folder: str
    title: str
    summary: str
    minutes: int
    objectives: tuple[Objective, ...]
    prerequisites: tuple[str, ...]
    cells: tuple[Cell, ...]
    reviewed_on: date | None
    review_by: date | None
    content_notice: str
    place: Place

    def cell(self, cell_id: str) -> Cell | None:
        return next((c for c in self.cells if c.id == cell_id), None)


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """A question in a quiz, with the points it carries there. `origin` is the quiz that defines it."""

    question: Question
    points: float
    origin: str


@dataclass(frozen=True, slots=True)
class Quiz:
    id: str
    title: str
    description: str
    module: str | None
    policy: QuizPolicy
    entries: tuple[QuizEntry, ...]
    path: str
    place: Place

    def question(self, question_id: str) -> Question | None:
        return next((e.question for e in self.entries if e.question.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Reference:
    key: str
    type: str
    title: str
    authors: tuple[str, ...]
    et_al: bool
    year: int | None
    container: str
    volume: str
    pages: str
    doi: str
    url: str
    design: str
    note: str
    to_confirm: bool
    checked_on: date | None
    place: Place
    retracted: bool = False
    superseded_by: str = ""
    """The key of the source that replaces it; "" for none."""
    name: str = ""
    """What the source is called in running text, where the authors' own names are too long."""

    @property
    def short(self) -> str:
        """Author and year as in running text: "Harding et al. 2025"."""
        if self.name:
            return f"{self.name}{f' {self.year}' if self.year else ''}"
        who = self.authors[0] if self.authors else self.container or self.title
        name = who.rsplit(" ", 1)[0] if self.authors and who.rsplit(" ", 1)[-1].isupper() else who
        many = self.et_al or len(self.authors) > 2
        if len(self.authors) == 2 and not self.et_al:
            second = self.authors[1]
            name += " and " + (second.rsplit(" ", 1)[0] if second.rsplit(" ", 1)[-1].isupper() else second)
        return f"{name}{' et al.' if many else ''}{f' {self.year}' if self.year else ''}"


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    statement: str
    confidence: str
    status: str
    cites: tuple[str, ...]
    limits: str
    as_of: date | None
    review_by: date | None
    place: Place

    @property
    def clinician(self) -> bool:
        """Whether it names amounts or ways of taking a drug, which lay readers are not shown."""
        return clinical_only(f"{self.statement} {self.limits}")

    def overdue(self, today: date) -> bool:
        """Whether the day has passed by which it was to be looked at again."""
        return self.review_by is not None and self.review_by < today


@dataclass(frozen=True, slots=True)
class Term:
    id: str
    term: str
    also: tuple[str, ...]
    text: str
    cites: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Misconception:
    id: str
    text: str
    correction: str
    cell: str | None
    """`module#cell` that answers it."""
    place: Place


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    phone: str
    url: str
    hours: str
    how: str = ""
    serves: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    emergency: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Help:
    checked_on: date | None
    emergency: str
    countries: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that leans on a source: a cell or a question."""

    module: str | None
    cell: str | None
    question: str | None
    quiz: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One place. `page` and the pairs of `query` lead there; a `clinician` spot is not shown to lay readers."""

    label: str
    page: str
    query: tuple[tuple[str, str], ...]
    clinician: bool = False
    about: str = ""
    """The objective, for a question."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """Everything that rests on one source, in course order."""

    cells: tuple[Spot, ...] = ()
    figures: tuple[Spot, ...] = ()
    questions: tuple[Spot, ...] = ()
    claims: tuple[Claim, ...] = ()
    terms: tuple[Spot, ...] = ()

    def shown(self, *, clinician: bool) -> Leaning:
        """What this reader may see of it."""
        if clinician:
            return self
        cells, figures, questions, terms = (
            tuple(spot for spot in spots if not spot.clinician) for spots in (self.cells, self.figures, self.questions, self.terms)
        )
        return Leaning(cells, figures, questions, tuple(claim for claim in self.claims if not claim.clinician), terms)

    def __bool__(self) -> bool:
        return any((self.cells, self.figures, self.questions, self.claims, self.terms))


@dataclass(frozen=True, slots=True)
class Course:
    id: str
    title: str
    neutral_title: str
    summary: str
    audience: str
    language: str
    licence: str
    modules: tuple[Module, ...]
    quizzes: Mapping[str, Quiz]
    references: Mapping[str, Reference]
    claims: Mapping[str, Claim]
    glossary: tuple[Term, ...]
    misconceptions: Mapping[str, Misconception]
    help: Help
    blueprint: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that can be found: a cell (module and cell set) or a glossary term. `words` counts stems of title and text."""

    module: str | None
    cell: str | None
    term: str | None
    title: str
    text: str
    """Plain text, one line a block."""
    clinician: bool
    title_stems: frozenset[str]
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The content snapshot a process serves: the course and what is looked up in it. Swapped whole, never changed."""

    course: Course
    outline: Outline
    findings: tuple[Finding, ...]
    questions: Mapping[str, Question]
    """Every question by id, whichever quiz defines it."""
    objectives: Mapping[str, Objective]
    taught_in: Mapping[str, tuple[str, str]]
    """Question id -> (module id, cell id) that teaches it best; every graded question has one when its objective has a cell."""
    cited_by: Mapping[str, tuple[Citation, ...]]
    """Reference key -> where it is cited, in course order."""
    leaning: Mapping[str, Leaning] = field(default_factory=dict)
    """Source key -> everything that rests on it."""
    search: tuple[SearchEntry, ...] = ()
    """What `content.search.search` looks through."""
    practised_in: Mapping[str, Quiz] = field(init=False)
    """Question id -> the quiz whose rules hold for it in a notebook: a practice quiz that has it, else the first that has it."""

    def __post_init__(self) -> None:
        found: dict[str, Quiz] = {}
        for quiz in sorted(self.course.quizzes.values(), key=lambda quiz: quiz.policy.kind is not Kind.PRACTICE):
            for entry in quiz.entries:
                found.setdefault(entry.question.id, quiz)
        object.__setattr__(self, "practised_in", found)

    def module(self, module_id: str) -> Module | None:
        return next((m for m in self.course.modules if m.id == module_id), None)
