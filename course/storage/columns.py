"""Column types and constraint names that every table uses."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Dialect, Double, Integer, MetaData, String, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
"""Every table of the course. Names are the same on both databases, so that a migration can name what it changes."""

BigId: Final = BigInteger().with_variant(Integer(), "sqlite")
"""A numbered row; SQLite counts by itself only in an INTEGER key."""


class Utc(TypeDecorator[datetime]):
    """A moment in UTC: timestamptz on PostgreSQL, sortable ISO text on SQLite. A naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time to store must carry its time zone")
        utc = value.astimezone(UTC)
        return utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


class AnyJson(TypeDecorator[Any]):
    """Any JSON value, as text that comes back as it went in; None is the JSON value `null`.

    Not the database's own JSON type: SQLite would turn the text 1.0 into the number 1, PostgreSQL would reorder keys.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Document(AnyJson):
    """A JSON value or nothing: None is SQL NULL."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else super().process_bind_param(value, dialect)


class Epoch(FunctionElement[float]):
    """Seconds since 1970 of a moment, computed by the database: reading a hundred thousand as text would cost a second."""

    type = Double()
    inherit_cache = True


@compiles(Epoch, "sqlite")
def _epoch_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"(julianday({compiler.process(element.clauses, **options)}) - 2440587.5) * 86400.0"


@compiles(Epoch, "postgresql")
def _epoch_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"extract(epoch FROM {compiler.process(element.clauses, **options)})::double precision"


class Day(FunctionElement[str]):
    """The day of a moment in UTC, as ISO text."""

    type = Text()
    inherit_cache = True


@compiles(Day, "sqlite")
def _day_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 10)"


@compiles(Day, "postgresql")
def _day_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **options)} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
