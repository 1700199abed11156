"""How hard questions are is estimated on a day and kept: others' answers move nobody's mastery until it is done again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from course.cli import main
from course.errors import Refused
from course.learning.mastery import DIFFICULTY, MasteryState
from course.learning.policy import Kind
from course.services.insight import Insight, Lens
from course.services.study import Study
from course.services.study.views import MasteryView
from course.services.teach import Teach
from course.storage.stores.calibrations import LABELS, StoredCalibration
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests import factories
from tests.answered import BEGUN, by_strength, cohort, hand_in, learner_id, right, wrong
from tests.people import BEA

PEOPLE = 40
ASKED = [factories.single_choice(f"one-{n}") for n in range(6)]
COURSE = factories.catalogue(
    [factories.module("first", [factories.cell("intro")])],
    [factories.quiz("q", ASKED, Kind.CHECKPOINT, module="first"), factories.quiz("opening", ASKED, Kind.PRETEST)],
)


class Course:
    def __init__(self, uow: UnitOfWork) -> None:
        self.uow, self.now = uow, BEGUN + timedelta(days=20)
        clock = lambda: self.now  # noqa: E731
        self.teach = Teach(uow, lambda: COURSE, clock)
        self.insight = Insight(uow, lambda: COURSE, clock)
        self.study = Study(uow, lambda: COURSE, clock, lambda: 1)

    def hand_in(self, first: int, last: int, at: datetime = BEGUN, **more: int) -> None:
        with self.uow.write() as tx:
            hand_in(tx, COURSE, "q", range(first, last + 1), by_strength(PEOPLE, 6), at=at, **more)

    def mine(self, who: int) -> MasteryView:
        (found,) = self.study.progress(learner_id(who)).mastery
        return found

    def latest(self) -> StoredCalibration:
        with self.uow.read() as tx:
            return tx.calibrations.latest()


def filled(uow: UnitOfWork) -> Course:
    with uow.write() as tx:
        cohort(tx, PEOPLE + 20, leads=[BEA.id])
    return Course(uow)


@pytest.fixture
def here(sqlite_url: str) -> Iterator[Course]:
    storage = open_storage(sqlite_url)
    yield filled(storage)
    storage.close()


def test_a_calibration_is_kept_under_its_day(uow: UnitOfWork) -> None:
    here = filled(uow)
    here.hand_in(1, PEOPLE)
    assert here.latest() == LABELS
    made = here.teach.calibrate(apply=True)
    assert (made.id, made.answers, {q.firsts for q in made.questions}) == ("2026-10-25", 6 * PEOPLE, {PEOPLE})
    kept = here.latest()
    assert (kept.id, kept.made_at, kept.firsts) == ("2026-10-25", here.now, {q.id: PEOPLE for q in made.questions})
    assert kept.difficulties == {q.id: q.difficulty for q in made.questions}
    ordered = [kept.difficulties[name] for name in sorted(kept.difficulties)]
    assert ordered == sorted(ordered), "later questions are harder here"
    assert {q.before for q in made.questions} == {DIFFICULTY["medium"]}
    again = here.teach.calibrate(apply=True)
    assert (again.id, here.latest().id) == ("2026-10-25.2", "2026-10-25.2")
    assert [q.before for q in again.questions] == [q.difficulty for q in made.questions]


def test_one_of_the_same_id_stays_as_it_is(uow: UnitOfWork) -> None:
    with uow.write() as tx:
        assert tx.calibrations.add(StoredCalibration("d", BEGUN, 1, {"one": 0.5}, {"one": 31}))
        assert not tx.calibrations.add(StoredCalibration("d", BEGUN, 2, {"one": 0.7}, {"one": 41}))
    with uow.read() as tx:
        assert [c.difficulties for c in tx.calibrations.every()] == [{"one": 0.5}]


def test_below_thirty_first_attempts_labels_stay(here: Course) -> None:
    here.hand_in(1, 29)
    assert not here.teach.calibrate_when_due()
    with pytest.raises(Refused, match="30 first attempts"):
        here.teach.calibrate(apply=True)


def test_answers_of_others_move_nobodys_mastery_by_themselves(here: Course) -> None:
    here.hand_in(1, 32)
    labels = here.mine(20)
    here.teach.calibrate(apply=True)
    first = here.mine(20)
    assert first.share != labels.share
    with here.uow.write() as tx:
        hand_in(tx, COURSE, "q", range(33, 61), lambda _w, p, q: right(q) if p > 3 else wrong(q))
    assert here.mine(20) == first
    seen = here.insight.objective(BEA.id, Lens("k"), "aim")
    assert (seen.calibration.id, [p.share for p in seen.people or () if p.learner == learner_id(20)]) == (
        "2026-10-25",
        [pytest.approx(first.share)],
    )
    assert here.study.progress(learner_id(20)).calibration == ("2026-10-25", here.now.date())
    here.teach.calibrate(apply=True)
    assert here.mine(20).share != first.share
    assert here.study.progress(learner_id(20)).calibration == ("2026-10-25.2", here.now.date())


def test_it_makes_one_by_itself_at_most_once_a_day_and_with_a_tenth_more(here: Course) -> None:
    here.hand_in(1, 34)
    assert here.teach.calibrate_when_due()
    here.hand_in(35, 40)
    assert not here.teach.calibrate_when_due(), "on the same day"
    here.now += timedelta(days=1)
    assert here.teach.calibrate_when_due()
    here.now += timedelta(days=1)
    here.hand_in(41, 43)
    assert not here.teach.calibrate_when_due(), "three more of forty are less than a tenth"


def test_a_learner_reads_their_mastery_and_what_it_lacks(here: Course) -> None:
    assert here.mine(1) == MasteryView(
        "aim", "1.1", "Name the aim.", "first", MasteryState.UNKNOWN, *_prior(here), 0, 0, 6, "Answer 3 more of its 6 questions."
    )
    here.hand_in(PEOPLE, PEOPLE)
    found = here.mine(PEOPLE)
    assert (found.questions, found.answers, found.of) == (6, 6, 6)
    assert found.low < found.share < found.high
    assert (found.state is MasteryState.UNKNOWN) == bool(found.missing)
    with here.uow.write() as tx:
        hand_in(tx, COURSE, "q", [3], lambda _w, p, q: right(q) if p % 2 else None)
    wide = here.mine(3)
    assert wide.state is not MasteryState.UNKNOWN or wide.missing.startswith("The answers so far leave anything from")


def test_what_may_not_be_shown_yet_does_not_count(here: Course) -> None:
    with here.uow.write() as tx:
        hand_in(tx, COURSE, "opening", [7], lambda _w, _p, q: right(q))
    before = here.study.progress(learner_id(7))
    assert (before.mastery[0].answers, before.withheld) == (0, 6), "the opening test says its score alone"
    here.hand_in(7, 7, BEGUN + timedelta(days=1))
    after = here.study.progress(learner_id(7))
    assert (after.mastery[0].answers, after.withheld) == (6, 6)
    here.hand_in(8, 8, BEGUN + timedelta(days=1))
    assert _width(after.mastery[0]) > 1.3 * _width(here.mine(8)), "they are second tries, of 0.3 each"


def _width(one: MasteryView) -> float:
    return one.high - one.low


def _prior(here: Course) -> tuple[float, float, float]:
    found = here.mine(2)
    return found.share, found.low, found.high


def test_the_command_says_each_question(here: Course, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    err = io.StringIO()
    assert main(["calibrate"], io.StringIO(), err) == 1
    assert "30 first attempts" in err.getvalue()
