"""What the tests of a worker share, so that each of them is quick: a PostgreSQL database, and storages that know their statements.

Making a PostgreSQL database takes ten times as long as emptying one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

from course.storage.unit_of_work import UnitOfWork, open_storage

_OURS = "FROM pg_class WHERE relnamespace = 'public'::regnamespace"
_SCHEMA = f"SELECT string_agg(oid::text || ' ' || xmin::text, ',' ORDER BY oid) {_OURS}"
"""Changes whenever anybody makes, changes or drops a table, an index or a sequence."""
_STRANGERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def run(url: str, statement: str) -> None:
    """Run one statement outside of any transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def named(server: str, database: str) -> str:
    """The address of a database of the server."""
    return server.replace("/postgres?", f"/{database}?")


@contextmanager
def made(server: str, template: str) -> Iterator[str]:
    """A database of one's own, a copy of `template`; dropped at the end, whoever is still connected."""
    name = f"test_{uuid4().hex[:12]}"
    run(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield named(server, name)
    run(server, f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: `rows` by table, as COPY writes them, and the mark of its schema."""

    tables: tuple[str, ...]
    rows: dict[str, bytes]
    schema: str


def contents(url: str) -> Contents:
    """What a database holds now, to be put back later."""
    with psycopg.connect(url) as connection:
        tables = tuple(name for (name,) in connection.execute(f"SELECT relname {_OURS} AND relkind = 'r'").fetchall())
        rows = {table: b"".join(bytes(part) for part in _copied_out(connection, table)) for table in tables}
        return Contents(tables, {table: found for table, found in rows.items() if found}, _schema(connection))


def put_back(url: str, before: Contents) -> bool:
    """Give a database its rows of before and count from 1 again, whoever is still connected; False when its schema is another one now."""
    with psycopg.connect(url) as connection:
        connection.execute(_STRANGERS)
        if _schema(connection) != before.schema:
            return False
        connection.execute("SET LOCAL session_replication_role = replica")  # no trigger and no foreign key looks
        connection.execute("; ".join(f'DELETE FROM "{table}"' for table in before.tables))
        connection.execute(f"SELECT setval(oid::regclass, 1, false) {_OURS} AND relkind = 'S'")
        for table, rows in before.rows.items():
            with connection.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
    return True


class Shared:
    """One database for all tests of a worker, each of which finds it as the template is."""

    def __init__(self, server: str, template: str) -> None:
        self._server, self._template = server, template
        self._name = "shared_course"
        self._make()

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Its address. Whoever changed its schema leaves it to nobody: the next one gets a new one."""
        url = named(self._server, self._name)
        yield url
        if not put_back(url, self._before):
            run(self._server, f"DROP DATABASE {self._name} WITH (FORCE)")
            self._make()

    def _make(self) -> None:
        run(self._server, f"CREATE DATABASE {self._name} TEMPLATE {self._template} STRATEGY FILE_COPY")
        self._before = contents(named(self._server, self._name))


class Storages:
    """One storage for each kind of database: a statement that one test had compiled is not compiled again for the next.

    A SQLite file is opened by a link to it, so that each test has a file of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._link = folder / "course.db"
        self._opened: dict[str, UnitOfWork] = {}

    def at(self, url: str) -> UnitOfWork:
        """The storage at `url`, until the next call; whoever is done with it closes it."""
        if url.startswith("sqlite:///"):
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(url.removeprefix("sqlite:///"))
            url = f"sqlite:///{self._link}"
        if url not in self._opened:
            self._opened[url] = open_storage(url)
        return self._opened[url]


def _schema(connection: psycopg.Connection) -> str:
    found = connection.execute(_SCHEMA).fetchone()
    assert found is not None
    return str(found[0])


def _copied_out(connection: psycopg.Connection, table: str) -> Iterator[bytes | memoryview]:
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
        yield from copy
