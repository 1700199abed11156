"""One attempt voided as a whole: it counts nowhere, its learner reads why, and it comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest

from course.access.assignments import Item, ItemKind
from course.errors import NotFound, Refused
from course.learning.attempts import AttemptState
from course.learning.rulings import ActKind
from course.services.insight import Insight, Lens
from course.storage.stores.audit import Via
from tests.people import ANN, BEA, GUS
from tests.services.classroom import Classroom
from tests.services.corrected import SIGNED, assert_recomputed, stored, take, three, with_essay
from tests.services.teaching import HERE, IVO, LEA, assign, cohort_in

WHY = "The fire alarm rang."
QUIZ = Item(ItemKind.QUIZ, "quiz")


@pytest.fixture
def room(room: Classroom) -> Classroom:
    """Two attempts are allowed; the quiz is assigned to the cohort, in which Ann and Bea learn."""
    room.catalogue = three(attempts=2)
    cohort_in(room)
    assign(room, QUIZ)
    return room


def void(room: Classroom, attempt: int, why: str = WHY) -> None:
    room.grading.void_attempt(IVO, HERE, attempt, why=why)


def back(room: Classroom, attempt: int, why: str = "It was another attempt.") -> None:
    room.grading.void_attempt(IVO, HERE, attempt, undo=True, why=why)


def everywhere(room: Classroom) -> dict[str, object]:
    """What pages of learner, instructor and lead say that follows from attempts."""
    insight = Insight(room.uow, lambda: room.catalogue, lambda: room.now)
    intro, progress, home = room.study.quiz(ANN.id, "quiz"), room.study.progress(ANN.id), room.study.home(ANN.id)
    row = next(r for r in room.classes.gradebook(IVO, HERE).rows if r.learner == ANN.id)
    found = insight.overview(LEA, Lens(HERE, "quiz"))
    files: list[bytes] = []
    room.classes.long_form(IVO, HERE, files.append)
    return {
        "left": (intro.attempts_left, intro.may_begin),
        "progress": (progress.objectives, progress.mastery, progress.withheld, [m.card.checkpoint for m in progress.modules]),
        "home": home.scores,
        "gradebook": (row.total, row.cells),
        "insight": (found.quiz, insight.objectives(LEA, Lens(HERE)), insight.choices(LEA, HERE).quizzes),
        "export": b"".join(files).count(b"three"),
    }


def test_a_voided_attempt_counts_nowhere_and_comes_back_as_it_was(room: Classroom) -> None:
    take(room, BEA.id, "a", "b", "a")
    before = everywhere(room)
    attempt = take(room, ANN.id, "a", "a", "a")
    result, counted = stored(room, attempt), everywhere(room)
    assert {name for name in before if before[name] == counted[name]} == set(), "each of these would show it"
    room.wait(minutes=1)
    void(room, attempt)
    assert everywhere(room) == before
    assert_recomputed(room)
    room.wait(minutes=1)
    back(room, attempt)
    assert everywhere(room) == counted
    assert stored(room, attempt) == result
    assert_recomputed(room)


def test_who_did_it_when_and_why_are_kept_and_audited(room: Classroom) -> None:
    attempt = take(room, ANN.id, "a", "a", "b")
    void(room, attempt)
    room.wait(minutes=1)
    back(room, attempt)
    view = room.grading.history(LEA, HERE, attempt).view
    assert [(r.kind, r.person, r.by, r.why, r.before.points, r.after.points) for r in view.rulings] == [
        (ActKind.ATTEMPT_VOIDED, IVO, "Ivo", WHY, 2, None),
        (ActKind.ATTEMPT_BACK, IVO, "Ivo", "It was another attempt.", None, 2),
    ]
    with room.uow.read() as tx:
        lines = [e for e in reversed(tx.audit.of_cohort(HERE)) if e.action == "attempt.void"]
    assert [(e.actor, e.person, e.subject, e.before, e.after, e.via) for e in lines] == [
        (IVO, ANN.id, f"attempt:{attempt}", {"counts": True}, {"counts": False}, Via.WEB),
        (IVO, ANN.id, f"attempt:{attempt}", {"counts": False}, {"counts": True}, Via.WEB),
    ]


def test_the_learner_reads_that_it_is_voided_and_why_and_nothing_of_its_result(room: Classroom) -> None:
    attempt = take(room, ANN.id, "a", "a", "a")
    void(room, attempt)
    told = "Voided on 3 November 2026: The fire alarm rang."
    (past,), (listed,) = room.study.quiz(ANN.id, "quiz").past, room.study.progress(ANN.id).attempts
    assert (past.state, past.notice, past.fraction, past.points, past.passed) == (AttemptState.VOIDED, told, None, None, None)
    assert listed == past
    (row,) = csv.DictReader(io.StringIO(room.study.attempts_csv(ANN.id).decode()))
    assert (row["state"], row["points"], row["fraction"], row["passed"]) == ("voided", "", "", "")
    result = room.study.result(ANN.id, attempt)
    assert result.notices == ("This attempt was voided on 3 November 2026: The fire alarm rang.",)
    assert (result.points, result.fraction, result.passed, result.score_shown) == (None, None, None, False)
    assert (result.items, result.by_objective, result.withheld, result.confidence) == ((), (), (), None)
    with room.uow.read() as tx:
        assert {s.score for s in tx.attempts.slots(attempt)} == {None}
    room.wait(days=1)
    back(room, attempt)
    result = room.study.result(ANN.id, attempt)
    assert (result.points, result.notices[0]) == (
        3,
        "This attempt was brought back and counts again since 4 November 2026: It was another attempt.",
    )
    assert room.study.quiz(ANN.id, "quiz").past[0].notice == ""


def test_another_attempt_may_be_begun_and_what_comes_back_stands_beside_it(room: Classroom) -> None:
    first, second = take(room, ANN.id, "a", "a", "a"), take(room, ANN.id, "b", "a", "a")
    assert not room.study.quiz(ANN.id, "quiz").may_begin
    void(room, first)
    third = take(room, ANN.id, "b", "b", "a")
    assert [stored(room, a).number for a in (first, second, third)] == [1, 2, 3]
    back(room, first)
    intro = room.study.quiz(ANN.id, "quiz")
    assert (intro.attempts_left, intro.may_begin, len(intro.past)) == (0, False, 3)
    assert_recomputed(room)


def test_what_was_decided_meanwhile_counts_once_it_is_back(room: Classroom) -> None:
    attempt = take(room, ANN.id, "a", "b", "b")
    void(room, attempt)
    room.teach.void("three", **SIGNED)
    assert stored(room, attempt).max is None, "it is left alone"
    back(room, attempt)
    assert (stored(room, attempt).points, stored(room, attempt).max) == (1, 2)
    room.grading.override(IVO, HERE, attempt, 2, why=WHY)
    void(room, attempt)
    back(room, attempt)
    assert (stored(room, attempt).points, stored(room, attempt).passed) == (2, True)
    assert_recomputed(room)


def test_one_that_waits_for_a_person_leaves_their_queue_and_returns_to_it(room: Classroom) -> None:
    room.catalogue = with_essay(attempts=2)
    attempt = take(room, ANN.id, "a", "a", "It blocks.")
    before = stored(room, attempt)
    assert len(room.grading.queue(IVO, HERE).answers) == 1
    void(room, attempt)
    assert room.grading.queue(IVO, HERE).answers == ()
    with pytest.raises((NotFound, Refused)):
        room.grading.give(IVO, HERE, attempt, 3, {"block": 3, "use": 1}, seen=0)
    back(room, attempt)
    assert stored(room, attempt) == before
    assert len(room.grading.queue(IVO, HERE).answers) == 1
    assert_recomputed(room)


def test_only_what_was_handed_in_is_voided_and_only_what_is_voided_comes_back(room: Classroom) -> None:
    done, running = take(room, ANN.id, "a", "a", "a"), room.study.start(BEA.id, "quiz", "k")
    theirs = take(room, GUS.id, "a", "a", "a")
    assert room.grading.history(IVO, HERE, done).may_void
    assert not room.grading.history(LEA, HERE, done).may_void
    assert not room.grading.history(IVO, HERE, running).may_void
    with pytest.raises(Refused, match="still runs"):
        void(room, running)
    with pytest.raises(Refused, match="not voided"):
        back(room, done)
    with pytest.raises(NotFound):
        void(room, theirs)
    void(room, done)
    with pytest.raises(Refused, match="voided already"):
        void(room, done)
    with pytest.raises(Refused, match="no grade to change"):
        room.grading.override(IVO, HERE, done, 1, why=WHY)
    with pytest.raises(Refused, match="was voided"):
        room.study.submit(ANN.id, done, "again")
    room.wait(days=40)
    room.study.sweep()
    with pytest.raises(Refused, match="abandoned"):
        void(room, running)
    with room.uow.read() as tx:
        assert [e.subject for e in tx.audit.of_cohort(HERE) if e.action == "attempt.void"] == [f"attempt:{done}"]


def test_on_the_command_line_it_is_a_dry_run_first(room: Classroom) -> None:
    attempt = take(room, GUS.id, "a", "a", "b")
    before = stored(room, attempt)
    (change,) = room.teach.void_attempt(attempt).attempts
    assert ((change.before.points, change.after.points), stored(room, attempt)) == ((2, None), before)
    with pytest.raises(Refused, match="--by NAME"):
        room.teach.void_attempt(attempt, apply=True, why=WHY)
    room.teach.void_attempt(attempt, **SIGNED)
    assert room.teach.void_attempt(attempt, undo=True).attempts[0].after.points == 2
    assert stored(room, attempt).state is AttemptState.VOIDED
    with room.uow.read() as tx:
        (entry,) = tx.audit.of_site()
    assert (entry.action, entry.via, entry.person) == ("attempt.void", Via.COMMAND, GUS.id)
