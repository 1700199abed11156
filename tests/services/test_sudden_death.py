"""What was shown as saved is there after the process was killed, and a failing database loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from course.errors import StorageUnavailable
from course.learning.attempts import AttemptState
from course.storage.engine import connect
from course.storage.failures import KEPT
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests.people import ANN
from tests.services.classroom import Classroom

ROOT = Path(__file__).parents[2]
VICTIM = """
import json, sys
from course.storage.unit_of_work import open_storage
from tests.people import ANN
from tests.services.classroom import Classroom

room = Classroom(open_storage(sys.argv[1]))
attempt = room.study.start(ANN.id, "check-first", "k")
print(json.dumps({"attempt": attempt}), flush=True)
for number in range(10_000):
    position, response = 1 + number % 3, "abcd"[number // 3 % 4]
    room.study.save(ANN.id, attempt, position, response)
    print(json.dumps({"position": position, "response": response}), flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 20])
def test_killing_the_process_loses_nothing_that_was_shown_as_saved(database_url: str, after: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, database_url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as victim:
        assert victim.stdout is not None
        attempt = json.loads(victim.stdout.readline())["attempt"]
        said = [json.loads(victim.stdout.readline()) for _ in range(after)]
        victim.send_signal(signal.SIGKILL)
        # What it managed to say before it died counts as well; a line cut short was never shown.
        said += [json.loads(line) for line in victim.stdout if line.endswith("\n")]
    assert victim.returncode == -signal.SIGKILL
    room = Classroom(open_storage(database_url))
    with room.uow.read() as tx:
        log = [(r.position, r.response) for r in tx.attempts.log(attempt)]
    shown = [(s["position"], s["response"]) for s in said]
    assert log[: len(shown)] == shown
    assert len(log) - len(shown) <= 1, "at most the answer that was stored and not yet shown"
    assert room.study.submit(ANN.id, attempt, "s").state is AttemptState.GRADED
    room.uow.close()


def test_a_full_disk_refuses_an_answer_and_keeps_the_others(sqlite_url: str) -> None:
    uow = UnitOfWork(connect(sqlite_url))
    room = Classroom(uow)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 1, "a")
    full = _full_disk(uow)
    with pytest.raises(StorageUnavailable, match="full") as caught:
        room.study.save(ANN.id, attempt, 2, "x" * 30_000)
    assert caught.value.kept == KEPT
    assert [(s.response, s.answered) for s in room.study.attempt(ANN.id, attempt).slots[:2]] == [("a", True), (None, False)]
    event.remove(uow.engines.read, "connect", full)
    uow.engines.dispose()
    assert room.study.save(ANN.id, attempt, 2, "a").answered
    assert room.study.submit(ANN.id, attempt, "s").points == 2.0


def test_a_full_disk_at_the_hand_in_leaves_the_attempt_open(sqlite_url: str) -> None:
    uow = UnitOfWork(connect(sqlite_url))
    room = Classroom(uow)
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.answer(ANN.id, attempt)
    full = _fail_at_commit(uow)
    with pytest.raises(StorageUnavailable, match="full"):
        room.study.submit(ANN.id, attempt, "s")
    view = room.study.attempt(ANN.id, attempt)
    assert (view.over, view.answered) == (False, 3)
    event.remove(uow.engines.read, "commit", full)
    uow.engines.dispose()
    assert room.study.submit(ANN.id, attempt, "s").points == 3.0


def test_a_locked_database_refuses_an_answer_and_keeps_the_others(database_url: str) -> None:
    room = Classroom(open_storage(database_url, busy_seconds=0.2))
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 1, "a")
    other = open_storage(database_url)
    with other.write() as tx:
        tx.people.lock(ANN.id)
        with pytest.raises(StorageUnavailable, match="busy") as caught:
            room.study.save(ANN.id, attempt, 2, "a")
        assert caught.value.kept == KEPT
        assert room.study.attempt(ANN.id, attempt).answered == 1, "reading goes on"
    assert room.study.save(ANN.id, attempt, 2, "a").answered
    other.close()
    room.uow.close()


def test_a_read_only_database_shows_everything_and_refuses_answers(sqlite_url: str) -> None:
    room = Classroom(open_storage(sqlite_url))
    attempt = room.study.start(ANN.id, "check-first", "k")
    room.study.save(ANN.id, attempt, 1, "a")
    path = sqlite_url.removeprefix("sqlite:///")
    frozen = Classroom(open_storage(f"sqlite:///file:{path}?mode=ro&uri=true"))
    with pytest.raises(StorageUnavailable, match="cannot be written"):
        frozen.study.save(ANN.id, attempt, 2, "a")
    assert frozen.study.attempt(ANN.id, attempt).answered == 1
    assert frozen.study.home(ANN.id).started
    assert not frozen.study.module(ANN.id, "first", clinician=False).cells[0].done


def _full_disk(uow: UnitOfWork) -> Any:
    """From now on the database may not grow, as if the disk were full."""

    def limit(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(uow.engines.read, "connect", limit)
    uow.engines.dispose()
    return limit


def _fail_at_commit(uow: UnitOfWork) -> Any:
    """From now on the disk fills up in the last moment of a transaction that writes."""

    def fill(connection: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS filler (x)")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(1000000))")

    event.listen(uow.engines.read, "commit", fill)
    return fill
