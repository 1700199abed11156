"""What the files of the `modules` folder may hold. The readers and docs/authoring.md use these; `quiz_format` has the quizzes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from course.diagnostics import Report
from course.questions.authored import BLOOM
from course.questions.nodes import Mapped, Node, Scalar
from course.questions.record_specs import Field, ListOf, MapOf, Record, misspelt
from course.questions.scalar_specs import KEY, Boolean, Day, Number, OneWord, Slug, Text
from course.questions.spec import BAD, Spec

CONFIDENCE: Final = ("high", "moderate", "low", "contested")
STATUS: Final = ("checked", "partly-checked")
FIGURE_KINDS: Final = ("bar", "dot", "line", "interval", "timeline", "body")
BODY_SITES: Final = ("brain", "mood", "nose", "liver", "bile-ducts", "upper-belly", "kidneys", "bladder")
"""Where a finding can stand on the outline of a `body` figure."""
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
                if known.required and node.get(key) is None and not misspelt(key, node, report):
                    report.error("missing-key", f"{self.name} needs `{key}`", node.place)
        return parsed


KEYS: Final = ListOf(Slug(), unique="")
_NAMES: Final = ListOf(Text())
FORMAT: Final = Field(FormatVersion(), "the format's number, 1", required=True)
_NOTHING: Final = ""

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
        "prerequisites": Field(KEYS, "modules worth taking first", default=list),
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
        "schema": FORMAT,
        "course": Field(COURSE, "what the course is", required=True),
        "modules": Field(ListOf(Slug(), unique=""), "module ids, in order", required=True, default=list),
        "blueprint": Field(
            MapOf(MapOf(Number(low=0, whole=True), re.compile(rf"(?:{'|'.join(BLOOM)})\Z"), "one of " + ", ".join(BLOOM))),
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
        "superseded_by": Field(Slug(), "the key of the source that replaces it"),
        "checked_on": Field(Day(), "when it was last looked up"),
    },
)
CLAIM: Final = Whole(
    "a claim",
    {
        "statement": Field(Text(), "one sentence", required=True, default=_NOTHING),
        "confidence": Field(OneWord(CONFIDENCE), "how sure the field is", required=True, default="low"),
        "status": Field(OneWord(STATUS), "how far it was checked", required=True, default="partly-checked"),
        "cites": Field(KEYS, "what it rests on", required=True, default=list),
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
        "cites": Field(KEYS, "what that rests on", default=list),
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
        "kind": Field(OneWord(FIGURE_KINDS), "bar, dot, line, interval, timeline or body", required=True, default="bar"),
        "x": Field(Text(), "the column of labels or times; of lanes, for `timeline`", required=True, default=_NOTHING),
        "y": Field(Text(), "the column of values; of years, for `timeline`", required=True, default=_NOTHING),
        "low": Field(Text(), "the column of lower ends, for `interval`"),
        "high": Field(Text(), "the column of upper ends, for `interval`, or of last years, for `timeline`"),
        "label": Field(Text(), "the column of what happened, for `timeline`, or of what was found, for `body`"),
        "certainty": Field(Text(), "the column of how sure it is (" + ", ".join(CONFIDENCE) + "), for `body`"),
        "site": Field(Text(), "the column of where it is (" + ", ".join(BODY_SITES) + "), for `body`"),
        "highlight": Field(Text(), "the x value that the title is about"),
        "unit": Field(Text(), "of the values", default=_NOTHING),
        "n": Field(Text(), "how many people: a number, or words where there are several samples"),
        "year": Field(Text(), "when the data were gathered or published", default=_NOTHING),
        "place": Field(Text(), "where", default=_NOTHING),
        "cites": Field(KEYS, "what the numbers rest on", default=list),
        "claim": Field(Slug(), "the claim it shows"),
        "status": Field(OneWord(STATUS), "how far the numbers were checked", default="checked"),
        "caution": Field(Text(), "what a reader must not conclude", default=_NOTHING),
        "alt": Field(Text(), "the finding in numbers, for those who do not see the chart", default=_NOTHING),
    },
)


def listing(key: str, name: str, of: Spec, doc: str, **more: Field) -> Whole:
    """A file that holds `schema: 1` and one collection under `key`."""
    empty = dict if isinstance(of, MapOf) else list
    return Whole(name, {"schema": FORMAT, key: Field(of, doc, required=True, default=empty), **more})


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
