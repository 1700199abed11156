"""What every authored file may hold, apart from questions. The readers, quiz.schema.json and docs/authoring.md use these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from course.diagnostics import Report
from course.learning.policy import Behaviour, Counts, Kind, Moment
from course.questions.authored import BLOOM
from course.questions.nodes import Mapped, Node, Scalar
from course.questions.schema import (
    BAD,
    KEY,
    Boolean,
    Day,
    Duration,
    Either,
    Field,
    ListOf,
    MapOf,
    Number,
    OneWord,
    Record,
    Slug,
    Spec,
    Text,
    Word,
)

CONFIDENCE: Final = ("high", "moderate", "low", "contested")
STATUS: Final = ("checked", "partly-checked")
FIGURE_KINDS: Final = ("bar", "dot", "line", "interval")
REFERENCE_TYPES: Final = (
    "article",
    "review",
    "webpage",
    "report",
    "news",
    "guideline",
    "label",
    "statistics",
    "classification",
    "letter",
    "regulation",
    "book",
    "chapter",
    "thesis",
    "dataset",
)
MOMENTS: Final = tuple(m.value for m in Moment if m is not Moment.AFTER_POSTTEST)
"""AFTER_POSTTEST is the pre-test's own and not authored."""


@dataclass(frozen=True)
class FormatVersion(Spec):
    """The number of the format, 1."""

    expects: str = "1, the only format this edition of the course reads"

    def read(self, node: Node, report: Report) -> Any:
        return 1 if isinstance(node, Scalar) and node.plain and node.text == "1" else self.wrong(node, report)

    def json_schema(self) -> dict[str, Any]:
        return {"const": 1}


@dataclass(frozen=True)
class AnyNode(Spec):
    """A value that another reader takes up."""

    schema: Mapping[str, Any] | None = None

    def read(self, node: Node, report: Report) -> Node:
        return node

    def json_schema(self) -> dict[str, Any]:
        return dict(self.schema or {})


@dataclass(frozen=True)
class Whole(Record):
    """A record that is read although a required key is missing or bad: reported, and its default stands in.

    One fault in a file then does not make everything that points into it look unknown.
    """

    lenient: Record = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        optional = {key: replace(known, required=False) for key, known in self.fields.items()}
        object.__setattr__(self, "lenient", Record(self.name, optional))

    def read(self, node: Node, report: Report) -> Any:
        parsed = self.lenient.read(node, report)
        if isinstance(node, Mapped):
            for key, known in self.fields.items():
                if known.required and node.get(key) is None:
                    report.error("missing-key", f"{self.name} needs `{key}`", node.place)
        return parsed


_KEYS: Final = ListOf(Slug(), unique="")
_NAMES: Final = ListOf(Text())
_FORMAT: Final = Field(FormatVersion(), "the format's number, 1", required=True)
_NOTHING: Final = ""

