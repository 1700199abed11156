"""Safe copies while the course runs: one consistent snapshot as a zip of JSON lines, the same for SQLite and PostgreSQL.

A copy made on one kind of database can be restored into the other: that is the way from SQLite to PostgreSQL.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from sqlalchemy import Connection, Integer, Table, delete, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from course.errors import Refused, SchemaOutdated
from course.storage import schema
from course.storage.columns import Utc, metadata
from course.storage.engine import connect
from course.storage.failures import explained
from course.storage.tables import learner

FORMAT: Final = 1
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """What a copy or a check went through."""

    tables: int
    rows: int


def check(url: str) -> Counted:
    """Look the database over: integrity, foreign keys, schema revision.

    Raises:
        Refused: something is broken; the sentence says what.
        SchemaOutdated: the schema is not this version's.
    """
    found, wanted = schema.revision(url), schema.head()
    if found != wanted:
        raise SchemaOutdated(f"The database has schema {found or 'none'}, this version of the course needs {wanted}. Run: {schema.UPGRADE}")
    engines = connect(url)
    try:
        with explained(), engines.read.connect() as connection:
            if connection.dialect.name == "sqlite":
                _check_sqlite(connection)
            missing = sorted(set(metadata.tables) - set(inspect(connection).get_table_names()))
            if missing:
                raise Refused(f"Tables are missing: {', '.join(missing)}.")
            return Counted(len(metadata.tables), sum(_count(connection, t) for t in metadata.sorted_tables))
    finally:
        engines.dispose()


def backup(url: str, file: Path) -> Counted:
    """Write a copy of everything to `file`, which must not exist; nothing half-written is left behind.

    Raises:
        Refused: the file exists or its folder cannot be written.
    """
    if file.exists():
        raise Refused(f"{file} exists already; nothing was written. Choose another name.")
    engines = connect(url)
    try:
        with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.") as draft:
            with explained(), engines.read.connect() as connection:
                rows = _write(connection, draft)
            draft.flush()
            os.fsync(draft.fileno())
            os.link(draft.name, file)
    except FileExistsError:
        raise Refused(f"{file} exists already; nothing was written. Choose another name.") from None
    except OSError as failure:
        raise Refused(f"{file} cannot be written ({failure.strerror}).") from None
    finally:
        engines.dispose()
    return Counted(len(metadata.tables), rows)


def restore(url: str, file: Path, *, force: bool = False) -> Counted:
    """Put a copy in place of what the database holds, in one transaction.

    Raises:
        Refused: the file is no copy of ours or of another schema, or the database holds people and `force` is not given.
    """
    schema.prepare(url)
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile):
        raise Refused(f"{file} is not a copy that `db backup` made.") from None
    engines = connect(url, busy_seconds=30)
    try:
        with archive, explained(), engines.write.begin() as connection:
            _accept(archive, file)
            people = _count(connection, learner)
            if people and not force:
                raise Refused(f"The database holds {people} people; nothing was changed. Add --force to replace them.")
            return _replace(connection, archive, file)
    finally:
        engines.dispose()


def _check_sqlite(connection: Connection) -> None:
    verdict = connection.execute(text("PRAGMA integrity_check")).scalar_one()
    if verdict != "ok":
        raise Refused(f"The database file is damaged: {verdict}.")
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise Refused(f"A row of table {broken[0]} points at a row of {broken[2]} that is not there.")


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _write(connection: Connection, draft: Any) -> int:
    total = 0
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("copy.json", json.dumps({"format": FORMAT, "schema": schema.head()}))
        for table in metadata.sorted_tables:
            with archive.open(f"{table.name}.jsonl", "w") as out, io.TextIOWrapper(out, encoding="utf-8") as lines:
                for row in (
                    connection.execution_options(yield_per=_BATCH).execute(select(table).order_by(*table.primary_key.columns)).mappings()
                ):
                    lines.write(json.dumps({k: _plain(v) for k, v in row.items()}, ensure_ascii=False) + "\n")
                    total += 1
    return total


def _accept(archive: zipfile.ZipFile, file: Path) -> None:
    with suppress(KeyError, ValueError, zipfile.BadZipFile):
        head = json.loads(archive.read("copy.json"))
        if head.get("format") == FORMAT and head.get("schema") == schema.head():
            return
        if head.get("format") == FORMAT:
            raise Refused(f"{file} was made with schema {head.get('schema')}; this version of the course needs {schema.head()}.")
    raise Refused(f"{file} is not a copy that `db backup` made.")


def _replace(connection: Connection, archive: zipfile.ZipFile, file: Path) -> Counted:
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))
    total = 0
    try:
        for table in metadata.sorted_tables:
            for batch in _batches(archive, table):
                connection.execute(insert(table), batch)
                total += len(batch)
    except (KeyError, ValueError, zipfile.BadZipFile, IntegrityError):
        raise Refused(f"{file} is damaged; nothing was changed.") from None
    if connection.dialect.name == "postgresql":
        advance_sequences(connection)
    return Counted(len(metadata.tables), total)


def _batches(archive: zipfile.ZipFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    times = {c.name for c in table.c if isinstance(c.type, Utc)}
    batch: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as raw, io.TextIOWrapper(raw, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            batch.append({k: datetime.fromisoformat(v) if k in times and v is not None else v for k, v in row.items()})
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def advance_sequences(connection: Connection) -> None:
    """Explicit ids do not move PostgreSQL's counters; the next insert would collide."""
    for table in metadata.sorted_tables:
        keys = list(table.primary_key.columns)
        if len(keys) == 1 and isinstance(keys[0].type, Integer):
            sequence = connection.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": keys[0].name}).scalar_one()
            if sequence:
                top = connection.execute(select(func.max(keys[0]))).scalar_one()
                connection.execute(text("SELECT setval(:s, :v, :called)"), {"s": sequence, "v": top or 1, "called": top is not None})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
