"""What the database says when it cannot, as a sentence for the person waiting. Our own mistakes are not caught."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from course.errors import Refused, StorageUnavailable

KEPT: Final = "Every answer shown as saved is stored."
BUSY: Final = "The course's database is busy and did not answer in time. Please try again in a moment."
_FULL: Final = "The disk that holds the course's database is full, so nothing new can be stored. Please tell whoever runs the course."
_READ_ONLY: Final = "The course's database cannot be written to at the moment. Please tell whoever runs the course."
_DAMAGED: Final = "The course's database file is damaged or not a database. Please tell whoever runs the course."
_GONE: Final = "The course's database cannot be reached. Please try again in a moment."
_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _GONE,
    sqlite3.SQLITE_CANTOPEN: _GONE,
    sqlite3.SQLITE_NOMEM: _GONE,
}
_POSTGRESQL: Final = {
    "53100": _FULL,
    "25006": _READ_ONLY,
    "55P03": BUSY,
    "57014": BUSY,
    "40001": BUSY,
    "40P01": BUSY,
    "08": _GONE,
    "53": BUSY,
    "57": _GONE,
    "58": _GONE,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""SQLSTATE, or its class (first two characters), to sentence."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn a busy, full, read-only, damaged or unreachable database into StorageUnavailable; let the rest through.

    PostgreSQL keeps no NUL in a text, nor looks for one: whoever sends it is Refused, for nobody types it.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StorageUnavailable(BUSY, kept=KEPT) from error
    except DBAPIError as error:
        if isinstance(error, DataError) and "NUL" in str(error.orig):
            raise Refused("This holds a character that no text may hold.", kept="Nothing was changed.") from None
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise StorageUnavailable(sentence, kept=KEPT) from error


def _sentence(error: DBAPIError) -> str | None:
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return _GONE if error.connection_invalidated or _is_connection_failure(error) else None
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])


def _is_connection_failure(error: DBAPIError) -> bool:
    # psycopg reports a failed connection as OperationalError without a code, sent by no server.
    return type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError")
