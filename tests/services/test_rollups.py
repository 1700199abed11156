"""What is kept of answers is what the log says, whatever was done in whatever order; and a page computed from it is the same page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from course.access.roles import CohortRole
from course.analytics.responses import Attempts
from course.analytics.rollups import answer_sums
from course.cli import main
from course.errors import CourseError
from course.services.insight import Insight, Lens
from course.services.people.merging import merge
from course.services.study.rolling import kept
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.stores.people import Learner
from course.storage.stores.rollups import LoggedAnswer
from course.storage.tables import rollup_answer, rollup_day, rollup_result
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests.people import ANN, ARRIVED, BEA, CAI, GUS
from tests.services.classroom import Classroom
from tests.services.corrected import SIGNED, assert_recomputed, course, essay, keyed, take

LEAD = Learner("lead", ARRIVED, "Lea")
COHORTS = ("k", "other")
LEARNERS = [one.id for one in (ANN, BEA, CAI, GUS)]
Act = tuple[str, Any]
ACTS = (
    "take",
    "take",
    "take",
    "leave open",
    "notebook",
    "key",
    "void",
    "unvoid",
    "void attempt",
    "void attempt",
    "bring back",
    "override",
    "remove",
    "mark",
    "in",
    "in",
    "out",
    "lead",
    "days",
)


def some_act(chance: Random) -> Act:
    who, place = chance.choice(LEARNERS), chance.choice(COHORTS)
    what: dict[str, Callable[[], Any]] = {
        "take": lambda: (who, [chance.choice(["a", "b", None]), chance.choice("ab"), "Because."][: chance.choice([2, 3])]),
        "leave open": lambda: who,
        "notebook": lambda: (who, chance.choice("ab")),
        "key": lambda: chance.choice("ab"),
        "void": lambda: chance.choice(["one", "why"]),
        "unvoid": lambda: chance.choice(["one", "why"]),
        "void attempt": lambda: chance.randint(1, 4),
        "bring back": lambda: chance.randint(1, 4),
        "override": lambda: (chance.randint(1, 4), chance.choice([0.0, 0.5, 1.0])),
        "remove": lambda: chance.randint(1, 4),
        "mark": lambda: (chance.randint(1, 4), chance.choice([0.0, 0.5, 1.0])),
        "in": lambda: (who, place, CohortRole.LEARNER),
        "lead": lambda: (who, place, CohortRole.INSTRUCTOR),
        "out": lambda: (who, place, None),
        "days": lambda: chance.choice([1, 3, 31]),
        "erase": lambda: who,
        "merge": lambda: (who, chance.choice(LEARNERS)),
    }
    name = chance.choice((*ACTS, "erase", "merge") if chance.random() < 0.3 else ACTS)
    return name, what[name]()


class School:
    """Two cohorts that four people come to and leave, and one quiz with an essay; `course` has its key where it was put last."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.room = Classroom(uow, _course("a"))
        self.insight = Insight(uow, lambda: self.room.catalogue, lambda: self.room.now)
        with uow.write() as tx:
            tx.people.add(LEAD)
            for cohort in COHORTS:
                tx.cohorts.add(Cohort(cohort, cohort.title(), ARRIVED))
                tx.memberships.put(Member(cohort, LEAD.id, CohortRole.LEAD, ARRIVED))
                tx.memberships.put(Member(cohort, ANN.id, CohortRole.LEARNER, ARRIVED))
            tx.cohorts.add_group(Group("g", "k", "Evening", (ANN.id, BEA.id)))

    def do(self, act: Act) -> None:
        """What is refused changes nothing."""
        name, what = act
        steps: dict[str, Callable[[], object]] = {
            "take": lambda: take(self.room, what[0], *what[1]),
            "leave open": lambda: self.room.study.start(what, "quiz", f"open-{self.room.now}"),
            "notebook": lambda: self.room.practise(what[0], "first", "ask", what[1]),
            "key": lambda: self._key(what),
            "void": lambda: self.room.teach.void(what, **SIGNED),
            "unvoid": lambda: self.room.teach.void(what, undo=True, **SIGNED),
            "void attempt": lambda: self.room.teach.void_attempt(what, **SIGNED),
            "bring back": lambda: self.room.teach.void_attempt(what, undo=True, **SIGNED),
            "override": lambda: self.room.teach.override(what[0], share=what[1], **SIGNED),
            "remove": lambda: self.room.teach.remove_override(what, **SIGNED),
            "mark": lambda: self.room.teach.give(what[0], 3, {"block": 3 * what[1], "use": what[1]}, by="Ivo", apply=True),
            "in": lambda: self._member(*what),
            "lead": lambda: self._member(*what),
            "out": lambda: self._member(*what),
            "days": lambda: self._pass(what),
            "erase": lambda: self._erase(what),
            "merge": lambda: self._merge(*what),
        }
        self.room.wait(minutes=1)
        with suppress(CourseError):
            steps[name]()

    def pages(self) -> dict[str, object]:
        """What a lead reads of each cohort, as a whole, of a group, of first and last attempts."""
        found: dict[str, object] = {}
        for cohort in COHORTS:
            for which in Attempts:
                lens = Lens(cohort, "quiz", which=which)
                found[f"{cohort} overview {which}"] = self.insight.overview(LEAD.id, lens)
                other = next(c for c in COHORTS if c != cohort)
                found[f"{cohort} compare {which}"] = replace(self.insight.compare(LEAD.id, lens, other), drifted=())
            found[f"{cohort} choices"] = self.insight.choices(LEAD.id, cohort)
            found[f"{cohort} whichever"] = self.insight.overview(LEAD.id, Lens(cohort))
            found[f"{cohort} objectives"] = self.insight.objectives(LEAD.id, Lens(cohort))
            found[f"{cohort} objective"] = self.insight.objective(LEAD.id, Lens(cohort), "aim")
            found[f"{cohort} support"] = self.insight.support(LEAD.id, Lens(cohort))
        found["group"] = self.insight.overview(LEAD.id, Lens("k", "quiz", group="g"))
        found["group's objectives"] = self.insight.objectives(LEAD.id, Lens("k", group="g"))
        return found

    def _key(self, key: str) -> None:
        self.room.catalogue = _course(key)
        self.room.teach.regrade("one", **SIGNED)
        self.room.teach.regrade("in-place", **SIGNED)

    def _member(self, who: str, cohort: str, role: CohortRole | None) -> None:
        with self.room.uow.write() as tx:
            if tx.people.get(who) is None:
                return
            now = self.room.now
            before = tx.memberships.get(cohort, who, past=True) or Member(cohort, who, CohortRole.LEARNER, now)
            tx.memberships.put(replace(before, role=role or before.role, removed_at=now if role is None else None))

    def _pass(self, days: int) -> None:
        self.room.wait(days=days)
        self.room.study.sweep()

    def _erase(self, who: str) -> None:
        with self.room.uow.write() as tx:
            if tx.people.lock(who) is not None:
                tx.personal_data.erase(who)

    def _merge(self, source: str, target: str) -> None:
        desk: Any = type("Desk", (), {"clock": staticmethod(lambda: self.room.now)})
        with self.room.uow.write() as tx:
            merge(desk, tx, source, target)


