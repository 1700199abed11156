"""Reading a module, and practising in it."""

from __future__ import annotations

import pytest

from course.content.model import Catalogue, Cell, Module
from course.errors import BadResponse, NotFound
from course.learning.outline import CellKind
from course.learning.policy import Kind, Moment, Reveal
from course.learning.progress import CellState, ModuleState
from course.questions import Question
from course.questions.base import ChooseOne, State
from course.services.study.views import CellView
from tests.factories import catalogue, cell, module, multiple_choice, numeric, quiz, single_choice
from tests.people import ANN
from tests.services.classroom import Classroom

NOBODY = "e0000000-0000-4000-8000-00000000000e"


def cell_of(room: Classroom, cell_id: str, learner: str | None = ANN.id) -> CellView:
    return next(c for c in room.study.module(learner, "first", clinician=True).cells if c.cell.id == cell_id)


def test_a_guest_reads_a_fresh_module(room: Classroom) -> None:
    view = room.study.module(None, "first", clinician=False)
    assert (view.done, view.total, view.state, view.current) == (0, 4, ModuleState.NOT_STARTED, "intro")
    assert [(c.cell.id, c.number, c.state) for c in view.cells] == [
        ("intro", 1, CellState.NOW),
        ("ask", 2, CellState.UNSEEN),
        ("more", 3, CellState.UNSEEN),
        ("extra", 4, CellState.UNSEEN),
        ("check", 5, CellState.UNSEEN),
    ]
    assert (view.previous, view.following) == (None, ("second", "Module second"))


def test_cells_for_clinicians_are_there_only_when_asked_for(room: Classroom) -> None:
    shown = [c.cell.id for c in room.study.module(ANN.id, "first", clinician=True).cells]
    assert shown == ["intro", "ask", "dose", "more", "extra", "check"]
    assert "dose" not in [c.cell.id for c in room.study.module(ANN.id, "first", clinician=False).cells]


def test_an_opened_cell_is_done_and_the_next_is_current(room: Classroom) -> None:
    opened = room.open(ANN.id, "first", "intro")
    assert (opened.done, opened.total, opened.state) == (1, 4, ModuleState.STARTED)
    view = room.study.module(ANN.id, "first", clinician=False)
    assert (view.current, view.minutes_left) == ("ask", 6)
    assert view.cells[0].state is CellState.SEEN


def test_cells_are_opened_one_after_the_other(room: Classroom) -> None:
    assert room.open(ANN.id, "first", "intro", "ask", "more").done == 2


def test_a_cell_that_is_not_there_is_not_opened(room: Classroom) -> None:
    with pytest.raises(NotFound):
        room.open(ANN.id, "first", "nowhere")
    assert room.study.module(ANN.id, "first", clinician=False).done == 0


def test_staying_in_a_cell_adds_no_events(room: Classroom) -> None:
    for _ in range(5):
        room.open(ANN.id, "first", "intro")
        room.wait(seconds=5)
    with room.uow.read() as tx:
        assert len(tx.events.moments(ANN.id)) == 1
    room.wait(minutes=2)
    room.open(ANN.id, "first", "intro")
    with room.uow.read() as tx:
        assert len(tx.events.moments(ANN.id)) == 2


def test_an_erased_profile_writes_nothing_any_more(room: Classroom) -> None:
    for step in (lambda: room.open(NOBODY, "first", "intro"), lambda: room.practise(NOBODY, "first", "ask", "a")):
        with pytest.raises(NotFound, match="profile"):
            step()


def test_unknown_places_are_not_found(room: Classroom) -> None:
    with pytest.raises(NotFound):
        room.study.module(ANN.id, "nowhere", clinician=False)
    with pytest.raises(NotFound, match="asks nothing"):
        room.practise(ANN.id, "first", "intro", "a")


def test_before_answering_nothing_is_given_away(room: Classroom) -> None:
    practice = cell_of(room, "ask", None).practice
    assert practice is not None
    assert (practice.review, practice.response, practice.first, practice.tries) == (None, None, None, 0)
    assert "Feedback" not in repr(practice)
    assert "Explanation" not in repr(practice)


def test_an_answer_is_met_at_once(room: Classroom) -> None:
    view = room.practise(ANN.id, "first", "ask", "b")
    assert view.review is not None
    assert (view.review.state, view.review.score, view.tries, view.first) == (State.WRONG, 0.0, 1, State.WRONG)
    assert [c.text for c in view.review.comments] == ["Feedback on b of p-one."]
    assert view.review.explanation == "Explanation of p-one."
    assert [line.text for line in view.review.lines if line.key] == ["Option a of p-one"]
    assert cell_of(room, "ask").state is CellState.WRONG


def test_trying_again_keeps_the_first_try_apart(room: Classroom) -> None:
    room.practise(ANN.id, "first", "ask", "b")
    view = room.practise(ANN.id, "first", "ask", "a")
    assert (view.tries, view.first) == (2, State.WRONG)
    assert cell_of(room, "ask").state is CellState.RIGHT
    later = cell_of(room, "ask").practice
    assert later is not None
    assert (later.response, later.first) == ("a", State.WRONG)


def test_a_double_click_is_one_try(room: Classroom) -> None:
    room.practise(ANN.id, "first", "ask", "b")
    assert room.practise(ANN.id, "first", "ask", "b").tries == 1


@pytest.mark.parametrize("response", [None, "", [], "no-such-option", 7, {"a": 1}])
def test_blank_and_unreadable_answers_are_no_tries(room: Classroom, response: object) -> None:
    assert room.study.answer_cell(ANN.id, "first", "ask", response, clinician=False).problem
    practice = cell_of(room, "ask").practice
    assert practice is not None
    assert (practice.tries, practice.review) == (0, None)
    assert not cell_of(room, "ask").done