SHUFFLE: Final = Record(
    "shuffle",
    {
        "questions": Field(Boolean(), "put the questions in another order for everybody", default=True),
        "options": Field(Boolean(), "put the options in another order for everybody", default=True),
    },
)
DRAW: Final = Record(
    "a pool",
    {
        "take": Field(Number(low=1, whole=True), "how many questions to take", required=True),
        "objectives": Field(_KEYS, "from the questions on these objectives", default=list),
        "tags": Field(_KEYS, "from the questions with one of these tags", default=list),
        "ids": Field(_KEYS, "from these questions", default=list),
    },
)
UNLOCK: Final = Record(
    "a condition",
    {"passed": Field(Slug(), "a quiz that must be passed first"), "completed": Field(Slug(), "a module that must be completed first")},
)
REVEAL: Final = Record(
    "reveal",
    {
        name: Field(OneWord(MOMENTS), f"when {what}")
        for name, what in (
            ("score", "the score is shown"),
            ("correctness", "right and wrong are shown"),
            ("feedback", "feedback is shown"),
            ("explanation", "the explanation is shown"),
            ("key", "the right answer is shown"),
        )
    },
)
MASTERY: Final = Record(
    "mastery",
    {
        "right": Field(Number(low=1, whole=True), "how many right answers", required=True),
        "of": Field(Number(low=1, whole=True), "out of how many last ones", required=True),
    },
)
QUIZ: Final = Whole(
    "the quiz block",
    {
        "id": Field(Slug(), "stable id; the file is called `<id>.yaml`", required=True),
        "title": Field(Text(), "shown to the learner", required=True),
        "description": Field(Text(), "what it is for; Markdown", default=""),
        "module": Field(Slug(), "the module it belongs to; absent: the whole course"),
        "kind": Field(OneWord(tuple(Kind)), "what it is for; most defaults follow from it", required=True),
        "behaviour": Field(OneWord(tuple(Behaviour)), "how questions are asked; practice, survey and case: immediate, else deferred"),
        "certainty": Field(Boolean(), "ask how certain each answer is; pretest, posttest and followup: true"),
        "attempts": Field(
            Either((Number(low=1, whole=True), Word("unlimited"))), "a number or `unlimited`; practice: unlimited, pretest: 1, else 3"
        ),
        "wait": Field(Duration(), "between two attempts; 0", default=0.0),
        "counts": Field(OneWord(tuple(Counts)), "which attempt counts; best, pretest: first"),
        "pass_mark": Field(Number(low=0, high=1), "share of the points; 0.7", default=0.7),
        "time_limit": Field(Duration(), "for an attempt; none"),
        "grace": Field(Duration(), "after the time limit; 1 min", default=60.0),
        "navigation": Field(OneWord(("free", "sequential")), "whether one may go back; free", default="free"),
        "shuffle": Field(SHUFFLE, "both true"),
        "draw": Field(ListOf(DRAW), "pools; absent: all questions", default=list),
        "seed": Field(OneWord(("attempt", "learner", "fixed")), "what the order and the draw follow from; attempt", default="attempt"),
        "tries": Field(ListOf(Number(low=0, high=1), least=1), "credit of each try, interactive only; [1, 0.5, 0.25]"),
        "mastery": Field(MASTERY, "when to stop, mastery only; {right: 3, of: 4}"),
        "unlock": Field(ListOf(UNLOCK), "what must come first; nothing", default=list),
        "reveal": Field(REVEAL, "what is shown when; by kind"),
    },
)
USE: Final = Record(
    "a used question",
    {
        "use": Field(Text(), "`quiz-id/question-id` of a question that another quiz defines", required=True),
        "points": Field(Number(above=0), "what it is worth here"),
    },
)
QUIZ_FILE: Final = Whole(
    "a quiz file",
    {
        "schema": _FORMAT,
        "quiz": Field(AnyNode(), "the quiz block", required=True),
        "questions": Field(AnyNode(), "the questions, in order", required=True),
    },
)
OBJECTIVE: Final = Record(
    "an objective",
    {
        "id": Field(Slug(), "stable id, unique in the course", required=True),
        "text": Field(Text(), "what the learner can do afterwards", required=True),
        "bloom": Field(OneWord(BLOOM), "at which level", required=True),
    },
)
MODULE: Final = Whole(
    "a module's front matter",
    {
        "id": Field(Slug(), "stable id", required=True),
        "title": Field(Text(), "shown everywhere", required=True, default=_NOTHING),
        "summary": Field(Text(), "one or two sentences", required=True, default=_NOTHING),
        "minutes": Field(Number(low=1, high=600, whole=True), "how long it takes", required=True, default=20),
        "objectives": Field(ListOf(OBJECTIVE, least=1, unique="id"), "what it teaches", required=True, default=list),
        "prerequisites": Field(_KEYS, "modules worth taking first", default=list),
        "reviewed_on": Field(Day(), "when its facts were last gone through"),
        "review_by": Field(Day(), "when they must be again"),
        "content_notice": Field(Text(), "shown before the module", default=_NOTHING),
    },
)
COURSE: Final = Whole(
    "the course",
    {
        "id": Field(Slug(), "stable id", required=True),
        "title": Field(Text(), "shown inside the course", required=True, default=_NOTHING),
        "neutral_title": Field(Text(), "shown outside of its own pages: mail, calendar, badge", default="Course"),
        "summary": Field(Text(), "two or three sentences", default=_NOTHING),
        "audience": Field(Text(), "whom it is for", default=_NOTHING),
        "language": Field(Text(), "language code", default="en"),
        "licence": Field(Text(), "of the content", default=_NOTHING),
    },
)
COURSE_FILE: Final = Whole(
    "course.yaml",
    {
        "schema": _FORMAT,
        "course": Field(COURSE, "what the course is", required=True),
        "modules": Field(ListOf(Slug(), unique=""), "module ids, in order", required=True, default=list),
        "blueprint": Field(
            MapOf(MapOf(Number(low=0, whole=True), re.compile("|".join(BLOOM) + r"\Z"), "one of " + ", ".join(BLOOM))),
            "how many questions each objective needs at each level",
            default=dict,
        ),
    },
)
REFERENCE: Final = Whole(
    "a reference",
    {
        "type": Field(OneWord(REFERENCE_TYPES), "what it is", required=True, default="article"),
        "title": Field(Text(), "as printed", required=True, default=_NOTHING),
        "authors": Field(_NAMES, "as `Surname IN`; absent when nobody could confirm them", default=list),
        "et_al": Field(Boolean(), "there are more authors than listed", default=False),
        "short": Field(Text(), "the name in running text, where that of the authors is too long (`NICE`); the year follows", default=""),
        "year": Field(Number(low=1500, high=2200, whole=True), "of publication"),
        "container": Field(Text(), "journal, site or publisher", default=_NOTHING),
        "volume": Field(Text(), "volume", default=_NOTHING),
        "pages": Field(Text(), "pages or article number", default=_NOTHING),
        "doi": Field(Text(), "without https://doi.org/", default=_NOTHING),
        "url": Field(Text(), "where it was read", default=_NOTHING),
        "design": Field(Text(), "kind of study or document", default=_NOTHING),
        "note": Field(Text(), "what a reader should know of it", default=_NOTHING),
        "to_confirm": Field(Boolean(), "part of the entry has not been read on the publisher's page", default=False),
        "retracted": Field(Boolean(), "the source has been withdrawn; a release may not cite it", default=False),
        "checked_on": Field(Day(), "when it was last looked up"),
    },
)
CLAIM: Final = Whole(
    "a claim",
    {
        "statement": Field(Text(), "one sentence", required=True, default=_NOTHING),
        "confidence": Field(OneWord(CONFIDENCE), "how sure the field is", required=True, default="low"),
        "status": Field(OneWord(STATUS), "how far it was checked", required=True, default="partly-checked"),
        "cites": Field(_KEYS, "what it rests on", required=True, default=list),
        "limits": Field(Text(), "what must be said with it", default=_NOTHING),
        "as_of": Field(Day(), "when it was written down"),
        "review_by": Field(Day(), "when it must be looked at again"),
    },
)
TERM: Final = Record(
    "a term",
    {
        "id": Field(Slug(), "stable id", required=True),
        "term": Field(Text(), "the word", required=True),
        "also": Field(_NAMES, "other words that mean it", default=list),
        "text": Field(Text(), "what it means; Markdown", required=True),
        "cites": Field(_KEYS, "what that rests on", default=list),
    },
)
MISCONCEPTION: Final = Record(
    "a misconception",
    {
        "id": Field(Slug(), "stable id", required=True),
        "text": Field(Text(), "what people believe", required=True),
        "correction": Field(Text(), "what is so", required=True),
        "cell": Field(Text(), "`module#cell` that answers it"),
    },
)
SERVICE: Final = Record(
    "a service",
    {
        "name": Field(Text(), "its name", required=True),
        "phone": Field(Text(), "the number, as dialled", default=_NOTHING),
        "url": Field(Text(), "its site", default=_NOTHING),
        "hours": Field(Text(), "when it answers", default=_NOTHING),
        "how": Field(Text(), "how to use it, when not by calling", default=_NOTHING),
        "for": Field(Text(), "whom it is for", default=_NOTHING),
    },
)
COUNTRY: Final = Record(
    "a country",
    {
        "code": Field(Text(), "two letters", required=True),
        "name": Field(Text(), "its name", required=True),
        "emergency": Field(Text(), "the emergency number", default=_NOTHING),
        "services": Field(ListOf(SERVICE), "who helps there", required=True, default=list),
    },
)
FIGURE: Final = Whole(
    "a figure",
    {
        "title": Field(Text(), "the finding in one sentence", required=True, default=_NOTHING),
        "kind": Field(OneWord(FIGURE_KINDS), "bar, dot, line or interval", required=True, default="bar"),
        "x": Field(Text(), "the column of labels or times", required=True, default=_NOTHING),
        "y": Field(Text(), "the column of values", required=True, default=_NOTHING),
        "low": Field(Text(), "the column of lower ends, for `interval`"),
        "high": Field(Text(), "the column of upper ends, for `interval`"),
        "highlight": Field(Text(), "the x value that the title is about"),
        "unit": Field(Text(), "of the values", default=_NOTHING),
        "n": Field(Text(), "how many people: a number, or words where there are several samples"),
        "year": Field(Text(), "when the data were gathered or published", default=_NOTHING),
        "place": Field(Text(), "where", default=_NOTHING),
        "cites": Field(_KEYS, "what the numbers rest on", default=list),
        "claim": Field(Slug(), "the claim it shows"),
        "status": Field(OneWord(STATUS), "how far the numbers were checked", default="checked"),
        "caution": Field(Text(), "what a reader must not conclude", default=_NOTHING),
        "alt": Field(Text(), "the finding in numbers, for those who do not see the chart", default=_NOTHING),
    },
)


