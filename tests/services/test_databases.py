"""The PostgreSQL database that tests use in turn: each finds it as the first one did."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.databases import Shared
from tests.people import EVERYBODY

pytestmark = pytest.mark.postgres
WHICH = "SELECT oid FROM pg_database WHERE datname = current_database()"


def ask(url: str, statement: str) -> Any:
    """The first value of the answer."""
    with psycopg.connect(url) as connection:
        row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0]


def change(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def test_what_one_test_stored_deleted_and_left_open_the_next_does_not_meet(postgresql_shared: Shared) -> None:
    with postgresql_shared.lent() as url:
        left_open = psycopg.connect(url)
        left_open.execute("DELETE FROM learner")
        change(url, "INSERT INTO meta (key, value) VALUES ('of the first test', 'x')")
        ask(url, "SELECT nextval('attempt_id_seq')")
    left_open.close()
    with postgresql_shared.lent() as url:
        assert ask(url, "SELECT count(*) FROM learner") == len(EVERYBODY)
        assert ask(url, "SELECT count(*) FROM meta WHERE key = 'of the first test'") == 0
        assert ask(url, "SELECT nextval('attempt_id_seq')") == 1


def test_whoever_changes_the_schema_leaves_the_database_to_nobody(postgresql_shared: Shared) -> None:
    with postgresql_shared.lent() as url:
        before = ask(url, WHICH)
    with postgresql_shared.lent() as url:
        assert ask(url, WHICH) == before
        change(url, "ALTER TABLE learner ADD COLUMN shoe_size integer")
    with postgresql_shared.lent() as url:
        assert ask(url, WHICH) != before
        assert ask(url, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'shoe_size'") == 0
        assert ask(url, "SELECT count(*) FROM learner") == len(EVERYBODY)
