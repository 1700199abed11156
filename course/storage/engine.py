"""Engines: one for what reads, one for what writes, over the same pool.

SQLite: a connection serves one transaction at a time, whatever its thread, and is kept for the next one (opening a file and
its log costs more than a query); write-ahead log, foreign keys, a flush to disk at every commit, and the write lock taken at
the start of a write. PostgreSQL: psycopg 3, reads see one snapshot.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError

from course.errors import SettingsError, StorageUnavailable
from course.storage.failures import BUSY, KEPT

_WRITES = "course_writes"


@dataclass(frozen=True, slots=True)
class Engines:
    """`read` refuses to write on PostgreSQL; `write` takes the lock of SQLite at once.

    `turns` lets the threads of this process write into SQLite one after the other: its own waiting is a lottery in which
    one of many can lose for seconds.
    """

    read: Engine
    write: Engine
    turns: Lock | None = None
    patience: float = 5.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for this thread's turn to write. Raises StorageUnavailable when it does not come in time."""
        if self.turns is None:
            yield
        elif self.turns.acquire(timeout=self.patience):
            try:
                yield
            finally:
                self.turns.release()
        else:
            raise StorageUnavailable(BUSY, kept=KEPT)

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.write.dispose()


def connect(url: str, *, busy_seconds: float = 5.0) -> Engines:
    """Engines for a `sqlite:///` or `postgresql://` URL; nothing is opened yet.

    `busy_seconds`: how long a transaction waits for another one's lock. Raises SettingsError for any other URL.
    """
    parsed = _parsed(url)
    return _sqlite(parsed, busy_seconds) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed, busy_seconds)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError("The database address must look like sqlite:////path/to/file or postgresql://user@host/name.") from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise SettingsError(f"The course stores into SQLite or PostgreSQL, not into {parsed.get_backend_name()}.")
    return parsed


def _sqlite(url: URL, busy_seconds: float) -> Engines:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=10,
        max_overflow=20,
        pool_timeout=busy_seconds,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )
    path = url.database or ""

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        assert isinstance(connection, sqlite3.Connection)
        record.info["file"] = _file(path)
        connection.isolation_level = None  # we begin transactions ourselves, see below
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "checkout")
    def same_file(_connection: Any, record: Any, _proxy: object) -> None:
        if record.info["file"] != _file(path):
            raise DisconnectionError("the database file is another one now")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Engines(engine, engine.execution_options(**{_WRITES: True}), Lock(), busy_seconds)


def _file(path: str) -> tuple[int, int] | None:
    """Which file a path names now: a kept connection must not go on writing into one that was moved away or replaced."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _postgresql(url: URL, busy_seconds: float) -> Engines:
    options = f"-c lock_timeout={int(busy_seconds * 1000)} -c statement_timeout=60000 -c timezone=UTC"
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=busy_seconds,
        connect_args={"connect_timeout": 5, "options": options, "application_name": "course"},
    )
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(reader, engine, patience=busy_seconds)
