"""The questions of a quiz analysed: what is worth looking at in each, in words, and where in the files it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from course.analytics.analysis import Analysis, analyse
from course.analytics.flags import Flag, unused_options
from course.analytics.irt import Model
from course.analytics.items import Item
from course.analytics.reliability import QuizSummary
from course.analytics.responses import Answer, Responses
from course.content.model import Catalogue, Quiz
from course.diagnostics import Place
from course.questions import Question, by_name
from course.services.insight.desk import Lens, Scene, scene, the_quiz
from course.services.insight.reading import ONE_CHOICE, known, option_names, responses
from course.services.study.desk import Desk, LearnerId
from course.storage.stores.answers import AnswerColumns
from course.storage.unit_of_work import Transaction

GRAVEST: Final = ("option-above-key", "against", "below-guessing", "weak", "easy", "option-unused")
"""Codes of flags in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question. `place`: file and line, "" when it is in the course no more. `versions`: how many of them were answered here."""

    id: str
    stem: str
    objective: str
    place: str
    versions: int
    item: Item
    flags: tuple[Flag, ...]
    reports: int = 0

    @property
    def gravity(self) -> tuple[int, float]:
        """For sorting by problem: the gravest flag first, then the weakest correlation."""
        worst = min((GRAVEST.index(flag.code) for flag in self.flags), default=len(GRAVEST))
        r = self.item.item_rest.value
        return worst, 1.0 if r is None else r


@dataclass(frozen=True, slots=True)
class ItemsView:
    """A quiz's questions, those with the gravest problem first. Counts are of rows that were left out of the statistics."""

    quiz: str
    title: str
    summary: QuizSummary
    rows: tuple[ItemRow, ...]
    rapid: int
    not_reached: int
    not_presented: int
    waiting: int
    lens: Lens


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A quiz's answers, read once for all statistics of a page. `questions`: as the course has them today, by id."""

    quiz: Quiz
    columns: AnswerColumns
    questions: Mapping[str, Question]
    responses: Responses


def read_quiz(tx: Transaction, found: Scene) -> Read:
    """Raises NotFound for an unknown quiz."""
    quiz = the_quiz(found)
    columns = tx.answers.answers(found.asked)
    questions = {name: found.catalogue.questions[name] for name in columns.questions if name in found.catalogue.questions}
    return Read(quiz, columns, questions, responses(columns, questions))


def items(desk: Desk, who: LearnerId | None, lens: Lens) -> ItemsView:
    """Item analysis of the quiz. Raises NotFound, NotAllowed as `scene` does."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, lens)
        read = read_quiz(tx, found)
        reports = tx.reports.counts(found.asked)
    return view(read, analysed(read, lens), found.catalogue, reports, lens)


def view(read: Read, analysis: Analysis, catalogue: Catalogue, reports: Mapping[str, int], lens: Lens) -> ItemsView:
    """The analysis of what was read, with `reports`: how many learners reported a problem, by question."""
    state = read.responses.state
    return ItemsView(
        quiz=read.quiz.id,
        title=read.quiz.title,
        summary=analysis.quiz,
        rows=tuple(sorted(rows(read, analysis, catalogue, reports), key=lambda row: row.gravity)),
        rapid=analysis.rapid,
        not_reached=int((state == Answer.NOT_REACHED).sum()),
        not_presented=int((state == Answer.NOT_PRESENTED).sum()),
        waiting=int(((state == Answer.ANSWERED) & (read.columns.score != read.columns.score)).sum()),
        lens=lens,
    )


def analysed(read: Read, lens: Lens, models: tuple[Model, ...] = ()) -> Analysis:
    return analyse(read.responses, which=lens.which, known=known(read.questions), models=models)


def rows(read: Read, analysis: Analysis, catalogue: Catalogue, reports: Mapping[str, int]) -> tuple[ItemRow, ...]:
    """One row a question that was asked, in the order in which they were met first."""
    pairs = set(zip(read.columns.question.tolist(), read.columns.version.tolist(), strict=True))
    versions = Counter(read.columns.questions[question] for question, _ in pairs)
    made = (_row(item, analysis, read.questions.get(item.question), versions[item.question], catalogue) for item in analysis.items)
    return tuple(replace(row, reports=reports.get(row.id, 0)) for row in made)


def _row(item: Item, analysis: Analysis, question: Question | None, versions: int, catalogue: Catalogue) -> ItemRow:
    single = question is not None and question.type in ONE_CHOICE
    seen = tuple(f for f in analysis.flags if f.question == item.question and (single or not f.code.startswith("option-")))
    if question is None:
        return ItemRow(item.question, item.question, "", "", versions, item, seen)
    names = option_names(question)
    offered = tuple(names[o.id] for o in by_name(question.type).options(question.body) if o.id in names)
    never = unused_options(item, offered) if question.type in ("single_choice", "multiple_choice") else ()
    objective = catalogue.objectives.get(question.objective or "")
    return ItemRow(
        id=item.question,
        stem=plain(question.stem),
        objective=f"{objective.number} {objective.text}" if objective is not None else "",
        place=place_of(question),
        versions=versions,
        item=item,
        flags=tuple(sorted((*seen, *never), key=lambda flag: GRAVEST.index(flag.code))),
    )


def place_of(question: Question) -> str:
    """File and line, as an editor opens them."""
    return str(Place(question.place.path, question.place.line))


def plain(markdown: str) -> str:
    """The last paragraph of a stem, which asks, without marks."""
    last = markdown.strip().rsplit("\n\n", 1)[-1]
    return " ".join(re.sub(r"\{[a-z]+\}`[^`]*`|[*_`]|\[([^\]]*)\]\([^)]*\)", lambda m: m[1] or "", last).split())