def _course(key: str) -> Any:
    return course(keyed("one", key), keyed("two", "a"), essay(), keyed("in-place", key), attempts=None, time_limit=3600.0, grace=0.0)


def _from_the_log(school: School) -> dict[str, object]:
    """The same pages, where nothing is declared to be kept."""
    with school.room.uow.engines.write.begin() as connection:
        connection.execute(text("UPDATE meta SET value = 'none' WHERE key = 'rollups'"))
    pages = school.pages()
    with school.room.uow.write() as tx:
        tx.rollups.declare_ready()
    return pages


def _live(uow: UnitOfWork, acts: Iterator[Act]) -> None:
    school = School(uow)
    for act in acts:
        school.do(act)
        assert_recomputed(school.room)
    with school.room.uow.read() as tx:
        assert tx.rollups.ready()
    told = school.pages()
    logged = _from_the_log(school)
    assert {name: told[name] == logged[name] for name in told} == dict.fromkeys(told, True)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[UnitOfWork]:
    storage = open_storage(sqlite_url)
    yield storage
    storage.close()


@settings(max_examples=12)
@given(st.integers(0, 10**9), st.integers(1, 14))
def test_what_is_kept_is_what_the_log_says(sqlite_template: Path, tmp_path_factory: Any, seed: int, many: int) -> None:
    path = tmp_path_factory.mktemp("rollups") / "course.db"
    shutil.copy(sqlite_template, path)
    storage = open_storage(f"sqlite:///{path}")
    chance = Random(seed)
    try:
        _live(storage, (some_act(chance) for _ in range(many)))
    finally:
        storage.close()


def test_it_is_on_both_databases(uow: UnitOfWork) -> None:
    chance = Random(1)
    _live(uow, (some_act(chance) for _ in range(30)))


def test_nothing_of_the_erased_is_left_in_what_is_kept(uow: UnitOfWork) -> None:
    school = School(uow)
    for who in LEARNERS:
        school.do(("in", (who, "k", CohortRole.LEARNER)))
        school.do(("take", (who, ["a", "b"])))
        school.do(("notebook", (who, "a")))
    for who in LEARNERS:
        school.do(("erase", who))
    with uow.engines.read.connect() as connection:
        left = [connection.execute(select(func.count()).select_from(t)).scalar_one() for t in (rollup_answer, rollup_result, rollup_day)]
    assert left == [0, 0, 0]


def test_dates_are_answered_from_the_log(sqlite: UnitOfWork) -> None:
    school = School(sqlite)
    school.do(("take", (ANN.id, ["a", "a"])))
    first = school.room.now.date()
    school.do(("days", 3))
    school.do(("take", (ANN.id, ["b", "b"])))
    whole, later = Lens("k", "quiz"), Lens("k", "quiz", since=date(first.year, first.month, first.day + 1))
    assert [v.quiz.attempts for v in (school.insight.overview(LEAD.id, one) for one in (whole, later)) if v.quiz] == [2, 1]
    rows = [school.insight.objective(LEAD.id, one, "aim").questions for one in (whole, later)]
    assert [[q.first_tries.n for q in asked if q.id == "one"] for asked in rows] == [[1], [1]]


