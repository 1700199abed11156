"""Marking a cohort's essays from pages: whose they are, who may, drafts, two graders at once, and what the audit keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from course.access.roles import CohortRole
from course.errors import NotAllowed, NotFound, Refused
from course.learning.attempts import AttemptState
from course.services.teach.marking_views import MarkState, Wanted
from course.storage.stores.cohorts import Member
from course.storage.stores.people import Learner
from tests.people import ANN, ARRIVED, BEA, CAI, GUS
from tests.services.classroom import Classroom
from tests.services.corrected import assert_recomputed, course, essay, keyed, stored, take, with_essay
from tests.services.teaching import ELSEWHERE, FIRST, HERE, IVO, LEA, ODA, assign, cohort_in

ANSWER = "It blocks the open channel."
FULL, HALF, NONE = {"block": 3, "use": 1}, {"block": 2, "use": 0}, {"block": 0, "use": 0}
IDA, UDO = "40000000-0000-4000-8000-000000000040", "50000000-0000-4000-8000-000000000050"


@pytest.fixture
def room(room: Classroom) -> Classroom:
    """Ivo, Ida and Udo instruct the cohort in which Ann, Bea and Cai learn."""
    room.catalogue = with_essay()
    cohort_in(room)
    with room.uow.write() as tx:
        for who, name in ((IDA, "Ida"), (UDO, "Udo")):
            tx.people.add(Learner(who, ARRIVED, name))
            tx.memberships.put(Member(HERE, who, CohortRole.INSTRUCTOR, ARRIVED))
    return room


@pytest.fixture
def attempt(room: Classroom) -> int:
    return take(room, ANN.id, "a", "b", ANSWER)


def give(room: Classroom, who: str, attempt: int, points: dict[str, int], **how: object) -> None:
    seen = room.grading.answer(who, HERE, attempt, 3).seen
    room.grading.give(who, HERE, attempt, 3, points, **{"seen": seen, **how})  # type: ignore[arg-type]


def test_the_queue_holds_what_learners_of_the_cohort_wrote(room: Classroom) -> None:
    attempts = [take(room, who.id, "a", "a", ANSWER) for who in (BEA, ANN, GUS)]
    take(room, CAI.id, "a", "a", None)
    queue = room.grading.queue(IVO, HERE)
    assert [(a.attempt, a.position, a.state) for a in queue.answers] == [(one, 3, MarkState.TO_MARK) for one in attempts[:2]]
    assert (queue.marked, queue.total, queue.shares) == (0, 2, ())
    assert "emergency procedure" in queue.advice
    assert room.grading.queue(ODA, ELSEWHERE).answers == ()


def test_marking_is_anonymous_until_instructors_say_otherwise(room: Classroom, attempt: int) -> None:
    def told() -> str:
        return repr((room.grading.queue(IVO, HERE), room.grading.answer(IVO, HERE, attempt, 3)))

    assert "Ann" not in told()
    assert ANN.id[:8] not in told()
    room.grading.set_anonymous(IVO, HERE, False)
    assert "Ann" in told()
    with room.uow.read() as tx:
        newest = tx.audit.of_cohort(HERE)[0]
    assert (newest.subject, newest.before, newest.after) == ("marking", {"anonymous": True}, {"anonymous": False})


def test_answers_are_filtered_by_what_they_are_of_and_how_they_stand(room: Classroom) -> None:
    room.catalogue = course(essay(), essay(id="how"))
    first, second = (take(room, who, ANSWER, "So.") for who in (ANN.id, BEA.id))
    room.grading.give(IVO, HERE, first, 1, FULL, seen=0)
    room.grading.give(IVO, HERE, second, 1, HALF, seen=0, second=True)

    def found(wanted: Wanted) -> list[tuple[int, int]]:
        return [a.place for a in room.grading.queue(IVO, HERE, wanted).answers]

    assert found(Wanted(question="how")) == [(first, 2), (second, 2)]
    assert found(Wanted(state=MarkState.DONE)) == [(first, 1)]
    assert found(Wanted(state=MarkState.SECOND)) == [(second, 1)]
    assert found(Wanted(quiz="elsewhere")) == []
    assert found(Wanted(assignment="none")) == []
    queue = room.grading.queue(IVO, HERE, Wanted(question="why", state=MarkState.SECOND))
    assert (queue.marked, queue.total, queue.shares) == (1, 2, (1.0,))
    assert dict(queue.counts())["full marks"] == 1
    assert queue.questions == ("how", "why")


def test_an_assignment_narrows_the_queue_to_its_quizzes(room: Classroom, attempt: int) -> None:
    mine = assign(room, FIRST)
    queue = room.grading.queue(IVO, HERE, Wanted(assignment=mine))
    assert ([a.attempt for a in queue.answers], dict(queue.assignments)) == ([attempt], {mine: "Week 1"})


def test_a_mark_is_signed_by_the_account_and_gives_the_result(room: Classroom, attempt: int) -> None:
    give(room, IVO, attempt, FULL, comment="Well put.")
    after = stored(room, attempt)
    assert (after.state, after.points) == (AttemptState.GRADED, 5)
    with room.uow.read() as tx:
        (mark,) = tx.rulings.marks(attempt)[3]
        newest = tx.audit.of_cohort(HERE)[0]
    assert (mark.person, mark.by, mark.comment) == (IVO, "Ivo", "Well put.")
    assert (newest.action, newest.actor, newest.person, newest.subject) == ("essay.mark", IVO, ANN.id, f"answer:{attempt}/3")
    assert (newest.before, newest.after) == ({"waits for": "first mark"}, {"waits for": "nothing"}), "no mark stands in the audit"
    assert_recomputed(room)


def test_a_second_grader_judges_unseen_and_a_third_decides(room: Classroom, attempt: int) -> None:
    give(room, IVO, attempt, FULL, second=True)
    mine, theirs = (room.grading.answer(who, HERE, attempt, 3) for who in (IVO, IDA))
    assert (mine.line.open_to_me, theirs.line.open_to_me) == (False, True)
    assert (len(mine.marks), len(theirs.marks), theirs.hidden) == (1, 0, 1)
    assert room.grading.history(IDA, HERE, attempt).marks == {}, "nor can it be looked up elsewhere"
    give(room, IDA, attempt, NONE)
    assert [m.by for m in room.grading.history(LEA, HERE, attempt).marks[3]] == ["Ivo", "Ida"]
    assert stored(room, attempt).state is AttemptState.SUBMITTED
    queue = room.grading.queue(UDO, HERE, Wanted(state=MarkState.DIFFER))
    assert [(a.attempt, a.graders, a.open_to_me) for a in queue.answers] == [(attempt, ("Ivo", "Ida"), True)]
    assert [m.by for m in room.grading.answer(UDO, HERE, attempt, 3).marks] == ["Ivo", "Ida"]
    give(room, UDO, attempt, HALF)
    assert stored(room, attempt).points == 3
    with room.uow.read() as tx:
        assert [e.action for e in tx.audit.of_cohort(HERE)] == ["essay.decide", "essay.mark", "essay.mark"]
    assert "only Udo can change that" in room.grading.answer(IVO, HERE, attempt, 3).why_not
    assert_recomputed(room)


def test_two_graders_at_once_do_not_overwrite_each_other(room: Classroom, attempt: int) -> None:
    looked_at = room.grading.answer(IDA, HERE, attempt, 3).seen
    room.grading.keep_draft(IDA, HERE, attempt, 3, NONE, comment="Too short.")
    give(room, IVO, attempt, FULL)
    with pytest.raises(Refused, match="marked this answer while you had it open"):
        room.grading.give(IDA, HERE, attempt, 3, NONE, seen=looked_at)
    after = room.grading.answer(IDA, HERE, attempt, 3)
    assert (stored(room, attempt).points, len(after.view.marks)) == (5, 1)
    assert after.draft is not None, "what was written is still there"
    assert after.draft.comment == "Too short."


def test_what_was_begun_is_kept_beside_what_others_began(room: Classroom, attempt: int) -> None:
    room.grading.keep_draft(IVO, HERE, attempt, 3, {"block": 2, "style": 9}, comment="First thoughts.", second=True)
    room.grading.keep_draft(IDA, HERE, attempt, 3, {"use": 1})
    room.grading.keep_draft(IVO, HERE, attempt, 3, {"block": 3}, comment="Better.")
    mine = room.grading.answer(IVO, HERE, attempt, 3)
    assert mine.draft is not None
    assert (dict(mine.draft.points), mine.draft.comment, mine.line.draft) == ({"block": 3}, "Better.", True)
    assert mine.line.begun == ("Ida",)
    give(room, IVO, attempt, FULL)
    assert room.grading.answer(IVO, HERE, attempt, 3).draft is None
    assert room.grading.answer(IDA, HERE, attempt, 3).draft is not None
    room.grading.drop_draft(IDA, HERE, attempt, 3)
    assert room.grading.answer(IDA, HERE, attempt, 3).draft is None
    with room.uow.read() as tx:
        assert [e.action for e in tx.audit.of_cohort(HERE)] == ["essay.mark"], "a draft is no change"


def test_next_is_what_waits_for_this_grader(room: Classroom) -> None:
    first, second, third = (take(room, who, "a", "a", ANSWER) for who in (ANN.id, BEA.id, CAI.id))
    give(room, IVO, second, FULL, second=True)
    queue = room.grading.queue(IVO, HERE)
    assert [one.attempt for one in (queue.after((first, 3)), queue.after((third, 3))) if one] == [third, first]
    theirs = room.grading.queue(IDA, HERE).after((first, 3))
    assert theirs is not None
    assert theirs.attempt == second
    for one in (first, third):
        give(room, IVO, one, FULL)
    assert room.grading.queue(IVO, HERE).after((third, 3)) is None


def test_a_withdrawn_question_leaves_the_queue(room: Classroom, attempt: int) -> None:
    give(room, IVO, attempt, FULL)
    room.teach.void("why", apply=True, by="Root", why="Unclear.")
    assert room.grading.queue(IVO, HERE).total == 0
    assert "withdrawn" in room.grading.answer(IVO, HERE, attempt, 3).why_not


def test_an_archived_cohort_is_read_and_not_marked(room: Classroom, attempt: int) -> None:
    with room.uow.write() as tx:
        cohort = tx.cohorts.get(HERE)
        assert cohort is not None
        tx.cohorts.save(replace(cohort, archived_at=room.now))
    assert "archived" in room.grading.answer(IVO, HERE, attempt, 3).why_not
    for act in (lambda: give(room, IVO, attempt, FULL), lambda: room.grading.keep_draft(IVO, HERE, attempt, 3, FULL)):
        with pytest.raises(Refused, match="archived"):
            act()


ACTS: dict[str, Callable[[Classroom, str, int], object]] = {
    "essay.mark queue": lambda room, who, at: room.grading.queue(who, HERE),
    "essay.mark answer": lambda room, who, at: room.grading.answer(who, HERE, at, 3),
    "essay.mark give": lambda room, who, at: room.grading.give(who, HERE, at, 3, FULL, seen=0),
    "essay.mark draft": lambda room, who, at: room.grading.keep_draft(who, HERE, at, 3, FULL),
    "essay.mark drop": lambda room, who, at: room.grading.drop_draft(who, HERE, at, 3),
    "cohort.edit anonymous": lambda room, who, at: room.grading.set_anonymous(who, HERE, False),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_the_cohorts_instructors_mark(room: Classroom, attempt: int, act: str) -> None:
    for who, refusal in ((LEA, NotAllowed), (ANN.id, NotAllowed), (ODA, NotFound), (GUS.id, NotFound)):
        with pytest.raises(refusal):
            ACTS[act](room, who, attempt)
    with room.uow.read() as tx:
        assert (tx.rulings.marks(attempt), tx.audit.of_cohort(HERE)) == ({}, ())
    ACTS[act](room, IVO, attempt)


def test_an_answer_of_another_cohort_does_not_exist_here(room: Classroom) -> None:
    theirs = take(room, GUS.id, "a", "a", ANSWER)
    for act in ("essay.mark answer", "essay.mark give", "essay.mark draft"):
        with pytest.raises(NotFound):
            ACTS[act](room, IVO, theirs)
    with pytest.raises(NotFound):
        room.grading.answer(ODA, ELSEWHERE, take(room, ANN.id, "a", "a", ANSWER), 3)


def test_what_a_machine_grades_is_not_marked_here(room: Classroom) -> None:
    room.catalogue = course(keyed("one", "a"))
    with pytest.raises(NotFound):
        room.grading.answer(IVO, HERE, take(room, ANN.id, "a"), 1)
