"""Facts about the database itself, by key."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from course.storage.tables import meta


@dataclass(frozen=True, slots=True)
class MetaStore:
    connection: Connection

    def get(self, key: str) -> str | None:
        return self.connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none()

    def put(self, key: str, value: str) -> None:
        self.connection.execute(delete(meta).where(meta.c.key == key))
        self.connection.execute(insert(meta).values(key=key, value=value))
