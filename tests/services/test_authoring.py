"""The preview: open to those who teach and write, closed to everybody else, and nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from course.access.roles import SiteRole
from course.diagnostics import Finding, Place, Severity
from course.errors import NotFound
from course.learning.moments import moments
from course.learning.outline import CellKind
from course.learning.progress import CellState
from course.questions.base import State
from course.services.authoring import PREFIX, Authoring, Findings, Stage, Tried
from course.storage.tables import metadata
from tests import factories
from tests.factories import catalogue, cell, module, question, quiz
from tests.people import ANN
from tests.services.classroom import Classroom
from tests.services.teaching import IVO, LEA, cohort_in

DOSE = question(
    "drawn", "numeric", answer={"expression": "2 * n"}, stem="Twice {{n}}?", variables={"n": {"range": [1, 40], "step": 1}},
    hints=[{"text": "Add it to itself.", "penalty": 0.25}],
)  # fmt: skip
USES: tuple[Callable[[Authoring, str | None], object], ...] = (
    lambda door, who: door.contents(who),
    lambda door, who: door.look(who),
    lambda door, who: door.module(who, "first", Tried(), clinician=True),
    lambda door, who: door.rehearsal(who, Tried()).module(None, "first", clinician=True),
    lambda door, who: door.rehearsal(who, Tried()).answer_cell("", "first", "ask", "a", clinician=True),
    lambda door, who: door.rehearsal(who, Tried()).begin("first", Stage.RIGHT),
    lambda door, who: door.question(who, "c-one"),
    lambda door, who: door.graded(who, "c-one", "a"),
    lambda door, who: door.quiz(who, "check-first", "passed"),
)


def a_door(room: Classroom, found: tuple[Finding, ...] = (), *, everybody: bool = False, clinician_cells: bool = True) -> Authoring:
    findings = Findings(lambda: room.catalogue, known=lambda: None, judge=lambda: found)
    return Authoring(room.uow, lambda: room.catalogue, lambda: room.now, findings, everybody=everybody, clinician_cells=clinician_cells)


@pytest.fixture
def taught(room: Classroom) -> Classroom:
    cohort_in(room)
    return room


def test_it_is_closed_to_learners_and_guests(taught: Classroom) -> None:
    door = a_door(taught)
    for use in USES:
        for nobody in (ANN.id, None, "no such person"):
            with pytest.raises(NotFound):
                use(door, nobody)
        for teacher in (IVO, LEA):
            use(door, teacher)
        use(a_door(taught, everybody=True), None)


def test_a_teacher_without_a_cohort_may_look(taught: Classroom) -> None:
    with taught.uow.write() as tx:
        tx.roles.grant(ANN.id, SiteRole.TEACHER, taught.now)
    assert a_door(taught).contents(ANN.id).title == "A course"


def test_nothing_is_stored(taught: Classroom) -> None:
    before = rows(taught)
    door, tried = a_door(taught), Tried()
    for use in USES:
        use(door, IVO)
    for stage in Stage:
        door.rehearsal(IVO, tried).begin("first", stage)
        door.module(IVO, "first", tried, clinician=True)
    assert rows(taught) == before


def test_a_rehearsal_works_as_the_notebook_does_under_ids_of_its_own(taught: Classroom) -> None:
    door, tried = a_door(taught), Tried()
    fresh = door.module(IVO, "first", tried, clinician=False).view
    assert fresh.id == "preview-first"
    assert [c.cell.id for c in fresh.cells] == [PREFIX + c for c in ("intro", "ask", "more", "extra", "check")]
    rehearsal = door.rehearsal(IVO, tried)
    answered = rehearsal.answer_cell("", fresh.id, fresh.cells[1].cell.id, "b", clinician=False)
    assert answered.module is not None
    assert answered.module.cells[1].state is CellState.WRONG
    assert rehearsal.answer_cell("", fresh.id, fresh.cells[1].cell.id, "no such", clinician=False).problem
    again = door.module(IVO, "first", tried, clinician=False).view.cells[1].practice
    assert again is not None
    assert again.response == "b"
    with pytest.raises(NotFound):
        rehearsal.answer_cell("", fresh.id, fresh.cells[0].cell.id, "a", clinician=False)


@pytest.mark.parametrize(("stage", "state"), [(Stage.FRESH, None), (Stage.RIGHT, State.RIGHT), (Stage.WRONG, State.WRONG)])
def test_a_module_is_brought_to_a_stage(taught: Classroom, stage: Stage, state: State | None) -> None:
    door, tried = a_door(taught), Tried()
    door.rehearsal(IVO, tried).begin("first", Stage.RIGHT)
    door.rehearsal(IVO, tried).begin("first", stage)
    practice = door.module(IVO, "first", tried, clinician=False).view.cells[1].practice
    assert practice is not None
    assert (practice.review.state if practice.review else None) is state


def test_clinician_cells_come_with_their_view_and_never_where_the_site_shows_none(taught: Classroom) -> None:
    shown = a_door(taught).module(IVO, "first", Tried(), clinician=True)
    assert f"{PREFIX}dose" in [c.cell.id for c in shown.view.cells]
    school = a_door(taught, clinician_cells=False).module(IVO, "first", Tried(), clinician=True)
    assert f"{PREFIX}dose" not in [c.cell.id for c in school.view.cells]
    assert (shown.has_clinician, school.has_clinician) == (True, False)


def test_every_kind_of_answer_to_a_question_is_there_with_its_feedback_and_key(taught: Classroom) -> None:
    view = a_door(taught).question(IVO, "c-one")
    by_state = {a.state for a in view.answers}
    assert by_state >= {State.RIGHT, State.WRONG, State.INVALID}
    assert {a.response for a in view.answers if a.state is State.WRONG} == {"b", "c", "d"}
    assert all(a.review.key_shown and a.review.explanation for a in view.answers)
    assert next((line.text[7], line.key, line.feedback) for line in view.options) == ("a", True, "Feedback on a of c-one.")
    assert (view.previous, view.following) == (None, "c-two")


def test_a_drawn_question_is_another_one_with_each_seed(taught: Classroom) -> None:
    taught.catalogue = catalogue([module("m", [cell("ask", CellKind.QUESTION, question="drawn")])], [quiz("p", [DOSE], module="m")])
    door = a_door(taught)
    first, later = door.question(IVO, "drawn", seed=1), door.question(IVO, "drawn", seed=9)
    assert first.values is not None and later.values is not None  # noqa: PT018
    assert first.values != later.values
    assert f"{later.values['n']:g}" in later.asked.stem
    assert door.graded(IVO, "drawn", 2 * later.values["n"], seed=9).state is State.RIGHT
    assert door.graded(IVO, "drawn", 2 * first.values["n"], seed=9).state is State.WRONG
    assert [hint.penalty for hint in later.hints] == [0.25]


def test_the_result_at_each_moment_shows_what_the_quiz_allows_then(taught: Classroom) -> None:
    door = a_door(taught)
    open_result, passed = door.quiz(IVO, "check-first", "not-passed").result, door.quiz(IVO, "check-first", "passed").result
    assert open_result is not None and passed is not None  # noqa: PT018
    assert (open_result.passed, passed.passed) == (False, True)
    assert {item.review.key_shown for item in open_result.items} == {False}
    assert {item.review.key_shown for item in passed.items} == {True}
    assert door.quiz(IVO, "check-first").result is None
    before = door.quiz(IVO, "opening", "passed").result
    assert before is not None
    assert (before.score_shown, before.items) == (True, ())
    asked = door.question(IVO, "c-one", quiz="check-first", moment="open")
    assert not any(a.review.key_shown or a.review.explanation or a.review.state for a in asked.answers)


def test_every_moment_of_every_quiz_can_be_looked_at(taught: Classroom) -> None:
    door = a_door(taught)
    for quiz_id, one in taught.catalogue.course.quizzes.items():
        for moment in moments(one.policy):
            assert (door.quiz(IVO, quiz_id, moment.id).result is not None) is moment.over
        with pytest.raises(NotFound):
            door.quiz(IVO, quiz_id, "no-such-moment")


def test_findings_are_looked_for_once_a_snapshot_and_open_where_they_are(taught: Classroom) -> None:
    looked: list[int] = []

    def judge() -> tuple[Finding, ...]:
        looked.append(1)
        return (Finding("rule", Severity.ERROR, Place("quizzes/check-first.yaml", 2), "a fault"),)

    door = Authoring(
        taught.uow, lambda: taught.catalogue, lambda: taught.now, Findings(lambda: taught.catalogue, lambda: None, judge),
        everybody=True, clinician_cells=True,
    )  # fmt: skip
    assert door.contents(None).found.lines is None
    for _ in range(2):
        (line,) = door.look(None).lines or ()
        assert line.opens is not None
        assert dict(line.opens.query) == {"quiz": "check-first"}
    assert len(looked) == 1
    assert {q.id: q.findings for q in door.contents(None).quizzes}["check-first"] == 1
    taught.catalogue = factories.small_course()
    assert door.contents(None).found.lines is None, "another snapshot: nobody has looked yet"


def test_what_does_not_exist_is_not_found(taught: Classroom) -> None:
    door = a_door(taught)
    for use in (
        lambda: door.module(IVO, "nowhere", Tried(), clinician=False),
        lambda: door.question(IVO, "nothing"),
        lambda: door.quiz(IVO, "no-quiz"),
        lambda: door.graded(IVO, "nothing", "a"),
    ):
        with pytest.raises(NotFound):
            use()


def rows(room: Classroom) -> dict[str, int]:
    """Table -> how many rows it has."""
    with room.uow.read() as tx:
        connection = tx.people.connection
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in metadata.sorted_tables}
