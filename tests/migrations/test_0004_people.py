"""Browsers that were known before there were accounts stay known, as guests."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import text

from course.storage import schema
from course.storage.engine import connect
from course.storage.unit_of_work import open_storage

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def test_a_guest_of_the_third_schema_is_still_one(empty_database_url: str) -> None:
    engines = connect(empty_database_url)
    now = NOW if empty_database_url.startswith("postgresql") else NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with engines.write.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0003_rulings")
        for statement in (
            "INSERT INTO learner (id, created_at, clinician, extra_time, time_zone) VALUES ('ann', :now, false, 1.5, 'UTC')",
            "INSERT INTO browser_session (token_hash, learner_id, created_at, last_seen_at) VALUES ('hash', 'ann', :now, :now)",
        ):
            connection.execute(text(statement), {"now": now})
    engines.dispose()
    assert schema.upgrade(empty_database_url) == schema.head()
    uow = open_storage(empty_database_url)
    with uow.read() as tx:
        session = tx.sessions.get("hash")
        actor = tx.roles.actor("ann")
    uow.close()
    assert session is not None
    assert (session.learner, session.signed_in_at, session.agent) == ("ann", None, None)
    assert (actor.site, dict(actor.cohorts)) == (frozenset(), {})
