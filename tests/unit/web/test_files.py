from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import NotFound
from course.web import files
from course.web.files import large_file, plain_name
from tests.unit.web.asgi import call


def test_a_large_file_comes_whole_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "IN_MEMORY", 100)
    monkeypatch.setattr(files, "PIECE", 64)

    def fill(write: files.Write) -> str:
        for number in range(100):
            write(b"%03d\n" % number)
        return "numbers.csv"

    got = call(large_file(fill, files.CSV))
    assert got.body == b"".join(b"%03d\n" % number for number in range(100))
    assert got.headers["content-length"] == "400"
    assert got.headers["content-disposition"] == 'attachment; filename="numbers.csv"'
    assert got.headers["cache-control"] == "no-store"


def test_nothing_is_sent_of_a_file_that_could_not_be_finished() -> None:
    def fill(write: files.Write) -> str:
        write(b"the first line\n")
        raise NotFound("There is no such page.")

    with pytest.raises(NotFound):
        large_file(fill, files.CSV)


@given(st.text(max_size=80))
def test_a_name_of_a_file_can_break_no_header(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?", plain_name(name))
