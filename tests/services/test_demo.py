"""The demo's cohort is what the course itself would have stored, and its abilities can be found again in its answers."""

from __future__ import annotations

import io

import numpy as np
import pytest

from course.bootstrap import Process, build
from course.cli import main
from course.errors import Refused
from course.services.demo import Demo
from course.services.demo.people import abilities, invented
from course.settings import ROOT
from tests.people import GUS
from tests.services.classroom import Classroom


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Process:
    """The real course in an empty database."""
    made = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("demo")), "COURSE_CONTENT": str(ROOT)})
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
    with pytest.raises(Refused, match="holds 31 people"):
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
    assert "demo-instructor-1" in out.getvalue()
    assert main(["demo", "--learners", "3"], out, err) == 1
    assert "COURSE_DATA_DIR=/tmp/demo" in err.getvalue()


def test_it_fills_every_kind_of_database(room: Classroom) -> None:
    made = Demo(room.uow, lambda: room.catalogue, lambda: room.now, lambda: "word", lambda word: f"hash of {word}").fill(8, 1, beside=True)
    assert room.classes.gradebook(made.instructor, made.cohort).learners == 8
    after = room.take(GUS.id, "closing")
    assert after > made.attempts, "the database counts on after what was filled in"
