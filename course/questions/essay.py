"""A longer answer, graded by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.base import Comment, Control, Graded, Json, Line, LongText, QuestionType, Samples, State, invalid
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import Number, Slug, Text
from course.questions.spec import Parsed
from course.questions.typed import literally

LEVEL: Final = Record(
    "a level",
    {
        "points": Field(Number(low=0), "what an answer on this level gets", required=True),
        "text": Field(Text(), "what such an answer does", required=True),
    },
)
CRITERION: Final = Record(
    "a criterion",
    {
        "id": Field(Slug(), "stable id", required=True),
        "text": Field(Text(), "what the grader looks for", required=True),
        "points": Field(Number(above=0), "what meeting it is worth", required=True),
        "levels": Field(ListOf(LEVEL), "the steps a grader chooses from; without, any points up to these", default=list),
    },
)
WORDS: Final = Record(
    "a word count",
    {
        "min": Field(Number(low=0, whole=True), "words to aim for at least", default=0),
        "max": Field(Number(above=0, whole=True), "words to stay within"),
    },
)


@dataclass(frozen=True, slots=True)
class Level:
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """`levels`: the steps a grader chooses from, fewest points first; empty when any points up to `points` may be given."""

    id: str
    text: str
    points: float
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class EssayBody:
    """`least` and `most` are words; `most` 0 is no limit. `rubric` is for the grader."""

    least: int
    most: int
    rubric: tuple[Criterion, ...]


def criteria(body: EssayBody, points: float) -> tuple[Criterion, ...]:
    """What is marked: the rubric, or the answer as a whole where there is none. `points`: what the question is worth."""
    return body.rubric or (Criterion("whole", "The answer as a whole", points),)


class Essay(QuestionType[EssayBody]):
    """Asks for a few sentences, which a person grades by the `rubric`; its points sum to the question's.

    The answer is a text. Its score stays open until it is graded by hand. `words` tells the learner how much to write; it
    refuses nothing. A criterion with `levels` is graded by choosing one of them; the highest is worth the criterion's points.
    """

    name = "essay"
    title = "Essay"
    fields: ClassVar[Mapping[str, Field]] = {
        "words": Field(WORDS, "how much to write"),
        "rubric": Field(ListOf(CRITERION, unique="id"), "what the grader looks for; points sum to the question's", default=list),
    }
    example = """\
id: explain-block
type: essay
objective: nmda-block
points: 4
stem: Explain why ketamine blocks active receptors more than resting ones.
words: {min: 30, max: 200}
rubric:
  - {id: block, text: Says that it blocks the open channel, points: 2, levels: [{points: 0, text: Not said}, {points: 1, text: Said without why}, {points: 2, text: Said with why}]}
  - {id: use, text: Says that the block grows with use, points: 2}
explanation: The site lies in the pore, so a channel must open before it can be blocked.
cites: [zhang2021]
tests: [{response: Because the channel must open., score: null, state: manual}]
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> EssayBody | None:
        rubric = tuple(_criterion(c, report) for c in parsed["rubric"])
        total = sum(c.points for c in rubric)
        if rubric and abs(total - parsed["points"]) > 1e-9:
            message = f"the rubric's points sum to {total:g}, the question has {parsed['points']:g}"
            report.error("rubric-sum", message, parsed.at("rubric"))
        words = parsed["words"] or {"min": 0, "max": None}
        if words["max"] is not None and words["max"] < words["min"]:
            report.error("empty-range", "`max` is below `min`", parsed["words"].at("max"))
        return EssayBody(int(words["min"]), int(words["max"] or 0), rubric)

    def grade(self, body: EssayBody, response: Json) -> Graded:
        return Graded(None, State.MANUAL) if isinstance(response, str) else invalid("Write your answer as text.")

    def controls(self, body: EssayBody) -> tuple[Control, ...]:
        return (LongText("", "Your answer", body.least, body.most),)

    def sample(self, body: EssayBody) -> Samples:
        return Samples((), (), (), (5, True, ["text"], {"text": "text"}))

    def key(self, body: EssayBody) -> Json:
        """None: a person says what is right."""
        return None

    def comments(self, body: EssayBody, response: Json) -> tuple[Comment, ...]:
        return ()

    def review(self, body: EssayBody, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        """What was written; with the key also the rubric."""
        written = (Line(literally(response), True, False),) if isinstance(response, str) and response.strip() else ()
        return (*written, *(Line(c.text, False, True) for c in body.rubric if reveal_key))


def _criterion(parsed: Parsed, report: Report) -> Criterion:
    levels = tuple(sorted((Level(float(one["points"]), one["text"]) for one in parsed["levels"]), key=lambda one: one.points))
    most = float(parsed["points"])
    given = [one.points for one in levels]
    if levels and (given[-1] != most or len(set(given)) < len(given)):
        message = f"the levels give {', '.join(f'{p:g}' for p in given)}; each must give other points, the highest {most:g}"
        report.error("rubric-levels", message, parsed.at("levels"))
    return Criterion(parsed["id"], parsed["text"], most, levels)
