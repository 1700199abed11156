"""A database that is locked, read-only, full, damaged or gone says so in a sentence, and loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from course.errors import SettingsError, StorageUnavailable
from course.storage import schema
from course.storage.engine import connect
from course.storage.failures import KEPT
from course.storage.stores.people import Learner
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests.people import ANN

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def test_a_locked_database_says_that_it_is_busy(database_url: str) -> None:
    uow = open_storage(database_url, busy_seconds=0.2)
    with _lock_held(database_url), pytest.raises(StorageUnavailable, match="busy") as caught, uow.write() as tx:  # noqa: PT012
        tx.people.lock(ANN.id)
        tx.meta.put("a", "b")
    assert caught.value.kept == KEPT
    with uow.write() as tx:
        tx.meta.put("a", "c")
    assert _meta(uow) == "c"
    uow.close()


def test_reading_goes_on_while_somebody_writes(database_url: str) -> None:
    uow = open_storage(database_url, busy_seconds=0.2)
    with _lock_held(database_url), uow.read() as tx:
        assert tx.people.get(ANN.id) == ANN
    uow.close()


def test_a_read_only_database_says_so_and_still_reads(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    uow = open_storage(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StorageUnavailable, match="cannot be written") as caught, uow.write() as tx:
        tx.meta.put("a", "b")
    assert caught.value.kept == KEPT
    with uow.read() as tx:
        assert tx.people.get(ANN.id) == ANN


def test_a_read_only_postgresql_says_so(database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        pytest.skip("the SQLite side has a test of its own")
    uow = UnitOfWork(connect(database_url))
    event.listen(uow.engines.write, "begin", lambda c: c.exec_driver_sql("SET TRANSACTION READ ONLY"))
    with pytest.raises(StorageUnavailable, match="cannot be written"), uow.write() as tx:
        tx.meta.put("a", "b")
    uow.close()


def test_a_full_disk_says_so_and_keeps_what_was_stored(sqlite_url: str) -> None:
    uow = UnitOfWork(connect(sqlite_url))
    with uow.write() as tx:
        tx.meta.put("a", "before")
    _fill_up(uow)
    with pytest.raises(StorageUnavailable, match="full") as caught, uow.write() as tx:
        tx.meta.put("a", "x" * 200_000)
    assert caught.value.kept == KEPT
    assert _meta(uow) == "before"


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "course.db"
    path.write_bytes(b"this is no database at all " * 100)
    with pytest.raises(StorageUnavailable, match="damaged"):
        schema.prepare(f"sqlite:///{path}")


def test_a_folder_that_is_gone_says_that_the_database_cannot_be_reached(tmp_path: Path) -> None:
    uow = open_storage(f"sqlite:///{tmp_path / 'gone' / 'course.db'}")
    with pytest.raises(StorageUnavailable, match="cannot be reached"), uow.read() as tx:
        tx.people.get(ANN.id)


def test_a_server_that_is_not_there_says_that_the_database_cannot_be_reached(tmp_path: Path) -> None:
    uow = open_storage(f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(StorageUnavailable, match="cannot be reached"), uow.read() as tx:
        tx.people.get(ANN.id)


def test_our_own_mistakes_are_not_dressed_up(uow: UnitOfWork) -> None:
    with pytest.raises(IntegrityError), uow.write() as tx:
        tx.people.add(ANN)
    with uow.read() as tx:
        assert tx.people.get(ANN.id) == ANN


def test_an_exception_stores_nothing(uow: UnitOfWork) -> None:
    with pytest.raises(ZeroDivisionError), uow.write() as tx:  # noqa: PT012
        tx.people.add(Learner("d0000000-0000-4000-8000-000000000009", NOW))
        _ = 1 / 0
    with uow.read() as tx:
        assert tx.people.get("d0000000-0000-4000-8000-000000000009") is None


def test_a_time_without_zone_is_refused(uow: UnitOfWork) -> None:
    with pytest.raises(Exception, match="time zone"), uow.write() as tx:
        tx.people.add(Learner("d0000000-0000-4000-8000-000000000009", datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.mark.parametrize("url", ["mysql://host/name", "nonsense"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        connect(url)


def test_sqlite_flushes_to_disk_and_keeps_its_references(sqlite_url: str) -> None:
    engines = connect(sqlite_url)
    with engines.write.connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_copied_file_holds_everything_once_the_last_connection_is_closed(sqlite_url: str, tmp_path: Path) -> None:
    uow = open_storage(sqlite_url)
    with uow.write() as tx:
        tx.meta.put("a", "kept")
    uow.close()
    copy = tmp_path / "copy.db"
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'a'").fetchall() == [("kept",)]


def test_a_file_put_in_place_of_the_database_is_the_one_written_to(sqlite_url: str, tmp_path: Path) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    uow = open_storage(sqlite_url)
    with uow.write() as tx:
        tx.meta.put("a", "before")
    uow.close()
    shutil.copy(path, tmp_path / "older.db")
    with uow.write() as tx:
        tx.meta.put("a", "after")
    with uow.read() as tx:
        assert tx.meta.get("a") == "after"
    for beside in path.parent.glob(f"{path.name}-*"):
        beside.unlink()
    (tmp_path / "older.db").replace(path)
    assert _meta(uow) == "before"
    uow.close()


def test_many_at_once_share_the_connections(sqlite_url: str) -> None:
    uow = open_storage(sqlite_url)

    def put(number: int) -> None:
        with uow.write() as tx:
            tx.meta.put(f"k{number}", str(number))
        with uow.read() as tx:
            assert tx.meta.get(f"k{number}") == str(number)

    with ThreadPoolExecutor(40) as threads:
        list(threads.map(put, range(200)))
    uow.close()


@contextmanager
def _lock_held(url: str) -> Iterator[None]:
    """Somebody else in the middle of writing for ann."""
    other = open_storage(url)
    with other.write() as tx:
        tx.people.lock(ANN.id)
        yield
    other.close()


def _fill_up(uow: UnitOfWork) -> None:
    """From now on the database may not grow, as if the disk were full."""

    @event.listens_for(uow.engines.read, "connect")
    def limit(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    uow.engines.dispose()


def _meta(uow: UnitOfWork) -> str | None:
    with uow.read() as tx:
        return tx.meta.get("a")
