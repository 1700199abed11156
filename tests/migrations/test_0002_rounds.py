"""What was stored before questions could be asked again is still there, and reads as never asked again."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from alembic import command
from sqlalchemy import text

from course.learning.snapshot import policy_to_json
from course.storage import schema
from course.storage.engine import connect
from course.storage.unit_of_work import open_storage
from tests.factories import policy

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def test_an_attempt_of_the_first_schema_is_kept(empty_database_url: str) -> None:
    _made_by_the_first_version(empty_database_url)
    assert schema.upgrade(empty_database_url) == schema.head()
    uow = open_storage(empty_database_url)
    with uow.read() as tx:
        found = tx.attempts.get(1)
        slots = tx.attempts.slots(1)
        latest = tx.attempts.latest(1)
    uow.close()
    assert found is not None
    assert (found.quiz, found.reached) == ("q", None)
    assert [(s.position, s.again_of) for s in slots] == [(1, None)]
    assert latest[1].response == "pore"


def _made_by_the_first_version(url: str) -> None:
    engines = connect(url)
    now = NOW if url.startswith("postgresql") else NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with engines.write.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001_first")
        for statement in (
            "INSERT INTO learner (id, created_at, clinician, extra_time, time_zone) VALUES ('ann', :now, false, 1.0, 'UTC')",
            "INSERT INTO question_version (version, question_id, canonical, first_served_at) VALUES ('v1', 'one', '{}', :now)",
            "INSERT INTO attempt (id, learner_id, quiz_id, number, state, seed, policy, started_at, last_activity_at, start_key)"
            " VALUES (1, 'ann', 'q', 1, 'in_progress', 7, :policy, :now, :now, 'k')",
            "INSERT INTO attempt_slot (attempt_id, position, question_id, version, points, flagged, notice_skipped)"
            " VALUES (1, 1, 'one', 'v1', 1.0, false, false)",
            "INSERT INTO response (attempt_id, position, at, kind, response) VALUES (1, 1, :now, 'saved', '\"pore\"')",
        ):
            values = {"now": now, "policy": json.dumps(policy_to_json(policy("q")))}
            used = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), used)
    engines.dispose()
