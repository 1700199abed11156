"""Grading again and withdrawing from pages: for whom it counts, who may, what is kept and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from course.access.roles import SiteRole
from course.errors import NotAllowed, NotFound, Refused
from course.learning.rulings import ActKind
from course.services.teach.views import Effect
from course.storage.stores.audit import Via
from course.storage.stores.people import Learner
from tests.people import ANN, ARRIVED, BEA, GUS
from tests.services.classroom import Classroom
from tests.services.corrected import assert_recomputed, stored, take, three
from tests.services.teaching import HERE, IVO, LEA, ODA, cohort_in

ROOT = "60000000-0000-4000-8000-000000000060"
WHY = "Two options were right."


@pytest.fixture
def room(room: Classroom) -> Classroom:
    """Ann chose b and Gus, who is in no cohort, chose b too; the key of `one` was a and is b now."""
    cohort_in(room)
    with room.uow.write() as tx:
        tx.people.add(Learner(ROOT, ARRIVED, "Root"))
        tx.roles.grant(ROOT, SiteRole.ADMIN, ARRIVED)
    room.catalogue = three("a")
    room.attempts = {who.id: take(room, who.id, "b", "a", "a") for who in (ANN, GUS)}  # type: ignore[attr-defined]
    room.attempts[BEA.id] = take(room, BEA.id, "a", "a", "a")  # type: ignore[attr-defined]
    room.catalogue = three("b")
    return room


def points(room: Classroom, who: str) -> float | None:
    return stored(room, room.attempts[who]).points  # type: ignore[attr-defined]


def test_an_instructor_grades_the_cohorts_learners_again_and_nobody_else(room: Classroom) -> None:
    dry = room.grading.regrade(IVO, HERE, "one")
    assert sorted((c.person, c.effect) for c in dry.attempts) == [(ANN.id, Effect.GAINS), (BEA.id, Effect.LOSES)]
    assert (points(room, ANN.id), dry.applied) == (2, False)
    done = room.grading.regrade(IVO, HERE, "one", apply=True, why=WHY)
    assert done.applied
    assert [points(room, who) for who in (ANN.id, BEA.id, GUS.id)] == [3, 2, 2]
    with room.uow.read() as tx:
        (ruled,) = tx.rulings.of_attempt(room.attempts[ANN.id])  # type: ignore[attr-defined]
        newest = tx.audit.of_cohort(HERE)[0]
    assert (ruled.person, ruled.by, ruled.why) == (IVO, "Ivo", WHY)
    assert (newest.action, newest.actor, newest.subject, newest.via) == ("question.regrade", IVO, "question:one", Via.WEB)
    assert WHY in room.study.result(ANN.id, room.attempts[ANN.id]).notices[0]  # type: ignore[attr-defined]
    assert_recomputed(room)


def test_an_admin_grades_everybody_again(room: Classroom) -> None:
    room.grading.regrade(ROOT, None, "one", apply=True, why=WHY)
    assert points(room, GUS.id) == 3
    with room.uow.read() as tx:
        assert [(e.action, e.actor) for e in tx.audit.of_site()] == [("question.regrade", ROOT)]


def test_whoever_would_lose_can_be_spared(room: Classroom) -> None:
    room.grading.regrade(IVO, HERE, "one", spare=True, apply=True, why=WHY)
    assert [points(room, who) for who in (ANN.id, BEA.id)] == [3, 3]


def test_a_regrade_is_taken_back_by_grading_by_the_version_before(room: Classroom) -> None:
    room.grading.regrade(IVO, HERE, "one", apply=True, why=WHY)
    versions = room.grading.served(IVO, HERE, "one")
    assert [v.current for v in versions] == [True, False]
    room.wait(minutes=1)
    room.grading.regrade(IVO, HERE, "one", version=versions[1].version, apply=True, why="It was right before.")
    assert [points(room, who) for who in (ANN.id, BEA.id)] == [2, 3]
    for version in ("nothing", ""):
        with pytest.raises(NotFound, match="Nobody has been asked"):
            room.grading.regrade(IVO, HERE, "one", version=version)
    assert_recomputed(room)


def test_a_question_is_withdrawn_and_counts_again(room: Classroom) -> None:
    dry = room.grading.void(ROOT, "one")
    assert (len(dry.attempts), dry.applied, stored(room, room.attempts[ANN.id]).max) == (3, False, 3)  # type: ignore[attr-defined]
    room.grading.void(ROOT, "one", apply=True, why="Unclear.")
    (void,) = room.grading.choices(ROOT, None).withdrawn
    assert (void.question, void.person, void.by, void.why) == ("one", ROOT, "Root", "Unclear.")
    assert stored(room, room.attempts[ANN.id]).max == 2  # type: ignore[attr-defined]
    room.wait(minutes=1)
    room.grading.void(ROOT, "one", undo=True, apply=True, why="It is fine.")
    assert room.grading.choices(ROOT, None).withdrawn == ()
    with room.uow.read() as tx:
        told = [(e.action, e.subject, e.after) for e in tx.audit.of_site()]
    assert told == [("question.void", "question:one", {"counts": True}), ("question.void", "question:one", {"counts": False})]
    assert_recomputed(room)


def test_nothing_is_stored_without_a_reason_or_in_an_archived_cohort(room: Classroom) -> None:
    for act in (
        lambda: room.grading.regrade(IVO, HERE, "one", apply=True, why="  "),
        lambda: room.grading.void(ROOT, "one", apply=True),
        lambda: room.grading.regrade(IVO, HERE, "one", apply=True, why="w" * 501),
        lambda: room.grading.override(IVO, HERE, room.attempts[ANN.id], 3, why=" "),  # type: ignore[attr-defined]
        lambda: room.grading.void_attempt(IVO, HERE, room.attempts[ANN.id], why=" "),  # type: ignore[attr-defined]
    ):
        with pytest.raises(Refused, match="reason"):
            act()
    with room.uow.write() as tx:
        cohort = tx.cohorts.get(HERE)
        assert cohort is not None
        object.__setattr__(cohort, "archived_at", room.now - timedelta(days=1))
        tx.cohorts.save(cohort)
    for change in (
        lambda: room.grading.regrade(IVO, HERE, "one", apply=True, why=WHY),
        lambda: room.grading.override(IVO, HERE, room.attempts[ANN.id], 3, why=WHY),  # type: ignore[attr-defined]
        lambda: room.grading.void_attempt(IVO, HERE, room.attempts[ANN.id], why=WHY),  # type: ignore[attr-defined]
    ):
        with pytest.raises(Refused, match="archived"):
            change()
    seen = room.grading.history(IVO, HERE, room.attempts[ANN.id])  # type: ignore[attr-defined]
    assert (seen.may_change, seen.may_void) == (False, False)
    assert points(room, ANN.id) == 2


def test_what_can_be_corrected_is_what_was_asked(room: Classroom) -> None:
    mine, theirs = room.grading.choices(IVO, HERE), room.grading.choices(ROOT, None)
    assert set(mine.questions) >= {"one", "two", "three"}
    assert mine.questions["one"] == "Stem of one?"
    assert (mine.regrades, mine.voids, mine.names[ANN.id]) == (True, False, "Ann")
    assert (theirs.regrades, theirs.voids, theirs.names) == (True, True, {})


ACTS: dict[str, tuple[Callable[[Classroom, str], object], set[str], set[str]]] = {
    "question.regrade here": (lambda r, who: r.grading.regrade(who, HERE, "one", apply=True, why=WHY), {IVO, ROOT}, {LEA, ANN.id}),
    "question.regrade choices": (lambda r, who: r.grading.choices(who, HERE), {IVO, ROOT}, {LEA, ANN.id}),
    "question.regrade versions": (lambda r, who: r.grading.served(who, HERE, "one"), {IVO, ROOT}, {LEA, ANN.id}),
    "question.regrade everybody": (lambda r, who: r.grading.regrade(who, None, "one", apply=True, why=WHY), {ROOT}, set()),
    "question.void": (lambda r, who: r.grading.void(who, "one", apply=True, why=WHY), {ROOT}, set()),
    "gradebook.override": (lambda r, who: r.grading.override(who, HERE, r.attempts[ANN.id], 3, why=WHY), {IVO}, {LEA, ANN.id, ROOT}),  # type: ignore[attr-defined]
    "attempt.void": (lambda r, who: r.grading.void_attempt(who, HERE, r.attempts[ANN.id], why=WHY), {IVO}, {LEA, ANN.id, ROOT}),  # type: ignore[attr-defined]
    "learner.view history": (lambda r, who: r.grading.history(who, HERE, r.attempts[ANN.id]), {IVO, LEA}, {ANN.id, ROOT}),  # type: ignore[attr-defined]
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_refused_to_all_but_those_who_may(room: Classroom, act: str) -> None:
    run, may, inside = ACTS[act]
    for who in {IVO, LEA, ODA, ANN.id, GUS.id, ROOT} - may:
        with pytest.raises(NotAllowed if who in inside else NotFound):
            run(room, who)
    with room.uow.read() as tx:
        assert (tx.audit.of_cohort(HERE), tx.audit.of_site()) == ((), ())
    for who in sorted(may):
        run(room, who)


def test_an_attempts_result_is_changed_with_a_reason_and_taken_back(room: Classroom) -> None:
    attempt = room.attempts[ANN.id]  # type: ignore[attr-defined]
    before = room.grading.history(IVO, HERE, attempt)
    assert (before.may_change, before.changed, room.grading.history(LEA, HERE, attempt).may_change) == (True, False, False)
    (one,) = room.grading.override(IVO, HERE, attempt, 1.5, why=WHY).attempts
    assert (one.before.points, one.after.points, stored(room, attempt).passed) == (2, 1.5, False)
    assert room.grading.override(IVO, HERE, attempt, 1.5, why=WHY).attempts == (), "it is so already"
    assert WHY in room.study.result(ANN.id, attempt).notices[0]
    after = room.grading.history(IVO, HERE, attempt)
    assert [(r.kind, r.person, r.by, r.why) for r in after.view.rulings] == [(ActKind.OVERRIDE, IVO, "Ivo", WHY)]
    assert after.changed
    with room.uow.read() as tx:
        (entry,) = tx.audit.of_cohort(HERE)
    assert (entry.action, entry.actor, entry.person, entry.subject, entry.via) == (
        "gradebook.override",
        IVO,
        ANN.id,
        f"attempt:{attempt}",
        Via.WEB,
    )
    room.wait(minutes=1)
    room.grading.override(IVO, HERE, attempt, None, why="It was another attempt.")
    assert (stored(room, attempt).points, room.grading.history(IVO, HERE, attempt).changed) == (2, False)
    assert_recomputed(room)


def test_only_a_graded_attempt_of_the_cohorts_learner_is_given_points_it_has(room: Classroom) -> None:
    mine, theirs = room.attempts[ANN.id], room.attempts[GUS.id]  # type: ignore[attr-defined]
    with pytest.raises(NotFound):
        room.grading.override(IVO, HERE, theirs, 1, why=WHY)
    for wrong in (3.5, -1, float("nan")):
        with pytest.raises(Refused, match="between 0 and 3 points"):
            room.grading.override(IVO, HERE, mine, wrong, why=WHY)
    with pytest.raises(Refused, match="Nobody has changed"):
        room.grading.override(IVO, HERE, mine, None, why=WHY)
    with room.uow.read() as tx:
        assert tx.audit.of_cohort(HERE) == ()


def test_the_history_of_an_attempt_names_who_decided_what(room: Classroom) -> None:
    attempt = room.attempts[ANN.id]  # type: ignore[attr-defined]
    room.grading.regrade(IVO, HERE, "one", apply=True, why=WHY)
    room.teach.override(attempt, points=1, apply=True, by="The office", why="Late.")
    found = room.grading.history(LEA, HERE, attempt)
    assert [(r.kind, r.by) for r in found.view.rulings] == [(ActKind.REGRADE, "Ivo"), (ActKind.OVERRIDE, "The office")]
    assert (found.name, found.questions[1]) == ("Ann", "one")
    with pytest.raises(NotFound):
        room.grading.history(IVO, HERE, room.attempts[GUS.id])  # type: ignore[attr-defined]
    with room.uow.read() as tx:
        (entry,) = tx.audit.of_site()
    assert (entry.action, entry.actor, entry.via, entry.person) == ("gradebook.override", None, Via.COMMAND, ANN.id)
