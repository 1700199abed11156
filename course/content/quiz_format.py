"""What a quiz file may hold, apart from the questions themselves (`course.questions`)."""

from __future__ import annotations

from typing import Final

from course.content.formats import FORMAT, KEYS, AnyNode, Whole
from course.learning.policy import Behaviour, Counts, Kind, Moment
from course.questions.record_specs import Either, Field, ListOf, Record
from course.questions.scalar_specs import Boolean, Duration, Number, OneWord, Slug, Text, Word

MOMENTS: Final = tuple(m.value for m in Moment if m is not Moment.AFTER_POSTTEST)
"""AFTER_POSTTEST is the pre-test's own and not authored."""

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
        "objectives": Field(KEYS, "from the questions on these objectives", default=list),
        "tags": Field(KEYS, "from the questions with one of these tags", default=list),
        "ids": Field(KEYS, "from these questions", default=list),
    },
)
UNLOCK: Final = Record(
    "a condition",
    {
        "passed": Field(Slug(), "a quiz that must be passed first"),
        "completed": Field(Slug(), "a module that must be completed first"),
        "handed_in": Field(Slug(), "a quiz that must be handed in first, whatever its score"),
        "after": Field(Duration(), "with `handed_in`: how long after that; at once", default=0.0),
    },
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
        "schema": FORMAT,
        "quiz": Field(AnyNode(), "the quiz block", required=True),
        "questions": Field(AnyNode(), "the questions, in order", required=True),
    },
)
