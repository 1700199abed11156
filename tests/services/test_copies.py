"""Copies of the database: whole, consistent, and good for the other kind of database too."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.errors import Refused, SchemaOutdated
from course.storage import copies
from course.storage.unit_of_work import open_storage
from tests.people import ANN, EVERYBODY
from tests.services.classroom import Classroom


def test_a_copy_restores_into_an_empty_database(database_url: str, empty_database_url: str, tmp_path: Path) -> None:
    source = open_storage(database_url)
    room = Classroom(source)
    room.read(ANN.id)
    attempt = room.take(ANN.id, "check-first", right=2)
    copied = copies.backup(database_url, tmp_path / "copy.zip")
    restored = copies.restore(empty_database_url, tmp_path / "copy.zip")
    assert copied == restored
    there = open_storage(empty_database_url)
    again = Classroom(there, now=room.now, seed=room.seed)
    assert again.study.result(ANN.id, attempt) == room.study.result(ANN.id, attempt)
    again.wait(hours=1)
    assert again.take(ANN.id, "check-first") > attempt, "ids go on after those that were restored"
    with source.read() as one, there.read() as other:
        assert one.personal_data.export(ANN.id)["learner"] == other.personal_data.export(ANN.id)["learner"]
    source.close()
    there.close()


def test_backup_refuses_an_existing_file(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "copy.zip").write_text("mine")
    with pytest.raises(Refused, match="exists already"):
        copies.backup(database_url, tmp_path / "copy.zip")
    assert (tmp_path / "copy.zip").read_text() == "mine"


def test_backup_into_a_folder_that_is_not_there_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        copies.backup(database_url, tmp_path / "nowhere" / "copy.zip")
    assert not [p for p in tmp_path.iterdir() if "copy" in p.name]


def test_restore_refuses_a_database_with_people_unless_forced(database_url: str, tmp_path: Path) -> None:
    copies.backup(database_url, tmp_path / "copy.zip")
    with pytest.raises(Refused, match=f"holds {len(EVERYBODY)} people"):
        copies.restore(database_url, tmp_path / "copy.zip")
    assert copies.restore(database_url, tmp_path / "copy.zip", force=True).rows == copies.check(database_url).rows


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_restore_refuses_what_is_no_copy(empty_database_url: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy.zip").write_bytes(content)
    with pytest.raises(Refused, match="not a copy"):
        copies.restore(empty_database_url, tmp_path / "copy.zip")


def test_check_finds_a_database_in_order(database_url: str) -> None:
    assert copies.check(database_url).rows >= len(EVERYBODY)


def test_check_names_the_command_on_an_empty_database(empty_database_url: str) -> None:
    with pytest.raises(SchemaOutdated, match="db upgrade"):
        copies.check(empty_database_url)


def test_check_finds_a_row_that_points_nowhere(sqlite_url: str) -> None:
    import sqlite3

    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO resume_link VALUES ('x', 'nobody', '2026-01-01', '2026-01-02', NULL)")
    with pytest.raises(Refused, match="resume_link"):
        copies.check(sqlite_url)
