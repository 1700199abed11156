"""What is in the database, seen beside the running course."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.servers import Server

PERSONAL = ("learner", "browser_session", "resume_link", "event", "practice_response", "attempt", "attempt_slot", "response")


def rows(server: Server, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """The answer to a query, from the server's SQLite file or its PostgreSQL database; values stand as `?`."""
    address = server.env.get("COURSE_DATABASE_URL", "")
    if address.startswith("postgresql"):
        import psycopg

        with psycopg.connect(address) as connection:
            return connection.execute(query.replace("?", "%s").encode(), values).fetchall()
    with closing(sqlite3.connect(f"file:{_file(server)}?mode=ro", uri=True, timeout=20)) as file:
        return file.execute(query, values).fetchall()


def value(server: Server, query: str, *values: Any) -> Any:
    """The one value that a query finds."""
    ((found,),) = rows(server, query, *values)
    return found


def counts(server: Server) -> dict[str, int]:
    """Rows in each table that knows people."""
    return {table: value(server, f"SELECT count(*) FROM {table}") for table in PERSONAL}


def everything(server: Server) -> bytes:
    """The database with its log, byte by byte: what was written, deleted or not."""
    return b"".join(path.read_bytes() for path in sorted(_file(server).parent.glob(f"{_file(server).name}*")))


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Nobody can write meanwhile: another program holds the database's write lock."""
    with closing(sqlite3.connect(_file(server), timeout=20, isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        yield
        file.execute("ROLLBACK")


@contextmanager
def full(server: Server) -> Iterator[None]:
    """No file of the server can grow meanwhile, as on a full disk."""
    assert server.process is not None
    size = max(path.stat().st_size for path in _file(server).parent.glob(f"{_file(server).name}-wal"))
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, before[1]))
    yield
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)


def end_in(server: Server, attempt: int, seconds: float) -> None:
    """Let the time limit of a running attempt run out so many seconds from now."""
    deadline = f"{datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S.%fZ}"
    with closing(sqlite3.connect(_file(server), timeout=20)) as file, file:
        file.execute("UPDATE attempt SET deadline = ? WHERE id = ?", (deadline, attempt))


def _file(server: Server) -> Path:
    address = server.env.get("COURSE_DATABASE_URL", "")
    return Path(address.removeprefix("sqlite:///")) if address else server.data / "course.db"