def listing(key: str, name: str, of: Spec, doc: str, **more: Field) -> Whole:
    """A file that holds `schema: 1` and one collection under `key`."""
    empty = dict if isinstance(of, MapOf) else list
    return Whole(name, {"schema": _FORMAT, key: Field(of, doc, required=True, default=empty), **more})


REFERENCES_FILE: Final = listing(
    "references", "references.yaml", MapOf(REFERENCE, KEY, "a key of lower-case letters, digits and hyphens"), "key: reference"
)
CLAIMS_FILE: Final = listing("claims", "claims.yaml", MapOf(CLAIM, KEY, "an id of lower-case letters, digits and hyphens"), "id: claim")
GLOSSARY_FILE: Final = listing("terms", "glossary.yaml", ListOf(TERM, unique="id"), "the terms")
MISCONCEPTIONS_FILE: Final = listing(
    "misconceptions", "misconceptions.yaml", ListOf(MISCONCEPTION, unique="id"), "mistaken beliefs that distractors stand for"
)
HELP_FILE: Final = listing(
    "countries",
    "help.yaml",
    ListOf(COUNTRY, unique="code"),
    "countries, in the order shown",
    checked_on=Field(Day(), "when the numbers were last looked up"),
    emergency=Field(Text(), "what to do in an emergency, wherever one is", default=_NOTHING),
)


def read_file(spec: Whole, node: Node | None, report: Report) -> Any:
    """The file's fields, or None when there is no mapping to read."""
    if node is None:
        return None
    parsed = spec.read(node, report)
    return None if parsed is BAD else parsed
