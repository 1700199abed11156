"""Handing in once, and looking back as far as the rule allows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from course.errors import Refused
from course.learning.attempts import AttemptState
from course.learning.continuing import StepKind
from course.learning.policy import Kind, Moment, default_reveal
from course.questions.base import State
from course.services.study.views import ResultView
from tests.factories import catalogue, cell, module, multiple_choice, ordering, question, quiz, single_choice, small_course
from tests.people import ANN, BEA
from tests.services.classroom import Classroom


def test_a_result_says_how_it_went(room: Classroom) -> None:
    result = room.study.result(ANN.id, room.take(ANN.id, "check-first", right=2))
    assert (result.points, result.max, result.passed, result.state) == (2.0, 3.0, False, AttemptState.GRADED)
    assert result.fraction == pytest.approx(2 / 3)
    assert (result.score_shown, result.pending, result.by_clock, result.attempts_left, result.minutes) == (True, False, False, 2, 1)
    assert [(o.id, o.right, o.answered) for o in result.by_objective] == [("aim", 2, 3)]
    assert [i.review.state for i in result.items] == [State.RIGHT, State.RIGHT, State.WRONG]
    assert [i.points for i in result.items] == [1.0, 1.0, 0.0]


def test_a_failed_checkpoint_explains_but_keeps_its_key(room: Classroom) -> None:
    result = room.study.result(ANN.id, room.take(ANN.id, "check-first", right=1))
    wrong = result.items[2]
    assert wrong.review.explanation.startswith("Explanation of ")
    assert [c.text[:13] for c in wrong.review.comments] == ["Feedback on b"]
    assert not any(line.key for line in wrong.review.lines)
    assert [line.chosen for line in wrong.review.lines if line.comment] == [True], "feedback on other options would tell the key"
    assert [line.key for line in result.items[0].review.lines if line.chosen] == [True], "what is known to be right is named"
    assert "Once you have passed: the right answers." in result.withheld


def test_an_unanswered_ordering_question_is_not_shown_in_its_right_order(room: Classroom) -> None:
    room.catalogue = catalogue([module("first", [cell("intro")])], [quiz("q", [ordering("o")])])
    lines = room.study.submit(ANN.id, room.study.start(ANN.id, "q", "k"), "s").items[0].review.lines
    assert [line.text for line in lines] != ["Item one", "Item two", "Item three", "Item four"]
    assert not any(line.right for line in lines)


def test_passing_once_opens_the_key_of_every_attempt(room: Classroom) -> None:
    failed = room.take(ANN.id, "check-first", right=0)
    room.take(ANN.id, "check-first")
    result = room.study.result(ANN.id, failed)
    assert all(sum(line.key for line in item.review.lines) == 1 for item in result.items)
    assert result.withheld == ()


def test_options_stand_as_they_stood_when_asked(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    asked = [[o.text for o in s.question.controls[0].options] for s in room.study.attempt(ANN.id, attempt).slots]  # type: ignore[attr-defined]
    result = room.study.submit(ANN.id, attempt, "s")
    assert [[line.text for line in item.review.lines] for item in result.items] == asked


def test_a_pretest_shows_its_score_alone_until_the_posttest(room: Classroom) -> None:
    attempt = room.take(ANN.id, "opening", right=1)
    result = room.study.result(ANN.id, attempt)
    assert (result.score_shown, result.points, result.max, result.items, result.by_objective) == (True, 1.0, 2.0, (), ())
    assert "Feedback" not in repr(result)
    assert "After the closing test" in result.withheld[-1]
    assert room.study.progress(ANN.id).objectives[0].answered == 0
    running = room.study.start(ANN.id, "closing", "k")
    assert room.study.result(ANN.id, attempt).items == (), "a closing test that runs asks the same questions"
    room.study.submit(ANN.id, running, "s")
    room.take(ANN.id, "closing")
    result = room.study.result(ANN.id, attempt)
    assert len(result.items) == 2
    assert all(sum(line.key for line in item.review.lines) == 1 for item in result.items)
    assert room.study.progress(ANN.id).objectives[0].answered == 2
    assert room.study.progress(ANN.id).objectives[0].right == 1, "the first tries are those of the pre-test"


def test_an_exam_shows_the_rest_when_no_attempt_is_left(room: Classroom) -> None:
    room.catalogue = small_course(reveal=default_reveal(Kind.EXAM), attempts=2)
    first = room.take(ANN.id, "check-first")
    assert (room.study.result(ANN.id, first).points, room.study.result(ANN.id, first).items) == (3.0, ())
    room.take(ANN.id, "check-first")
    assert len(room.study.result(ANN.id, first).items) == 3


def test_a_score_that_may_not_be_shown_is_shown_nowhere(room: Classroom) -> None:
    hidden = replace(default_reveal(Kind.CHECKPOINT), score=Moment.NEVER)
    room.catalogue = small_course(reveal=hidden)
    attempt = room.take(ANN.id, "check-first", right=2)
    result = room.study.result(ANN.id, attempt)
    assert (result.score_shown, result.points, result.fraction, result.passed) == (False, None, None, None)
    past = room.study.quiz(ANN.id, "check-first").past[0]
    assert (past.points, past.fraction, past.passed) == (None, None, None)
    assert room.study.home(ANN.id).scores == ()
    assert room.study.home(ANN.id).modules[0].checkpoint == ""
    assert b"0.6667" not in room.study.attempts_csv(ANN.id)


def test_a_passed_over_question_counts_neither_way(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    for slot in room.study.attempt(ANN.id, attempt).slots:
        if slot.question.notice:
            room.study.skip_notice(ANN.id, attempt, slot.position)
        else:
            room.study.save(ANN.id, attempt, slot.position, "a")
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.points, result.max, result.fraction, result.passed) == (2.0, 2.0, 1.0, True)
    assert [i.review.state for i in result.items if i.skipped] == [None]
    assert [(o.right, o.answered) for o in result.by_objective] == [(2, 2)]


def test_unanswered_questions_cost_their_points(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.points, result.max, result.fraction) == (0.0, 3.0, 0.0)
    assert {i.review.state for i in result.items} == {State.OMITTED}


def test_missed_questions_lead_to_where_they_are_taught(room: Classroom) -> None:
    result = room.study.result(ANN.id, room.take(ANN.id, "check-first", right=0))
    taught = {i.question.id: i.taught_in for i in result.items}
    there = taught["c-one"]
    assert there is not None
    assert (there.module, there.cell, there.number, there.title) == ("first", "intro", 1, "Title of intro")
    assert taught["c-two"] is None


def test_handing_in_twice_gives_one_result(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.answer(ANN.id, attempt)
    first = room.study.submit(ANN.id, attempt, "one")
    room.wait(minutes=3)
    assert room.study.submit(ANN.id, attempt, "one") == first
    assert room.study.submit(ANN.id, attempt, "two") == first
    with room.uow.read() as tx:
        taken = tx.personal_data.export(ANN.id)
    assert [e["kind"] for e in taken["event"]].count("quiz_submitted") == 1


def test_two_tabs_handing_in_at_once_give_one_result(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.answer(ANN.id, attempt, right=2)
    results: list[ResultView] = []
    _at_once([lambda n=n: results.append(room.study.submit(ANN.id, attempt, f"tab-{n}")) for n in range(4)])
    assert len(results) == 4
    assert all(r == results[0] for r in results)
    with room.uow.read() as tx:
        assert [e["kind"] for e in tx.personal_data.export(ANN.id)["event"]].count("quiz_submitted") == 1


def test_two_tabs_beginning_at_once_begin_one_attempt(room: Classroom) -> None:
    begun: list[int] = []
    _at_once([lambda n=n: begun.append(room.study.start(ANN.id, "check-first", f"tab-{n}")) for n in range(4)])
    assert len(begun) == 4
    assert len(set(begun)) == 1


def test_two_tabs_answering_in_a_notebook_at_once_count_in_order(room: Classroom) -> None:
    _at_once([lambda r=r: room.practise(ANN.id, "first", "ask", r) for r in "abcd"])
    with room.uow.read() as tx:
        rows = tx.personal_data.export(ANN.id)["practice_response"]
    assert sorted(row["number"] for row in rows) == [1, 2, 3, 4]


def test_many_learners_answer_at_once_and_nothing_is_lost(room: Classroom) -> None:
    attempts = {who: room.study.start(who, "check-first", "k") for who in (ANN.id, BEA.id)}

    def work(who: str) -> None:
        for number in range(12):
            room.study.save(who, attempts[who], 1 + number % 3, "abcd"[number // 3])

    _at_once([lambda: work(ANN.id), lambda: work(BEA.id), lambda: [room.study.home(ANN.id) for _ in range(12)]])
    for attempt in attempts.values():
        with room.uow.read() as tx:
            assert [r.response for r in tx.attempts.log(attempt)] == [r for r in "abcd" for _ in range(3)]


def test_handing_in_after_the_time_grades_what_was_saved(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=600.0)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 1, "a")
    room.wait(minutes=30)
    result = room.study.submit(ANN.id, attempt, "late")
    assert (result.points, result.by_clock, result.minutes) == (1.0, True, 10)
    assert result.submitted_at == room.now.replace(hour=12, minute=11)


def test_looking_at_a_result_the_clock_has_made_grades_it_first(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=600.0)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 1, "a")
    room.wait(minutes=30)
    assert room.study.result(ANN.id, attempt).points == 1.0


def test_a_running_attempt_has_no_result(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "check-first", "k")
    with pytest.raises(Refused, match="not been handed in"):
        room.study.result(ANN.id, attempt)


def test_the_sweep_makes_durable_what_the_clock_has_done(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=600.0)
    timed = room.study.start(ANN.id, "check-first", "k")
    other = room.study.start(BEA.id, "check-first", "k")
    room.study.save(ANN.id, timed, 1, "a")
    assert room.study.sweep(room.now) == 0
    room.wait(minutes=10, seconds=30)
    assert room.study.sweep() == 1
    assert _state(room, timed) is AttemptState.OVERDUE
    room.wait(minutes=1)
    assert room.study.sweep() == 1
    assert _state(room, timed) is AttemptState.GRADED
    assert _state(room, other) is AttemptState.IN_PROGRESS, "half as much time again"
    assert room.study.sweep() == 0
    assert room.study.result(ANN.id, timed).points == 1.0


def test_an_untimed_attempt_is_abandoned_and_costs_none(room: Classroom) -> None:
    attempt = room.study.start(ANN.id, "opening", "k")
    room.study.save(ANN.id, attempt, 1, "a")
    room.wait(days=31)
    assert room.study.quiz(ANN.id, "opening").running is None
    assert room.study.sweep() == 1
    assert _state(room, attempt) is AttemptState.ABANDONED
    with pytest.raises(Refused, match="30 days"):
        room.study.submit(ANN.id, attempt, "s")
    view = room.study.quiz(ANN.id, "opening")
    assert (view.may_begin, view.attempts_left) == (True, 1)
    assert room.study.start(ANN.id, "opening", "again") != attempt


def test_two_sweeps_at_once_grade_once(room: Classroom) -> None:
    room.catalogue = small_course(time_limit=600.0)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.wait(minutes=30)
    changed: list[int] = []
    _at_once([lambda: changed.append(room.study.sweep(room.now)) for _ in range(3)])
    assert sum(changed) == 1
    with room.uow.read() as tx:
        assert [e["kind"] for e in tx.personal_data.export(ANN.id)["event"]].count("quiz_submitted") == 1
    assert _state(room, attempt) is AttemptState.GRADED


def test_a_survey_has_no_share_and_counts_as_done(room: Classroom) -> None:
    asked = question(
        "feel", "likert", scale=[{"id": "1", "text": "Low"}, {"id": "2", "text": "High"}], objective=None, explanation=None, cites=None
    )
    room.catalogue = catalogue([module("first", [cell("intro")])], [quiz("survey", [asked], Kind.SURVEY)])
    attempt = room.study.start(ANN.id, "survey", "k")
    room.study.save(ANN.id, attempt, 1, "2")
    result = room.study.submit(ANN.id, attempt, "s")
    assert (result.state, result.fraction, result.passed, result.disclaimer) == (AttemptState.GRADED, None, None, False)


def test_the_next_step_follows_from_the_result(room: Classroom) -> None:
    room.read(ANN.id)
    failed = room.study.result(ANN.id, room.take(ANN.id, "check-first", right=0))
    assert (failed.next_step.kind, failed.next_step.quiz) == (StepKind.RETRY_CHECKPOINT, "check-first")
    passed = room.study.result(ANN.id, room.take(ANN.id, "check-first"))
    assert passed.next_step.kind is StepKind.READ
    assert passed.next_step.place is not None
    assert passed.next_step.place.cell == "only"


def test_what_was_reviewed_survives_the_quiz_itself(room: Classroom) -> None:
    attempt = room.take(ANN.id, "check-first", right=2)
    before = room.study.result(ANN.id, attempt)
    room.catalogue = catalogue([module("first", [cell("intro")])], [quiz("other", [single_choice("x")])])
    after = room.study.result(ANN.id, attempt)
    assert (after.points, after.max, after.passed, len(after.items)) == (before.points, before.max, before.passed, 3)
    assert [i.question.stem for i in after.items] == [i.question.stem for i in before.items]
    assert (after.may_begin, after.title) == (False, "check-first")


def _state(room: Classroom, attempt: int) -> AttemptState:
    with room.uow.read() as tx:
        found = tx.attempts.get(attempt)
    assert found is not None
    return found.state


def _at_once(steps: list[Callable[[], object]]) -> None:
    """Run all of them in threads that begin together; a failure in any is the test's."""
    failures: list[BaseException] = []
    gate = threading.Barrier(len(steps))

    def run(step: Callable[[], object]) -> None:
        gate.wait()
        try:
            step()
        except BaseException as error:  # noqa: BLE001 (a thread's failure is the test's)
            failures.append(error)

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_partly_right_answer_is_not_missed(room: Classroom) -> None:
    asked = [multiple_choice("both", scoring="each"), single_choice("one")]
    room.catalogue = catalogue([module("first", [cell("only")])], [quiz("q", asked, Kind.CHECKPOINT, shuffle_questions=False)])
    attempt = room.study.start(ANN.id, "q", "k")
    room.study.save(ANN.id, attempt, 1, ["a"])
    room.study.save(ANN.id, attempt, 2, "b")
    result = room.study.submit(ANN.id, attempt, "s")
    (found,) = result.by_objective
    assert (found.right, found.partly, found.answered, found.share) == (0, 1, 2, 0.25)
    (shown,) = room.study.progress(ANN.id).objectives
    assert (shown.right, shown.partly, shown.answered) == (0, 1, 2)
