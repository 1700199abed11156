"""What was decided under typed names before there were accounts keeps them, and graders of one answer stay apart."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import text

from course.storage import schema
from course.storage.engine import connect
from course.storage.unit_of_work import open_storage

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
ROWS = (
    "INSERT INTO learner (id, created_at, clinician, extra_time, time_zone) VALUES ('ann', :now, false, 1, 'UTC')",
    "INSERT INTO question_version (version, question_id, first_served_at, canonical) VALUES ('v1', 'why', :now, '{}')",
    "INSERT INTO attempt (id, learner_id, quiz_id, number, state, seed, policy, started_at, last_activity_at, start_key) "
    "VALUES (1, 'ann', 'quiz', 1, 'submitted', 1, '{}', :now, :now, 'key')",
    "INSERT INTO attempt_slot (attempt_id, position, question_id, version, points, flagged, notice_skipped) "
    "VALUES (1, 1, 'why', 'v1', 4, false, false)",
    "INSERT INTO practice_response (id, learner_id, at, module, cell, question_id, version, number, response, state) "
    "VALUES (1, 'ann', :now, 'm', 'c', 'why', 'v1', 1, '5', 'right')",
    "INSERT INTO ruling (attempt_id, kind, at, made_by, reason, share) VALUES (1, 'override', :now, 'Ivo', 'Ill.', 1)",
    "INSERT INTO question_void (question_id, version, kind, at, made_by, reason) VALUES ('why', 'v1', 'void', :now, 'Lea', 'Unclear.')",
    "INSERT INTO practice_ruling (practice_id, at, made_by, reason, version_before, version_after, state_before, state_after) "
    "VALUES (1, :now, 'Lea', 'Mended.', 'v1', 'v1', 'wrong', 'right')",
    *(
        "INSERT INTO hand_mark (attempt_id, position, at, grader, points, share, comment, wants_second) "
        f"VALUES (1, 1, :now, '{who}', '{{}}', {share}, '', false)"
        for who, share in (("Ivo", 1), ("Lea", 0), ("Ivo", 0.5))
    ),
)


def test_typed_names_are_kept(empty_database_url: str) -> None:
    engines = connect(empty_database_url)
    now = NOW if empty_database_url.startswith("postgresql") else NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with engines.write.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0006_question_reports")
        for statement in ROWS:
            connection.execute(text(statement), {"now": now} if ":now" in statement else {})
    engines.dispose()
    assert schema.upgrade(empty_database_url) == schema.head()
    uow = open_storage(empty_database_url)
    with uow.read() as tx:
        marks = tx.rulings.marks(1)[1]
        (ruled,), (void,) = tx.rulings.of_attempt(1), tx.rulings.voids_of("why")
    uow.close()
    assert [(m.person, m.by, m.share) for m in marks] == [(None, "Ivo", 1), (None, "Lea", 0), (None, "Ivo", 0.5)]
    assert (ruled.person, ruled.by, void.person, void.by) == (None, "Ivo", None, "Lea")
    engines = connect(empty_database_url)
    with engines.read.connect() as connection:
        turns = connection.execute(text("SELECT turn FROM hand_mark ORDER BY id")).scalars().all()
        tried = connection.execute(text("SELECT made_by, made_by_name FROM practice_ruling")).one()
    engines.dispose()
    assert turns == [1, 2, 1]
    assert tuple(tried) == (None, "Lea")
