"""The directives an author may write in module.md, one entry each in `DIRECTIVES`. docs/authoring.md is made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from course.learning.outline import CellKind
from course.questions.record_specs import Field
from course.questions.scalar_specs import OneWord, Slug, Text
from course.questions.spec import Spec


class Argument(Enum):
    """What stands after the name: nothing, a title that may be left out, or an id that must be there."""

    TITLE = "a title (optional)"
    QUESTION = "a question id"
    QUIZ = "a quiz id"
    SIMULATION = "the name of a simulation"

    @property
    def required(self) -> bool:
        return self is not Argument.TITLE


class Body(Enum):
    """Whether text stands inside the fence."""

    NONE = "no text"
    OPTIONAL = "text if wanted"
    REQUIRED = "text"


@dataclass(frozen=True, slots=True)
class Directive:
    """One kind of fenced cell. `doc` is published."""

    name: str
    kind: CellKind
    argument: Argument
    body: Body
    doc: str
    options: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True)
class Flag(Spec):
    """An option without a value: standing there is its meaning."""

    expects: str = "written without a value"

    def read(self, node: object, report: object) -> bool:
        return True

    def json_schema(self) -> dict[str, object]:
        return {"const": ""}


COMMON: Final[Mapping[str, Field]] = {
    "id": Field(Slug(), "The cell's stable id, unique in the module. Absent: made from the heading or title."),
    "audience": Field(OneWord(("clinician",)), "`clinician`: the cell never reaches a lay reader. Clinical doses stand only here."),
    "optional": Field(Flag(), "The cell does not count towards completing the module."),
}
"""Options that every directive takes."""

DIRECTIVES: Final[tuple[Directive, ...]] = (
    Directive(
        "figure",
        CellKind.FIGURE,
        Argument.TITLE,
        Body.NONE,
        "A chart drawn from `figures/NAME.csv` and `figures/NAME.yaml`. The title says the finding in one sentence.",
        {
            "table": Field(Text(), "NAME of the table in the module's `figures` folder.", required=True),
            "caption": Field(Text(), "What is plotted, whom, where and when; may hold {cite} and {term}."),
        },
    ),
    Directive(
        "simulation",
        CellKind.SIMULATION,
        Argument.SIMULATION,
        Body.OPTIONAL,
        "A simulation ([which there are](simulations.md)): the learner commits a prediction, then moves its parameters. The first "
        "paragraph stands above and asks; what follows is the explanation, shown once the prediction is made.",
        {
            "set": Field(Text(), "`name=value` pairs: where parameters begin, when not at their defaults."),
            "vary": Field(Text(), "The parameters that may be moved, `name` or `name=low..high`. Absent: all of them."),
            "predict": Field(
                Text(),
                "What is predicted first: `quiz-id/question-id` (kept and scored as that question), or, kept nowhere, `number NAME` "
                "(of the summary), `point COLUMN` (where it is highest, and how high) or `curve COLUMN` (its height at three places).",
            ),
        },
    ),
    Directive("question", CellKind.QUESTION, Argument.QUESTION, Body.NONE, "One question of a practice quiz, asked in place."),
    Directive(
        "case",
        CellKind.CASE,
        Argument.QUESTION,
        Body.OPTIONAL,
        "A fictional vignette worked step by step: each step is judged before the next is told.",
        {"stage": Field(Text(), "Changes nothing: a case is told from its first part on. `check` warns of it.")},
    ),
    Directive(
        "evidence",
        CellKind.EVIDENCE,
        Argument.TITLE,
        Body.REQUIRED,
        "One claim with its confidence: the statement in the first paragraph, what it rests on and what is open below.",
        {"claim": Field(Slug(), "The claim in `claims.yaml`.", required=True)},
    ),
    Directive("note", CellKind.NOTE, Argument.TITLE, Body.REQUIRED, "A call-out."),
    Directive("warning", CellKind.WARNING, Argument.TITLE, Body.REQUIRED, "A call-out for a danger."),
    Directive("support", CellKind.SUPPORT, Argument.TITLE, Body.REQUIRED, "Where help is; shown with the help panel."),
    Directive("reflection", CellKind.REFLECTION, Argument.TITLE, Body.REQUIRED, "A prompt with a text box whose text is never sent."),
    Directive("checkpoint", CellKind.CHECKPOINT, Argument.QUIZ, Body.NONE, "The module's quiz."),
)


def directive_named(name: str) -> Directive | None:
    return next((d for d in DIRECTIVES if d.name == name), None)
