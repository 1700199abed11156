"""Whatever is decided in whatever order, scores follow from log and decisions, and what is taken back leaves no trace in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from course.errors import CourseError
from course.storage.unit_of_work import open_storage
from tests.people import ANN, BEA, CAI
from tests.services.classroom import Classroom
from tests.services.corrected import SIGNED, assert_recomputed, course, essay, keyed, stored, take

Act = tuple[str, Any]
shares = st.sampled_from([0.0, 0.25, 0.5, 1.0])
acts = st.one_of(
    st.tuples(st.just("key"), st.sampled_from("abcd")),
    st.tuples(st.just("spare"), st.sampled_from("abcd")),
    st.tuples(st.just("void"), st.sampled_from(["one", "two", "why"])),
    st.tuples(st.just("unvoid"), st.sampled_from(["one", "two", "why"])),
    st.tuples(st.sampled_from(["void attempt", "bring back"]), st.none()),
    st.tuples(st.just("override"), shares),
    st.tuples(st.just("remove"), st.none()),
    st.tuples(st.just("mark"), st.tuples(st.sampled_from(["Ivo", "Lea", "Max"]), shares, st.booleans())),
    st.tuples(st.just("take"), st.sampled_from([ANN.id, BEA.id])),
)


def decide(room: Classroom, attempt: int, act: Act) -> None:
    """Do it, for good; what is refused changes nothing."""
    name, what = act
    steps: dict[str, Callable[[], object]] = {
        "key": lambda: _mended(room, what, spare=False),
        "spare": lambda: _mended(room, what, spare=True),
        "void": lambda: room.teach.void(what, **SIGNED),
        "unvoid": lambda: room.teach.void(what, undo=True, **SIGNED),
        "void attempt": lambda: room.teach.void_attempt(attempt, **SIGNED),
        "bring back": lambda: room.teach.void_attempt(attempt, undo=True, **SIGNED),
        "override": lambda: room.teach.override(attempt, share=what, **SIGNED),
        "remove": lambda: room.teach.remove_override(attempt, **SIGNED),
        "mark": lambda: room.teach.give(attempt, 3, {"block": 3 * what[1], "use": what[1]}, by=what[0], second=what[2], apply=True),
        "take": lambda: take(room, what, "a", "b", "Because."),
    }
    with suppress(CourseError):
        steps[name]()


def _mended(room: Classroom, key: str, *, spare: bool) -> None:
    room.catalogue = _course(key)
    room.teach.regrade("one", spare=spare, **SIGNED)


def _course(key: str) -> Any:
    return course(keyed("one", key), keyed("two", "a"), essay(), attempts=None)


@settings(max_examples=25)
@given(st.lists(acts, max_size=10))
def test_scores_follow_from_log_and_decisions(sqlite_template: Path, tmp_path_factory: Any, steps: list[Act]) -> None:
    path = tmp_path_factory.mktemp("decisions") / "course.db"
    shutil.copy(sqlite_template, path)
    storage = open_storage(f"sqlite:///{path}")
    try:
        room = Classroom(storage, _course("a"))
        attempt = take(room, CAI.id, "a", "b", "Because.")
        for act in steps:
            room.wait(minutes=1)
            before = stored(room, attempt)
            decide(room, attempt, act)
            assert_recomputed(room)
            after = stored(room, attempt)
            assert before.graded_at is None or after.graded_at == before.graded_at, "a result that was there stays there"
            assert after.points is None or 0 <= after.points <= (after.max or 0)
            room.study.result(CAI.id, attempt)
        decide(room, attempt, ("bring back", None))
        for question in ("one", "two", "why"):
            room.teach.void(question, undo=True, **SIGNED)
        decide(room, attempt, ("remove", None))
        _mended(room, "a", spare=False)
        assert_recomputed(room)
        with storage.read() as tx:
            assert [s.score for s in tx.attempts.slots(attempt)[:2]] == [1, 0], "taken back, nothing is left of it"
    finally:
        storage.close()
