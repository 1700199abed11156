"""One question in one quiz: who chose what, how it goes with ability, its versions, variants and attempts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from course.analytics.analysis import Analysis
from course.analytics.irt import Fit, Model, NoFit
from course.analytics.irt_pictures import ItemCurve, item_curve
from course.analytics.items import Item
from course.analytics.options import Option
from course.analytics.suppression import FEWEST
from course.analytics.views import OfAttempt, OfVariant, by_attempt, by_variant
from course.errors import NotFound
from course.learning.events import Spot
from course.questions import Question, by_name
from course.services.insight.desk import Lens, Scene, scene
from course.services.insight.items import ItemRow, Read, analysed, read_quiz, rows
from course.services.insight.reading import known, option_texts
from course.services.insight.scale import models_of
from course.services.study import wording
from course.services.study.desk import Desk, LearnerId
from course.services.study.views import Place
from course.storage.stores.questions import ServedVersion
from course.storage.stores.reports import Report

_SHOWN: Final = {"stem": "stem", "options": "options", "explanation": "explanation", "feedback": "feedback", "cites": "sources"}


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option with its text; `option` None: nobody of those counted chose it."""

    name: str
    text: str
    key: bool
    option: Option | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version: from which day on it was asked, what is not as in the version before, how many answers here, whether it is today's."""

    version: str
    since: date
    changed: tuple[str, ...]
    answers: int
    current: bool


@dataclass(frozen=True, slots=True, eq=False)
class QuestionView:
    """`curve` None has a `no_curve`: the reason. `hidden`: answers typed by fewer than five people, which are not listed."""

    quiz: str
    quiz_title: str
    row: ItemRow
    stem: str
    options: tuple[OptionRow, ...]
    hidden: int
    curve: ItemCurve | None
    model: Model | None
    people: int
    no_curve: str
    variants: tuple[OfVariant, ...]
    attempts: tuple[OfAttempt, ...]
    versions: tuple[VersionRow, ...]
    reports: tuple[Report, ...]
    taught_in: Place | None
    lens: Lens


def question(desk: Desk, who: LearnerId | None, lens: Lens, question_id: str) -> QuestionView:
    """Raises NotFound when it was not asked in this quiz of this cohort."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, lens)
        read = read_quiz(tx, found)
        history = tx.questions.history(question_id)
        reports = tx.reports.of_question(found.asked, question_id)
    if question_id not in read.columns.questions:
        raise NotFound("Nobody in this cohort was asked this question in this quiz.")
    analysis = analysed(read, lens, models_of(lens))
    row = next(r for r in rows(read, analysis, found.catalogue, {question_id: len(reports)}) if r.id == question_id)
    asked = read.questions.get(question_id)
    options, hidden = _options(row.item, asked)
    fit, why = _model(analysis, question_id)
    spot = found.catalogue.taught_in.get(question_id)
    return QuestionView(
        quiz=read.quiz.id,
        quiz_title=read.quiz.title,
        row=row,
        stem=asked.stem if asked is not None else "",
        options=options,
        hidden=hidden,
        curve=None if fit is None else item_curve(fit, question_id),
        model=None if fit is None else fit.model,
        people=0 if fit is None else fit.n,
        no_curve=why,
        variants=tuple(v for v in by_variant(read.responses, lens.which) if v.question == question_id),
        attempts=tuple(a for a in by_attempt(read.responses) if a.question == question_id),
        versions=_versions(read, history, question_id, asked, found),
        reports=reports,
        taught_in=wording.place(found.catalogue, Spot(*spot)) if spot is not None else None,
        lens=lens,
    )


def _options(item: Item, asked: Question | None) -> tuple[tuple[OptionRow, ...], int]:
    """Offered options in their order, chosen or not; typed answers that few gave are counted and not shown."""
    chosen = {option.option: option for option in item.options}
    if asked is None:
        return (), sum(option.n for option in item.options)
    texts, kind = option_texts(asked), by_name(asked.type)
    keys = {o.option for o in item.options if o.key} | _keys(asked)
    if kind.options(asked.body):
        return tuple(OptionRow(name, text, name in keys, chosen.get(name)) for name, text in texts.items()), 0
    often = tuple(OptionRow(o.option, "", o.key, o) for o in item.options if o.n >= FEWEST)
    return often, sum(o.n for o in item.options if o.n < FEWEST)


def _keys(asked: Question) -> frozenset[str]:
    return known({asked.id: asked}).keys.get(asked.id, frozenset())


def _model(analysis: Analysis, question_id: str) -> tuple[Fit | None, str]:
    """The two-parameter model where there are people enough for it, else the one-parameter one."""
    why = "It is drawn of one attempt a learner: choose first or last attempts."
    for found in analysis.models:
        if isinstance(found, NoFit):
            why = found.reason if found.model is Model.ONE_PL else why
    fits = [found for found in analysis.models if isinstance(found, Fit) and any(i.question == question_id for i in found.items)]
    if fits:
        return fits[-1], ""
    left = [reason for found in analysis.models for name, reason in found.left_out if name == question_id]
    return None, left[0] if left else why


def _versions(
    read: Read, history: tuple[ServedVersion, ...], question_id: str, asked: Question | None, found: Scene
) -> tuple[VersionRow, ...]:
    mine = read.columns.question == read.columns.questions.index(question_id)
    answers = Counter(read.columns.versions[code] for code in read.columns.version[mine].tolist())
    zone, out, before = ZoneInfo(found.cohort.time_zone), [], None
    for one in history:
        changed = () if before is None else _changed(before, one.canonical)
        current = asked is not None and one.version == asked.version
        out.append(VersionRow(one.version, one.first_served_at.astimezone(zone).date(), changed, answers[one.version], current))
        before = one.canonical
    return tuple(out)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The authored keys that differ, in words."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return tuple(_SHOWN.get(key, key) for key in keys)