SPOILED = [
    ("UPDATE rollup_result SET attempts = 7", "results of learner a0000000 at `quiz`: 7 (0.5 and 0.5, 1 not passed) is 1 (0.5 and 0.5, 1 not passed)"),
    ("DELETE FROM rollup_result", "results of learner a0000000 at `quiz`: none is 1 (0.5 and 0.5, 1 not passed)"),
    ("UPDATE rollup_answer SET wrong = 0.5 WHERE question_id = 'one'", "answers of learner a0000000 to `one`: 1 (1; 1 right, 0.5 wrong) is 1 (1; 1 right, 0 wrong)"),
    ("INSERT INTO rollup_answer VALUES ('" + ANN.id + "', 'never', 1, 1, NULL, 1, 0)", "answers of learner a0000000 to `never`: 1 (1; 1 right, 0 wrong) is none"),
    ("UPDATE rollup_day SET attempts = 3", "attempts of cohort k at `quiz` on 2026-11-03: 3 is 1"),
    ("INSERT INTO rollup_day VALUES ('other', 'ghost', '2026-11-03', 2)", "attempts of cohort other at `ghost` on 2026-11-03: 2 is 0"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "told"), SPOILED)
def test_what_is_kept_wrongly_is_named_and_mended(sqlite: UnitOfWork, statement: str, told: str) -> None:
    school, uow = School(sqlite), sqlite
    school.room.catalogue = course(keyed("one", "a"), keyed("two", "a"), attempts=None, pass_mark=0.7)
    school.do(("out", (ANN.id, "other", None)))
    take(school.room, ANN.id, "a", "b")
    with uow.engines.write.begin() as connection:
        connection.execute(text(statement))
    assert school.room.teach.recompute().differing == [told]
    assert school.room.teach.recompute(apply=True).differing == [told]
    assert_recomputed(school.room)


def test_a_database_from_before_is_counted_when_the_course_starts(sqlite: UnitOfWork) -> None:
    school, uow = School(sqlite), sqlite
    for who in LEARNERS:
        school.do(("in", (who, "k", CohortRole.LEARNER)))
        school.do(("take", (who, ["a", "b"])))
    before = school.pages()
    with uow.engines.write.begin() as connection:
        for statement in (
            "DELETE FROM rollup_result",
            "DELETE FROM rollup_answer",
            "DELETE FROM rollup_day",
            "DELETE FROM meta WHERE key = 'rollups'",
        ):
            connection.execute(text(statement))
    assert school.pages() == before, "until then pages read the log"
    assert school.room.teach.build()
    assert_recomputed(school.room)
    assert not school.room.teach.build()
    assert school.pages() == before


def test_the_command_exits_with_1_and_names_it(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    storage = open_storage(sqlite_url)
    with storage.engines.write.begin() as connection:
        connection.execute(text("INSERT INTO cohort VALUES ('k', 'Group', 'UTC', '{}', '2026-11-03T00:00:00.000000Z', NULL)"))
        connection.execute(text("INSERT INTO rollup_day VALUES ('k', 'ghost', '2026-11-03', 2)"))
    storage.close()
    told, err = io.StringIO(), io.StringIO()
    assert main(["recompute", "--check"], told, err) == 1
    assert err.getvalue() == "attempts of cohort k at `ghost` on 2026-11-03: 2 is 0\n"
    assert main(["recompute"], io.StringIO(), io.StringIO()) == 0
    assert main(["recompute", "--check"], told, err) == 0


@given(
    log=st.lists(
        st.builds(
            LoggedAnswer, question=st.sampled_from("abc"), score=st.floats(-1, 1), hinted=st.booleans(), counts=st.booleans(),
            attempt=st.none(), at=st.just(0.0),
        )
    )
)  # fmt: skip
def test_one_learners_answers_come_to_what_columns_of_them_come_to(log: list[LoggedAnswer]) -> None:
    names = list(dict.fromkeys(one.question for one in log))
    columns = answer_sums(
        np.zeros(len(log), dtype=np.int32),
        np.array([names.index(one.question) for one in log], dtype=np.int32),
        np.array([one.score for one in log], dtype=np.float64),
        np.array([one.hinted for one in log], dtype=bool),
        np.array([one.counts for one in log], dtype=bool),
    )
    found = kept(log)
    assert set(found) == set(names)
    for row, code in enumerate(columns.question.tolist()):
        one = found[names[code]]
        assert (one.answers, one.first, one.right, one.wrong) == (
            columns.answers[row], columns.first[row], columns.right[row], columns.wrong[row]
        )  # fmt: skip
        assert one.in_quiz == columns.in_quiz[row] or (one.in_quiz is None and np.isnan(columns.in_quiz[row]))
