"""The learner's own page: where to go on, how far every module is, results and time over the weeks."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from course.content.model import Catalogue, Module, Quiz
from course.learning.activity import earliest_needed, minutes_by_day, this_week
from course.learning.attempts import OVER, AttemptState
from course.learning.continuing import next_step, where_to_continue
from course.learning.outline import ModuleOutline
from course.learning.policy import Kind
from course.learning.progress import ModuleState, done_of, minutes_left, module_state, new_since
from course.services.study import wording
from course.services.study.by_hand import by_hand
from course.services.study.desk import Desk, LearnerId, asked_at_once, zone_of
from course.services.study.due import announcements, due_list
from course.services.study.standing import Standing, standing
from course.services.study.views import ContinueView, HomeView, ModuleCard, ScorePoint, TestView

DAYS: Final = 84
_NO_SCORES: Final = frozenset({Kind.PRACTICE, Kind.SURVEY})


def home(desk: Desk, learner: LearnerId | None, zone: tzinfo | None = None) -> HomeView:
    """Everything the home page draws; a fresh state for a guest. `zone`: where the reader is, the profile's when left out."""
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        person = tx.people.get(learner) if learner is not None else None
        found = standing(tx, catalogue, learner, now)
        moments = tx.events.moments(learner, earliest_needed(now, DAYS)) if learner is not None else ()
        told = announcements(tx, learner, now)
        marked = by_hand(tx, catalogue, found)
    zone = zone or zone_of(person)
    today = now.astimezone(zone).date()
    by_day = minutes_by_day(moments, zone=zone, today=today, days=DAYS)
    running = found.running
    step = next_step(found.facts, catalogue.outline, open_attempt=(running.id, running.quiz) if running else None)
    return HomeView(
        name=person.name if person is not None else None,
        continue_at=_continue(catalogue, found),
        modules=module_cards(catalogue, found),
        scores=_scores(catalogue, found),
        by_day=by_day,
        minutes_this_week=round(this_week(by_day, today)),
        next_step=wording.step_view(step, catalogue),
        pretest=_test(catalogue, found, Kind.PRETEST),
        posttest=_test(catalogue, found, Kind.POSTTEST),
        followups=_followups(catalogue, found),
        started=bool(found.facts.opened or found.facts.answers or found.attempts),
        due=due_list(catalogue, found, zone),
        announcements=told,
        by_hand=marked,
    )


def module_cards(catalogue: Catalogue, found: Standing) -> tuple[ModuleCard, ...]:
    """Every module in course order."""
    pairs = ((module, catalogue.outline.module(module.id)) for module in catalogue.course.modules)
    return tuple(_card(catalogue, module, outline, found) for module, outline in pairs if outline is not None)


def _card(catalogue: Catalogue, module: Module, outline: ModuleOutline, found: Standing) -> ModuleCard:
    done, total = done_of(found.facts, outline)
    state = module_state(found.facts, outline)
    attempts = found.at(outline.checkpoint) if outline.checkpoint is not None else ()
    best = wording.best_in_words([a for a in attempts if found.shows(catalogue, a).score])
    match state:
        case ModuleState.NOT_STARTED:
            words = "Not started"
        case ModuleState.DONE:
            words = f"Done, checkpoint {best}" if best else "Done"
        case _:
            words = f"{done} of {wording.counted(total, 'cell')}"
    return ModuleCard(
        id=module.id,
        number=module.number,
        title=module.title,
        summary=module.summary,
        minutes=module.minutes,
        done=done,
        total=total,
        state=state,
        words=words,
        checkpoint=best,
        new_cells=len(new_since(found.facts, outline) - {c.id for c in outline.cells if c.clinician}),
    )


def _continue(catalogue: Catalogue, found: Standing) -> ContinueView | None:
    spot = where_to_continue(found.facts, catalogue.outline)
    there = wording.place(catalogue, spot)
    outline = catalogue.outline.module(there.module) if there is not None else None
    if there is None or outline is None:
        return None
    cells = len(outline.visible(clinician=False))
    eyebrow = f"Module {there.module_number}, cell {there.number} of {cells}"
    return ContinueView(there, eyebrow, wording.minutes(minutes_left(found.facts, outline)))


def _scores(catalogue: Catalogue, found: Standing) -> tuple[ScorePoint, ...]:
    points = []
    for attempt in found.attempts:
        if attempt.state is not AttemptState.GRADED or attempt.fraction is None or attempt.policy.kind in _NO_SCORES:
            continue
        if found.shows(catalogue, attempt).score:
            quiz = catalogue.course.quizzes.get(attempt.quiz)
            title = quiz.title if quiz is not None else attempt.quiz
            points.append(ScorePoint(_ended(attempt.submitted_at, attempt.started_at), attempt.id, title, attempt.fraction, attempt.passed))
    return tuple(sorted(points, key=lambda p: p.at))


def _ended(submitted_at: datetime | None, started_at: datetime) -> datetime:
    return submitted_at if submitted_at is not None else started_at


def _test(catalogue: Catalogue, found: Standing, kind: Kind) -> TestView | None:
    """The course's own test of this kind; those of single modules are left out."""
    quizzes = [q for q in catalogue.course.quizzes.values() if q.policy.kind is kind]
    quiz = min(quizzes, key=lambda q: q.module is not None, default=None)
    return None if quiz is None else _test_view(catalogue, found, quiz)


def _followups(catalogue: Catalogue, found: Standing) -> tuple[TestView, ...]:
    """Those that are open or taken, or that wait for nothing but the day."""
    quizzes = [q for q in catalogue.course.quizzes.values() if q.policy.kind is Kind.FOLLOWUP and not found.entries[q.id].locked_by]
    after = {q.id: max((u.after for u in q.policy.unlock), default=0.0) for q in quizzes}
    return tuple(_test_view(catalogue, found, q) for q in sorted(quizzes, key=lambda q: after[q.id]))


def _test_view(catalogue: Catalogue, found: Standing, quiz: Quiz) -> TestView:
    taken = [a for a in found.at(quiz.id) if a.state in OVER]
    last = taken[-1] if taken else None
    shows = last is not None and last.state is AttemptState.GRADED and found.shows(catalogue, last).score
    stands = found.entries[quiz.id]
    return TestView(
        quiz=quiz.id,
        title=quiz.title,
        taken=last is not None,
        running=stands.running,
        may_begin=stands.may_begin,
        attempt=last.id if last is not None else None,
        fraction=last.fraction if last is not None and shows else None,
        questions=asked_at_once(quiz),
        opens_at=stands.opens_at,
    )
