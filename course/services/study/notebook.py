"""A module as this learner sees it, and the cells they open in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from course.content.model import Catalogue, Cell, Module
from course.errors import NotFound
from course.learning.continuing import next_cell
from course.learning.events import EventKind, Spot
from course.learning.outline import CellKind, CellOutline, ModuleOutline
from course.learning.progress import cell_done, cell_state, done_of, minutes_left, module_state, new_since
from course.questions.base import Json
from course.services.study import wording
from course.services.study.decided import graded_again
from course.services.study.desk import Desk, LearnerId, asked_at_once, known, the_cell, the_module, zone_of
from course.services.study.practice import answered_whole, practice_view, tried
from course.services.study.responses import plain
from course.services.study.stages import cases_under_way
from course.services.study.standing import Standing, note_done, standing
from course.services.study.views import AnsweredView, CellView, CheckpointView, ModuleView, PracticeView
from course.storage.stores.events import Event
from course.storage.stores.practice import Try
from course.storage.unit_of_work import Transaction

_HERE_AGAIN: Final = timedelta(minutes=1)
"""Opening the same cell again within this time adds no event: pages ask on every run."""


def module_view(desk: Desk, learner: LearnerId | None, module_id: str, *, clinician: bool) -> ModuleView:
    """The notebook. Cells for clinicians are in it only with `clinician`. Raises NotFound for an unknown module."""
    book, now = _book(desk.catalogue(), module_id), desk.clock()
    with desk.uow.read() as tx:
        return _seen(tx, book, learner, standing(tx, book.catalogue, learner, now), clinician=clinician)


def pass_cell(desk: Desk, learner: LearnerId, module_id: str, cell_id: str, *, clinician: bool) -> ModuleView:
    """Note that the learner opened this cell; the notebook as it is then. Opening again where one already is adds nothing.

    Raises NotFound for an unknown cell.
    """
    book, now = _book(desk.catalogue(), module_id), desk.clock()
    the_cell(book.catalogue, module_id, cell_id)
    with desk.uow.write() as tx:
        known(tx, learner)
        news = _says_something(tx, learner, Spot(module_id, cell_id), now)
        if news:
            tx.events.append([Event(learner, now, EventKind.CELL_OPENED, module_id, cell_id)])
        return _after(tx, book, learner, now, clinician=clinician, news=news)


def answer_cell(
    desk: Desk, learner: LearnerId, module_id: str, cell_id: str, response: object, seen: int | None = None, *, clinician: bool
) -> AnsweredView:
    """Grade an answer and keep it as a try, in one transaction; the notebook as it is then.

    Blank and unreadable answers are no tries and not kept. A case is answered part by part (`stages.answer_stage`). `seen`: how
    many tries the page knew of when it asked, which says with which numbers; left out, all there are. The same answer sent twice
    in a row is one try. Raises NotFound for a cell that asks nothing, Refused for a case, BadResponse for what is no answer at all.
    """
    book, now = _book(desk.catalogue(), module_id), desk.clock()
    module, cell, question = answered_whole(book.catalogue, module_id, cell_id)
    given = plain(response)
    with desk.uow.write() as tx:
        known(tx, learner)
        latest = tx.practice.latest(learner)
        done = tried(tx, book.catalogue, question, latest.get(question.id), (learner, module.id, cell.id), given, seen, now)
        if done.problem or done.latest is None:
            return AnsweredView(done.problem, None)
        known_now = {**latest, question.id: done.latest}
        return AnsweredView("", _after(tx, book, learner, now, clinician=clinician, news=not done.repeated, latest=known_now))


def predict(desk: Desk, learner: LearnerId, module_id: str, cell_id: str, *, clinician: bool) -> ModuleView:
    """Note that the learner committed a prediction in this cell, the first time only; the notebook as it is then.

    Of the prediction nothing is kept but that it was made. Raises NotFound for a cell in which nothing is predicted, or whose
    prediction is a question's answer.
    """
    book, now = _book(desk.catalogue(), module_id), desk.clock()
    _, cell = the_cell(book.catalogue, module_id, cell_id)
    if cell.simulation is None or cell.simulation.asked is None:
        raise NotFound("In this cell nothing is predicted.")
    with desk.uow.write() as tx:
        known(tx, learner)
        news = Spot(module_id, cell_id) not in tx.events.visits(learner).answered
        if news:
            tx.events.append([Event(learner, now, EventKind.CELL_ANSWERED, module_id, cell_id)])
        return _after(tx, book, learner, now, clinician=clinician, news=news)


@dataclass(frozen=True, slots=True)
class _Book:
    """A module in one snapshot of the content."""

    catalogue: Catalogue
    module: Module


def _book(catalogue: Catalogue, module_id: str) -> _Book:
    """Raises NotFound for an unknown module."""
    return _Book(catalogue, the_module(catalogue, module_id))


def _after(
    tx: Transaction,
    book: _Book,
    learner: LearnerId,
    now: datetime,
    *,
    clinician: bool,
    news: bool,
    latest: Mapping[str, Try] | None = None,
) -> ModuleView:
    """The notebook once something was written; with `news`, modules that it completed are noted first. `latest`: see `standing`."""
    found = standing(tx, book.catalogue, learner, now, latest=latest)
    if news and note_done(tx, book.catalogue, learner, found.facts, now):
        found = standing(tx, book.catalogue, learner, now, latest=latest)
    return _seen(tx, book, learner, found, clinician=clinician)


def _seen(tx: Transaction, book: _Book, learner: LearnerId | None, found: Standing, *, clinician: bool) -> ModuleView:
    catalogue, module = book.catalogue, book.module
    asked = [c.question for c in module.cells if c.question]
    firsts = _firsts(tx, learner, {question: found.latest[question] for question in asked if question in found.latest})
    seen = firsts, _told(tx, learner, list(firsts)), cases_under_way(tx, catalogue, learner, module)
    return module_as_seen(catalogue, module, found, seen, clinician=clinician)


def _firsts(tx: Transaction, learner: LearnerId | None, latest: Mapping[str, Try]) -> Mapping[str, Try]:
    """The first try at each of these questions: the last one, where there was no other."""
    more = [question for question, one in latest.items() if one.number > 1]
    only = {question: one for question, one in latest.items() if one.number == 1}
    return {**only, **tx.practice.firsts(learner, more)} if learner is not None and more else only


Seen = tuple[Mapping[str, Try], Mapping[str, str], Mapping[str, Mapping[str, Json]]]
"""By question: the first try, what is to be said of the last one, and the answers to a case that is under way."""


def module_as_seen(catalogue: Catalogue, module: Module, found: Standing, seen: Seen, *, clinician: bool) -> ModuleView:
    """The notebook of somebody who stands so."""
    outline = _outline(catalogue, module)
    firsts, told, worked = seen
    current = next_cell(found.facts, outline)
    new = new_since(found.facts, outline)
    visible = outline.visible(clinician=clinician)
    done, total = done_of(found.facts, outline)
    before, after = _neighbours(catalogue, module)
    cells = tuple(
        CellView(
            cell=_cell(module, part),
            number=number,
            state=cell_state(found.facts, module.id, part, now=current is not None and part.id == current.id),
            done=cell_done(found.facts, module.id, part),
            new=part.id in new,
            practice=_practice(catalogue, module, part, (found.latest, firsts, told), worked),
            checkpoint=_checkpoint(catalogue, part, found),
        )
        for number, part in enumerate(visible, start=1)
    )
    return ModuleView(
        id=module.id,
        number=module.number,
        title=module.title,
        summary=module.summary,
        content_notice=module.content_notice,
        cells=cells,
        done=done,
        total=total,
        minutes_left=wording.minutes(minutes_left(found.facts, outline)),
        state=module_state(found.facts, outline),
        current=current.id if current is not None else None,
        new_since=new & {part.id for part in visible},
        previous=before,
        following=after,
    )


def _says_something(tx: Transaction, learner: LearnerId, spot: Spot, now: datetime) -> bool:
    """Whether opening this cell is news: it never was, or the learner was elsewhere or away."""
    if spot not in tx.events.opened(learner):
        return True
    last = tx.events.last_in_a_cell(learner)
    return last is None or Spot(last.module or "", last.cell or "") != spot or now - last.at >= _HERE_AGAIN


def _told(tx: Transaction, learner: LearnerId | None, tried: Sequence[str]) -> Mapping[str, str]:
    """Question id -> that the last answer to it was graded again, with day and reason."""
    if learner is None or not tried:
        return {}
    found = tx.practice_rulings.told(learner, tried)
    zone = zone_of(tx.people.get(learner) if found else None)
    return {question: graded_again(one.at, one.why, zone) for question, one in found.items()}


def _outline(catalogue: Catalogue, module: Module) -> ModuleOutline:
    found = catalogue.outline.module(module.id)
    if found is None:
        raise NotFound("The course has no such module.")
    return found


def _cell(module: Module, part: CellOutline) -> Cell:
    found = module.cell(part.id)
    assert found is not None, "the outline is made from the module's cells"
    return found


def _practice(
    catalogue: Catalogue,
    module: Module,
    part: CellOutline,
    tries: tuple[Mapping[str, Try], Mapping[str, Try], Mapping[str, str]],
    worked: Mapping[str, Mapping[str, Json]],
) -> PracticeView | None:
    """`tries`: by question, the last one, the first one, and what is to be said of the last one. `worked`: cases under way."""
    question = catalogue.questions.get(part.question or "")
    if question is None:
        return None
    latest, firsts, told = tries
    notice, steps = told.get(question.id, ""), worked.get(question.id)
    return practice_view(catalogue, module, question, latest.get(question.id), firsts.get(question.id), notice=notice, steps=steps)


def _checkpoint(catalogue: Catalogue, part: CellOutline, found: Standing) -> CheckpointView | None:
    quiz = catalogue.course.quizzes.get(part.quiz or "")
    if quiz is None or part.kind is not CellKind.CHECKPOINT:
        return None
    attempts = [a for a in found.at(quiz.id) if found.shows(catalogue, a).score]
    return CheckpointView(
        quiz=quiz.id,
        title=quiz.title,
        questions=asked_at_once(quiz),
        passed=quiz.id in found.facts.passed,
        best=wording.best_in_words(attempts),
        running=found.entries[quiz.id].running,
    )


def _neighbours(catalogue: Catalogue, module: Module) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    modules = catalogue.course.modules
    here = next(n for n, m in enumerate(modules) if m.id == module.id)
    before = modules[here - 1] if here > 0 else None
    after = modules[here + 1] if here + 1 < len(modules) else None
    return (before.id, before.title) if before else None, (after.id, after.title) if after else None
