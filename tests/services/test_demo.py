"""The demo's classes are what the course itself would have stored, and what was put into them is found again by the lead's pages."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import numpy as np
import pytest

from course.analytics.study_support import SupportGroup
from course.bootstrap import Process, build
from course.cli import main
from course.errors import Refused
from course.questions import by_name
from course.services.demo import Demo, Filled
from course.services.demo.papers import paper
from course.services.demo.people import abilities, beliefs, invented
from course.services.demo.plan import odd
from course.services.demo.work import learned, right_by_chance
from course.services.insight import Lens
from course.settings import ROOT
from course.storage.stores.answers import Asked
from tests.people import GUS
from tests.services.classroom import Classroom

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Process:
    """The real course in an empty database, always on the same morning: what is late by the hour counts less."""
    folder = str(tmp_path_factory.mktemp("demo"))
    made = build({"COURSE_DATA_DIR": folder, "COURSE_CONTENT": str(ROOT)}, clock=lambda: MORNING)
    made.prepare()
    return made


def test_a_demo_is_in_order(process: Process) -> None:
    made = process.demo.fill(30, 1)
    assert process.teach.recompute().in_order, "every stored score follows from the log"
    view = process.classes.gradebook(made.instructor, made.cohort)
    assert (view.learners, len(view.columns)) == (30, made.assignments)
    assert {line.late > 0 for line in process.classes.cohort(made.instructor, made.cohort).lines} == {True, False}
    totals = {row.learner: row.total for row in process.classes.gradebook(made.instructor, made.cohort, sort="total").rows}
    page = process.classes.learner(made.instructor, made.cohort, made.learner)
    assert page.total == totals[made.learner]
    with pytest.raises(Refused, match="holds 53 people"):
        process.demo.fill(5, 2)
    with pytest.raises(Refused, match="stands in this database already"):
        process.demo.fill(5, 1, beside=True)
    assert process.demo.fill(5, 2, beside=True).learners == 5


def test_scores_follow_the_known_abilities(process: Process) -> None:
    made = process.demo.fill(80, 7, beside=True)
    ability = {p.id: p.ability for p in invented(7, 80)}
    rows = [r for number in (1, 2) for r in process.classes.gradebook(made.instructor, made.cohort, number=number).rows]
    pairs = np.array([(ability[r.learner], r.total) for r in rows if r.total is not None])
    assert np.corrcoef(pairs.T)[0, 1] > 0.5


def test_abilities_depend_on_the_seed_alone() -> None:
    assert (abilities(3, 10) == abilities(3, 10)).all()
    assert (abilities(3, 10) != abilities(4, 10)).all()


def test_the_command_says_how_to_look_at_it(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    out, err = io.StringIO(), io.StringIO()
    assert main(["demo", "--learners", "3"], out, err) == 0, err.getvalue()
    password = out.getvalue().split("with the password ")[1].split()[0]
    process = build({"COURSE_DATA_DIR": str(tmp_path)})
    for number, role in enumerate(("learner", "instructor", "lead", "admin")):
        assert f"demo-{role}-1 " in out.getvalue()
        process.people.sign_in(f"demo-{role}-1", password, str(number) * 43)
    process.storage.close()
    assert main(["demo", "--learners", "3"], out, err) == 1
    assert "COURSE_DATA_DIR=/tmp/demo" in err.getvalue()


def test_it_fills_every_kind_of_database(room: Classroom) -> None:
    made = Demo(room.uow, lambda: room.catalogue, lambda: room.now, lambda: "word", lambda word: f"hash of {word}").fill(8, 1, beside=True)
    assert room.classes.gradebook(made.instructor, made.cohort).learners == 8
    after = room.take(GUS.id, "closing")
    assert after > made.attempts, "the database counts on after what was filled in"


@pytest.fixture(scope="module")
def known(process: Process) -> Filled:
    """A class of 90 whose truth is looked for."""
    return process.demo.fill(90, 3, beside=True)


def share(process: Process, quiz_id: str, year: int, people: int) -> float:
    """What everybody is expected to have in the quiz, by the model that the answers were drawn from."""
    quiz, unlike = process.catalogue().course.quizzes[quiz_id], odd(process.catalogue())
    sheet = paper(quiz, 1)
    assert sheet is not None
    chances = [right_by_chance(ask, p.ability + learned(quiz), unlike, year) for p in invented(3, people, year) for ask in sheet.asks]
    return float(np.mean(chances))


def test_gain_and_what_stayed_are_what_was_put_in(process: Process, known: Filled) -> None:
    gained = process.insight.gains(known.lead, Lens(known.cohort)).comparisons[0].whole
    assert gained.pairs > 40
    assert gained.only_before > 5, "those who left"
    put_in = share(process, "posttest", 0, 90) - share(process, "pretest", 0, 90)
    assert gained.difference.value == pytest.approx(put_in, abs=0.05)
    stayed = {c.after: c for c in process.insight.gains(known.lead, Lens(known.earlier)).comparisons if not c.retention and c.shared}
    for name in ("followup-30", "followup-90"):
        quiz = process.catalogue().course.quizzes[name]
        left = stayed[quiz.title]
        anchors = frozenset(e.question.id for e in quiz.entries)
        assert left.shared == len(anchors) == 10
        assert left.whole.pairs > 20
        assert left.whole.after.value == pytest.approx(share(process, name, 1, 60), abs=0.08)
        assert (left.whole.difference.low or 0) > 0, "half a year later more is known than before"


def test_certain_and_wrong_are_those_who_hold_the_misconception(process: Process, known: Filled) -> None:
    course = process.catalogue().course
    people = (*invented(3, 90), *invented(3, 60, 1))
    held = beliefs(3, people, course.misconceptions)
    view = process.insight.certainty(known.lead, Lens(known.cohort))
    with process.storage.read() as tx:
        columns = tx.answers.answers(Asked(known.cohort))
    found: dict[str, set[str]] = {}
    for row in np.flatnonzero((columns.certainty == 3) & (columns.score <= 0)).tolist():
        question = process.catalogue().questions[columns.questions[columns.question[row]]]
        comments = by_name(question.type).comments(question.body, columns.responses[columns.response[row]])
        misconception = next(c.misconception for c in comments if c.misconception)
        found.setdefault(misconception, set()).add(columns.learners[columns.learner[row]])
    assert {(who, m) for m, those in found.items() for who in those} <= held
    assert {row.id: row.found.learners for row in view.rows} == {m: len(those) for m, those in found.items()}
    assert len(view.rows) > 5


def test_the_question_that_goes_against_ability_stands_first(process: Process, known: Filled) -> None:
    first = process.insight.items(known.lead, Lens(known.cohort, "pretest")).rows[0]
    assert first.id == known.odd.against
    assert {flag.code for flag in first.flags} & {"against", "option-above-key"}
    assert first.reports == 3


def test_the_question_that_became_easier_is_the_clearest_change(process: Process, known: Filled) -> None:
    view = process.insight.compare(known.lead, Lens(known.cohort, "pretest"), known.earlier)
    assert view.drifted[0].id == known.odd.changed
    assert (view.drifted[0].drift.odds_ratio.low or 0) > 1
    assert all(not (q.difference.low or 0) > 0.1 for q in view.quizzes), "the two classes are of the same ability"


def test_who_left_is_found_by_study_support(process: Process, known: Filled) -> None:
    left = {p.id for p in invented(3, 90) if p.leaves < 0.7}
    rows = {row.learner: row for row in process.insight.support(known.lead, Lens(known.cohort)).rows}
    assert left
    assert {rows[who].finding.group for who in left} <= {SupportGroup.SILENT, SupportGroup.STRUGGLING}
    assert SupportGroup.ON_TRACK in {row.finding.group for row in rows.values()}
