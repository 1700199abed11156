"""The schema is made once, refuses what it does not know, and matches the tables."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from course.errors import SchemaOutdated
from course.storage import schema
from course.storage.engine import connect
from course.storage.tables import metadata


def test_an_empty_database_gets_the_schema(empty_database_url: str) -> None:
    assert schema.revision(empty_database_url) is None
    schema.prepare(empty_database_url)
    assert schema.revision(empty_database_url) == schema.head()


def test_preparing_twice_changes_nothing(database_url: str) -> None:
    schema.prepare(database_url)
    assert schema.upgrade(database_url) == schema.head()


def test_the_migrations_make_exactly_the_tables(database_url: str) -> None:
    engines = connect(database_url)
    with engines.read.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engines.dispose()


def test_constraints_have_the_names_of_the_convention(database_url: str) -> None:
    engines = connect(database_url)
    with engines.read.connect() as connection:
        found = inspect(connection)
        for table in metadata.tables:
            names = [found.get_pk_constraint(table)["name"], *(key["name"] for key in found.get_foreign_keys(table))]
            assert all(name and name.startswith(("pk_", "fk_")) for name in names), (table, names)
    engines.dispose()


def test_an_older_schema_is_refused_with_the_command_to_run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_head", lambda: "0002_next")
    with pytest.raises(SchemaOutdated, match="python -m course db upgrade"):
        schema.prepare(database_url)


def test_a_newer_schema_is_refused_and_left_alone(database_url: str) -> None:
    _execute(database_url, "UPDATE alembic_version SET version_num = '0999_later'")
    for step in (schema.prepare, schema.upgrade):
        with pytest.raises(SchemaOutdated, match="newer version"):
            step(database_url)
    assert schema.revision(database_url) == "0999_later"


def test_a_strangers_database_is_refused(empty_database_url: str) -> None:
    _execute(empty_database_url, "CREATE TABLE shop (id INTEGER PRIMARY KEY)")
    with pytest.raises(SchemaOutdated, match="not the course's"):
        schema.prepare(empty_database_url)


def test_two_processes_starting_at_once_make_it_once(empty_database_url: str) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        try:
            schema.prepare(empty_database_url)
        except BaseException as error:  # noqa: BLE001 (a thread's failure is the test's)
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert schema.revision(empty_database_url) == schema.head()


def _execute(url: str, statement: str) -> None:
    engines = connect(url)
    with engines.write.begin() as connection:
        connection.execute(text(statement))
    engines.dispose()
