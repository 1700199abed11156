"""Everything the learner has done: by module, by objective, every attempt, time by day; and the attempts as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from course.content.model import Catalogue
from course.errors import NotFound
from course.learning.activity import earliest_needed, minutes_by_day, spent, spent_by_module
from course.learning.attempts import OVER
from course.learning.policy import Moment
from course.learning.scoring import is_try, right
from course.questions.base import State
from course.services.study import wording
from course.services.study.beginning import past_attempt
from course.services.study.decided import voided
from course.services.study.desk import Desk, LearnerId, practice_quiz, zone_of
from course.services.study.home import DAYS, module_cards
from course.services.study.mastering import own_mastery
from course.services.study.standing import Standing, standing
from course.services.study.views import ModuleProgress, ObjectiveScore, PastAttempt, ProgressView
from course.storage.stores.rollups import LoggedAnswer
from course.storage.unit_of_work import Transaction

COLUMNS: Final = (
    "quiz", "title", "attempt", "state", "started_at", "submitted_at", "minutes", "points", "max", "fraction", "passed"
)  # fmt: skip


def progress(desk: Desk, learner: LearnerId | None) -> ProgressView:
    """Everything the progress page draws; a fresh state for a guest."""
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        person = tx.people.get(learner) if learner is not None else None
        found = standing(tx, catalogue, learner, now)
        moments = tx.events.moments(learner) if learner is not None else ()
        firsts = _first_tries(tx, catalogue, found, learner) if learner is not None else {}
        log = tx.rollups.log(learner) if learner is not None else ()
        calibration = tx.calibrations.latest()
        zone = zone_of(person)
        told = voided(tx, found.attempts, zone)
    shows = _shown_answers(catalogue, found)
    recent = [m for m in moments if m.at >= earliest_needed(now, DAYS)]
    by_module = spent_by_module(moments)
    return ProgressView(
        modules=tuple(
            ModuleProgress(
                card, round(by_module[card.id].total_seconds() / 60) if card.id in by_module else 0, found.completed_at.get(card.id)
            )
            for card in module_cards(catalogue, found)
        ),
        objectives=_objectives(catalogue, firsts),
        attempts=tuple(past_attempt(catalogue, found, a, told.get(a.id, "")) for a in reversed(found.attempts)),
        by_day=minutes_by_day(recent, zone=zone, today=now.astimezone(zone).date(), days=DAYS),
        minutes=round(spent(moments).total_seconds() / 60),
        mastery=own_mastery(catalogue, log, shows, calibration),
        withheld=sum(not shows(one) for one in log),
        calibration=None if calibration.on is None else (calibration.id, calibration.on),
    )


def attempts_csv(desk: Desk, learner: LearnerId | None) -> bytes:
    """Every attempt as CSV (UTF-8, header row, times in ISO form and UTC); scores that may not be shown are empty.

    Raises NotFound without a profile.
    """
    if learner is None:
        raise NotFound("Nothing is stored about you yet.")
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        found = standing(tx, catalogue, learner, now)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_row(past_attempt(catalogue, found, a)) for a in found.attempts)
    return out.getvalue().encode()


def _shown_answers(catalogue: Catalogue, found: Standing) -> Callable[[LoggedAnswer], bool]:
    """Whether the learner may know by now how an answer stands."""
    open_to_see = {a.id for a in found.attempts if a.state in OVER and found.shows(catalogue, a, answered=True).correctness}

    def shows(one: LoggedAnswer) -> bool:
        if one.attempt is not None:
            return one.attempt in open_to_see
        quiz = practice_quiz(catalogue, one.question)
        return quiz is None or quiz.policy.reveal.correctness is Moment.AFTER_QUESTION

    return shows


def _first_tries(tx: Transaction, catalogue: Catalogue, found: Standing, learner: LearnerId) -> Mapping[str, State]:
    """Question id -> how the learner's very first try stands, where that may be shown."""
    tries: list[tuple[datetime, str, State]] = []
    for question, one in tx.practice.firsts(learner).items():
        quiz = practice_quiz(catalogue, question)
        if right(one.state) is not None and (quiz is None or quiz.policy.reveal.correctness is Moment.AFTER_QUESTION):
            tries.append((one.at, question, one.state))
    open_to_see = {a.id: a for a in found.attempts if a.state in OVER and found.shows(catalogue, a, answered=True).correctness}
    for row in tx.attempts.slots_of_learner(learner):
        attempt, state = open_to_see.get(row.attempt), row.slot.state
        if row.slot.again_of is not None or attempt is None or attempt.submitted_at is None:
            continue
        if state is not None and right(state) is not None and is_try(state):
            tries.append((attempt.submitted_at, row.slot.question, state))
    return {question: state for _, question, state in sorted(tries, reverse=True)}


def _objectives(catalogue: Catalogue, firsts: Mapping[str, State]) -> tuple[ObjectiveScore, ...]:
    out = []
    for objective in catalogue.objectives.values():
        questions = [q.id for q in catalogue.questions.values() if q.objective == objective.id]
        tried = [firsts[q] for q in questions if q in firsts]
        out.append(wording.objective_score(objective, tried, len(questions)))
    return tuple(out)


def _row(one: PastAttempt) -> list[str]:
    return [
        one.quiz,
        _text(one.title),
        str(one.number),
        one.state.value,
        one.started_at.isoformat(timespec="seconds"),
        one.submitted_at.isoformat(timespec="seconds") if one.submitted_at is not None else "",
        "" if one.minutes is None else str(one.minutes),
        *("" if value is None else wording.number(value) for value in (one.points, one.max)),
        "" if one.fraction is None else f"{one.fraction:.4f}",
        "" if one.passed is None else ("yes" if one.passed else "no"),
    ]


def _text(value: str) -> str:
    """A spreadsheet must not take a title for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
