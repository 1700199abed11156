"""The gradebook of a cohort from what learners did, its files, and what learners see of it."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import pytest

from course.access.assignments import Late, LateKind
from course.errors import NotAllowed, NotFound, Refused
from course.interop import answers_long
from course.learning.responses import Response, ResponseKind
from course.services.teach import long_table
from course.services.teach.book_views import Show
from course.storage.stores.notices import Announcement
from tests.people import ANN, BEA, CAI
from tests.services.classroom import Classroom
from tests.services.teaching import CHECK, FIRST, HERE, IVO, LEA, ODA, SECOND, assign, audited, cohort_in, more_learners

DAY = timedelta(days=1)


@pytest.fixture
def room(room: Classroom) -> Classroom:
    cohort_in(room)
    return room


def shares(room: Classroom, **how: object) -> dict[str, list[float | None]]:
    view = room.classes.gradebook(IVO, HERE, **how)  # type: ignore[arg-type]
    return {
        row.name: [*(None if c.share is None else round(c.share, 4) for c in row.cells), row.total and round(row.total, 4)]
        for row in view.rows
    }


def test_scores_come_from_the_best_attempt_under_the_late_rule(room: Classroom) -> None:
    assign(room, due=room.now + DAY, closes=room.now + 5 * DAY, late=Late(LateKind.PENALTY, 0.1, 0.5))
    room.take(ANN.id, "check-first", right=2)
    room.wait(days=2)
    room.take(ANN.id, "check-first", right=3)
    room.take(BEA.id, "check-first", right=3)
    assert shares(room) == {"Ann": [0.8, 0.8], "Bea": [0.8, 0.8], "Cai": [None, None]}
    room.wait(days=4)
    assert shares(room)["Cai"] == [0.0, 0.0], "nothing until the close counts as nothing"


def test_the_gradebook_agrees_with_following_and_the_learners_page(room: Classroom) -> None:
    week, later = assign(room, FIRST, due=room.now + DAY), assign(room, SECOND, title="Week 2", weight=3)
    room.read(ANN.id, "first")
    room.take(ANN.id, "check-first", right=3)
    room.read(ANN.id, "second")
    room.open(BEA.id, "first", "intro")
    room.wait(days=2)
    assert shares(room) == {"Ann": [1.0, 1.0, 1.0], "Bea": [None, None, None], "Cai": [None, None, None]}
    first, second = room.classes.cohort(IVO, HERE).lines
    assert (first.finished, first.in_progress, first.not_started, first.late) == (1, 1, 1, 2)
    assert (second.finished, second.not_started, second.median) == (1, 2, 1.0)
    view = room.classes.follow(LEA, HERE, week)
    assert [(f.name, f.state, f.late) for f in view.followers] == [("Ann", 4, False), ("Bea", 3, True), ("Cai", 2, True)]
    page = room.classes.learner(IVO, HERE, ANN.id)
    assert [(a.id, a.share) for a in page.assignments] == [(week, 1.0), (later, 1.0)]
    assert (page.total, page.label, len(page.attempts), page.practised_right) == (1.0, "pass", 1, 1)


def test_weights_drops_and_labels_follow_the_settings(room: Classroom) -> None:
    assign(room, CHECK)
    assign(room, SECOND, title="Week 2", weight=3)
    room.take(ANN.id, "check-first", right=0)
    room.read(ANN.id, "second")
    assert shares(room)["Ann"] == [0.0, 1.0, 0.75]
    steps = [("A", 0.9), ("B", 0.5)]
    room.classes.grade_settings(IVO, HERE, drop_lowest=1, steps=steps, below="C", show_mean=False, show_place=False)
    row = room.classes.gradebook(IVO, HERE).rows[0]
    assert (row.total, row.label, [c.dropped for c in row.cells]) == (1.0, "A", [True, False])
    assert audited(room)[-1][0] == "gradebook.edit"
    with pytest.raises(Refused, match="must fall"):
        room.classes.grade_settings(IVO, HERE, drop_lowest=0, steps=steps[::-1], below="C", show_mean=False, show_place=False)


def test_a_grade_is_changed_with_a_reason_that_stays(room: Classroom) -> None:
    one = assign(room)
    room.take(ANN.id, "check-first", right=0)
    for share, reason, says in ((0.5, " ", "why"), (1.5, "x", "between"), (None, "x", "was not changed")):
        with pytest.raises(Refused, match=says):
            room.classes.override(IVO, HERE, one, ANN.id, share, reason)
    room.classes.override(IVO, HERE, one, ANN.id, 0.9, "Spoken  exam")
    room.wait(minutes=1)
    room.classes.override(IVO, HERE, one, ANN.id, None, "A mistake")
    assert shares(room)["Ann"] == [0.0, 0.0]
    room.wait(minutes=1)
    room.classes.override(IVO, HERE, one, ANN.id, 0.8, "Again")
    assert shares(room, show=Show.CHANGED) == {"Ann": [0.8, 0.8]}
    history = room.classes.grade_history(IVO, HERE, one, ANN.id)
    assert [(h.before, h.share, h.reason, h.by_name) for h in history] == [
        (0.0, 0.9, "Spoken exam", "Ivo"), (0.9, None, "A mistake", "Ivo"), (0.0, 0.8, "Again", "Ivo")
    ]  # fmt: skip
    assert [(a, p) for a, p, _ in audited(room)][1:] == [("gradebook.override", ANN.id)] * 3
    assert len(room.classes.grade_history(ANN.id, HERE, one, ANN.id)) == 3, "the learner reads their own"


def test_sorting_filtering_and_pages(room: Classroom) -> None:
    one = assign(room, due=room.now + DAY)
    more_learners(room, [f"n{n:02}" for n in range(60)])
    room.take(BEA.id, "check-first", right=3)
    room.take(CAI.id, "check-first", right=1)
    assert list(shares(room, sort=one, down=True))[:3] == ["Bea", "Cai", "Ann"]
    assert list(shares(room, sort="total"))[:2] == ["Cai", "Bea"]
    assert list(shares(room, group="Monday")) == ["Ann", "Bea"]
    assert list(shares(room, text="CAI")) == ["Cai"]
    view = room.classes.gradebook(IVO, HERE, number=99)
    assert (view.page, view.pages, view.found, len(view.rows)) == (2, 2, 63, 13)
    room.wait(days=2)
    assert "Bea" not in shares(room, show=Show.MISSING)


def test_every_file_agrees_with_the_page(room: Classroom) -> None:
    one = assign(room)
    room.take(ANN.id, "check-first", right=3)
    room.take(BEA.id, "check-first", right=0)
    room.classes.exempt(IVO, HERE, one, [CAI.id])
    for form, column, out in (("csv", 4, "exempt"), ("moodle", 3, ""), ("canvas", 5, "EX")):
        _, name, data = room.classes.export(LEA, HERE, form)
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert [line[column] for line in lines if line[0] in ("Ann", "Bea", "Cai")] == ["100", "0", out]
        assert name == "Group B"
    assert room.classes.export(IVO, HERE, "xlsx")[2].startswith(b"PK")
    with pytest.raises(NotFound):
        room.classes.export(IVO, HERE, "pdf")


def test_the_long_form_has_each_question_of_each_attempt(room: Classroom) -> None:
    assign(room)
    room.take(ANN.id, "check-first", right=2)
    room.take(BEA.id, "check-first", right=0)
    kept = io.BytesIO()
    assert room.classes.long_form(IVO, HERE, kept.write) == "Group B"
    lines = long_lines(kept)
    assert [(r["name"], r["state"]) for r in lines] == [*[("Ann", "right")] * 2, ("Ann", "wrong"), *[("Bea", "wrong")] * 3]
    assert {r["objective"] for r in lines} == {"aim"}
    assert {r["seconds"] for r in lines} == {"1"}
    assert {r["started_at"][-6:] for r in lines} == {"+00:00"}
    assert [datetime.fromisoformat(lines[n]["handed_in_at"]) for n in (2, 5)] == [room.now - timedelta(seconds=4), room.now]
    assert all(r["version"] for r in lines)
    hers = io.BytesIO()
    assert room.classes.learner_answers(IVO, HERE, BEA.id, hers.write) == "Bea"
    assert long_lines(hers) == lines[3:]


def test_the_last_answer_counts_in_the_long_form_and_a_hint_is_none(room: Classroom) -> None:
    assign(room)
    attempt = room.study.start(ANN.id, "check-first", "s")
    first, second, _ = (slot.position for slot in room.study.attempt(ANN.id, attempt).slots)
    for wait, position, answer in ((2, first, "b"), (3, second, "a"), (7, first, "a")):
        room.wait(seconds=wait)
        room.study.save(ANN.id, attempt, position, answer)
    with room.uow.write() as tx:
        tx.attempts.append(attempt, Response(second, room.now + timedelta(seconds=1), ResponseKind.HINT, None))
    room.study.submit(ANN.id, attempt, "k")
    kept = io.BytesIO()
    room.classes.long_form(IVO, HERE, kept.write)
    assert [(r["state"], r["seconds"]) for r in long_lines(kept)] == [("right", "7"), ("right", "5"), ("omitted", "")]


def test_the_long_form_holds_a_few_learners_at_a_time(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assign(room)
    more_learners(room, [f"n{n}" for n in range(5)])
    people = [ANN.id, BEA.id, CAI.id, *(f"n{n}" for n in range(5))]
    for one in people:
        room.take(one, "check-first", right=1)
    whole = io.BytesIO()
    room.classes.long_form(IVO, HERE, whole.write)
    monkeypatch.setattr(long_table, "AT_ONCE", 3)
    monkeypatch.setattr(answers_long, "LINES", 1)
    pieces: list[bytes] = []
    room.classes.long_form(IVO, HERE, pieces.append)
    assert b"".join(pieces) == whole.getvalue()
    assert len(pieces) == 1 + len(people), "the heading, and a piece an attempt"
    assert [r["name"] for r in long_lines(whole)][::3] == ["Ann", "Bea", "Cai", *(f"Learner n{n}" for n in range(5))]


def long_lines(kept: io.BytesIO) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(kept.getvalue().decode("utf-8-sig"), newline="")))


def test_learners_see_their_own_line_and_of_the_class_what_is_allowed(room: Classroom) -> None:
    assign(room)
    room.take(ANN.id, "check-first", right=3)
    (own,) = room.classes.own_grades(ANN.id)
    assert (own.cohort, own.total, own.mean, own.place, own.note) == ("Group B", 1.0, None, None, "")
    room.classes.grade_settings(IVO, HERE, drop_lowest=0, steps=[("pass", 0.7)], below="fail", show_mean=True, show_place=True)
    assert "fewer than 5" in room.classes.own_grades(ANN.id)[0].note
    more_learners(room, ["n1", "n2"])
    for one in ("n1", "n2", BEA.id, CAI.id):
        room.take(one, "check-first", right=0)
    (own,) = room.classes.own_grades(ANN.id)
    assert (own.mean, own.place, own.of, own.grades[0].mean) == (0.2, 1, 5, 0.2)


def test_others_learn_nothing(room: Classroom) -> None:
    one, told = assign(room), Announcement(1, HERE, "t", "b", room.now)
    asks = [
        lambda who: room.classes.cohort(who, HERE),
        lambda who: room.classes.choices(who, HERE),
        lambda who: room.classes.assignment(who, HERE, one),
        lambda who: room.classes.follow(who, HERE, one),
        lambda who: room.classes.learner(who, HERE, BEA.id),
        lambda who: room.classes.gradebook(who, HERE),
        lambda who: room.classes.grade_history(who, HERE, one, BEA.id),
        lambda who: room.classes.export(who, HERE, "csv"),
        lambda who: room.classes.long_form(who, HERE, pytest.fail),
        lambda who: room.classes.learner_answers(who, HERE, BEA.id, pytest.fail),
        lambda who: room.classes.announced(who, HERE),
        lambda who: room.classes.nudge(who, HERE, one, [BEA.id], "http://x"),
        lambda who: room.classes.extend(who, HERE, one, [BEA.id], due=room.now + DAY),
        lambda who: room.classes.exempt(who, HERE, one, [BEA.id]),
        lambda who: room.classes.override(who, HERE, one, BEA.id, 1.0, "x"),
        lambda who: room.classes.withdraw(who, HERE, one),
        lambda who: room.classes.announce(who, HERE, "t", "b"),
        lambda who: room.classes.change_announcement(who, HERE, told, "t", "b"),
    ]
    for ask in asks:
        with pytest.raises(NotFound):
            ask(ODA)
        with pytest.raises(NotAllowed):
            ask(ANN.id)
    for ask in asks[-6:]:
        with pytest.raises(NotAllowed):
            ask(LEA)