@pytest.mark.parametrize("response", [float("nan"), object(), "x" * 40_000, [[[[[[["a"]]]]]]], "\ud800"])
def test_what_is_no_answer_at_all_is_refused(room: Classroom, response: object) -> None:
    with pytest.raises(BadResponse):
        room.practise(ANN.id, "first", "ask", response)
    assert not cell_of(room, "ask").done


def test_everybody_sees_the_same_order_which_is_not_the_authored_one_for_all(room: Classroom) -> None:
    questions = [single_choice(f"q-{n}") for n in range(12)]
    cells = [cell(q.id, CellKind.QUESTION, question=q.id) for q in questions]
    room.catalogue = a_course(cells, questions)
    orders = [orders_in(room, learner) for learner in (None, ANN.id)]
    assert orders[0] == orders[1]
    assert len({tuple(i[0] for i in order) for order in orders[0]}) > 1


def test_the_reveal_rule_of_the_practice_quiz_holds(room: Classroom) -> None:
    silent = Reveal(*[Moment.NEVER] * 5)
    asked = single_choice("p-one")
    room.catalogue = a_course([cell("ask", CellKind.QUESTION, question="p-one")], [asked], reveal=silent)
    view = room.practise(ANN.id, "first", "ask", "b")
    assert view.review is not None
    assert (view.review.state, view.review.score, view.review.explanation, view.review.comments, view.first) == (None, None, "", (), None)
    assert [line.key for line in view.review.lines] == [False] * 4
    assert cell_of(room, "ask").state is CellState.SEEN


def test_a_question_of_a_graded_quiz_keeps_its_secrets_in_a_notebook(room: Classroom) -> None:
    room.catalogue = a_course([cell("ask", CellKind.QUESTION, question="p-one")], [single_choice("p-one")], kind=Kind.CHECKPOINT)
    view = room.practise(ANN.id, "first", "ask", "b")
    assert view.review is not None
    assert not any(line.key for line in view.review.lines)
    assert (view.review.state, view.review.explanation) == (None, "")


def test_an_edited_question_is_asked_afresh_and_stays_done(room: Classroom) -> None:
    room.practise(ANN.id, "first", "ask", "b")
    room.catalogue = a_course([cell("ask", CellKind.QUESTION, question="p-one")], [single_choice("p-one", stem="Reworded?")])
    practice = cell_of(room, "ask").practice
    assert practice is not None
    assert (practice.changed, practice.response, practice.review, practice.question.stem) == (True, None, None, "Reworded?")
    assert cell_of(room, "ask").done
    assert room.practise(ANN.id, "first", "ask", "b").tries == 2


def test_other_types_are_practised_too(room: Classroom) -> None:
    questions = [multiple_choice("many"), numeric("number", hints=None)]
    room.catalogue = a_course([cell(q.id, CellKind.QUESTION, question=q.id) for q in questions], questions)
    many = room.practise(ANN.id, "first", "many", ["a", "c"])
    number = room.practise(ANN.id, "first", "number", "12 h")
    assert many.review is not None
    assert number.review is not None
    assert (many.review.state, number.review.state) == (State.WRONG, State.RIGHT)
    assert room.study.answer_cell(ANN.id, "first", "number", "twelve", clinician=False).problem


def test_a_module_is_done_with_its_last_cell_and_stays_done(room: Classroom) -> None:
    assert room.open(ANN.id, "second", "only").state is ModuleState.DONE
    room.wait(minutes=2)
    room.open(ANN.id, "second", "only")
    with room.uow.read() as tx:
        assert [e.module for e in tx.events.completions(ANN.id)] == ["second"], "completed once"
    first = room.catalogue.course.modules[0]
    room.catalogue = _with_modules(room, [first, module("second", [cell("only"), cell("added")], number=2)])
    view = room.study.module(ANN.id, "second", clinician=False)
    assert (view.state, view.new_since, view.done, view.total) == (ModuleState.DONE, {"added"}, 1, 2)
    assert [c.new for c in view.cells] == [False, True]
    room.open(ANN.id, "second", "added")
    assert room.study.module(ANN.id, "second", clinician=False).new_since == frozenset()


def test_passing_the_checkpoint_finishes_the_module(room: Classroom) -> None:
    room.read(ANN.id)
    assert room.study.module(ANN.id, "first", clinician=False).state is ModuleState.CELLS_DONE
    room.take(ANN.id, "check-first", right=1)
    check = cell_of(room, "check")
    assert check.checkpoint is not None
    assert (check.state, check.done, check.checkpoint.best) == (CellState.WRONG, False, "1 of 3")
    room.take(ANN.id, "check-first")
    check = cell_of(room, "check")
    assert check.checkpoint is not None
    assert (check.state, check.checkpoint.passed, check.checkpoint.best) == (CellState.RIGHT, True, "3 of 3")
    assert room.study.module(ANN.id, "first", clinician=False).state is ModuleState.DONE


def a_course(cells: list[Cell], questions: list[Question], kind: Kind = Kind.PRACTICE, **rules: object) -> Catalogue:
    return catalogue([module("first", cells)], [quiz("practice-first", questions, kind, module="first", **rules)])


def _with_modules(room: Classroom, modules: list[Module]) -> Catalogue:
    return catalogue(modules, list(room.catalogue.course.quizzes.values()))


def orders_in(room: Classroom, learner: str | None) -> list[list[str]]:
    out = []
    for view in room.study.module(learner, "first", clinician=False).cells:
        assert view.practice is not None
        control = view.practice.question.controls[0]
        assert isinstance(control, ChooseOne)
        out.append([o.id for o in control.options])
    return out
