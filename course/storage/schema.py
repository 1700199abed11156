"""The schema of a database: made on the first start, brought up to date only by command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from course.errors import SchemaOutdated
from course.storage.engine import connect
from course.storage.failures import explained

UPGRADE: Final = "python -m course db upgrade"
_ONE_AT_A_TIME: Final = 7_203_551_842
"""Key of the PostgreSQL advisory lock that keeps two starting processes from making the schema twice."""


def prepare(url: str) -> None:
    """Make the schema when the database is empty; do nothing when it is up to date.

    Raises SchemaOutdated, naming the command to run, when it is older, newer or not the course's.
    """
    with _exclusive(url) as connection:
        if not inspect(connection).get_table_names():
            _upgrade(connection)
            return
        found, head = _current(connection), _head()
    if found == head:
        return
    if found is None:
        raise SchemaOutdated("This database holds tables that are not the course's. Give the course a database of its own.")
    if found not in _known():
        raise SchemaOutdated(f"The database was made by a newer version of the course (schema {found}). Start that version instead.")
    raise SchemaOutdated(f"The database has schema {found}, this version of the course needs {head}. Back it up, then run: {UPGRADE}")


def upgrade(url: str) -> str:
    """Bring the schema to this version's, in one transaction; returns the revision. Safe to run again."""
    with _exclusive(url) as connection:
        found = _current(connection)
        if found is not None and found not in _known():
            raise SchemaOutdated(f"The database was made by a newer version of the course (schema {found}). Start that version instead.")
        _upgrade(connection)
    return _head()


def revision(url: str) -> str | None:
    """The database's revision; None when it has none."""
    engines = connect(url)
    try:
        with explained(), engines.read.connect() as connection:
            return _current(connection)
    finally:
        engines.dispose()


def head() -> str:
    """The revision this version of the course needs."""
    return _head()


@contextmanager
def _exclusive(url: str) -> Iterator[Connection]:
    engines = connect(url, busy_seconds=30)
    try:
        with explained(), engines.write.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            yield connection
    finally:
        engines.dispose()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _head() -> str:
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


def _known() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "course.storage:migrations")
    return config
