"""The feed is what RFC 5545 asks for, whatever stands in a title."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from course.interop.calendar import WIDTH, Date, write

AT = datetime(2026, 11, 30, 9, 0, tzinfo=timezone(timedelta(hours=13)))


def unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n")
    assert all(len(line) <= WIDTH for line in data.split(b"\r\n"))
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_a_date_is_an_event() -> None:
    found = unfolded(write([Date("a1-due", AT, "Due: Week 1", "Two; things, here", AT)], title="Health course", host="course.example.org"))
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-1] == "END:VCALENDAR"
    assert "X-WR-CALNAME:Health course" in found
    assert "UID:a1-due@course.example.org" in found
    assert "DTSTART:20261129T200000Z" in found
    assert "SUMMARY:Due: Week 1" in found
    assert "DESCRIPTION:Two\\; things\\, here" in found


@given(st.text(max_size=200))
def test_no_title_breaks_out_of_its_line(title: str) -> None:
    found = unfolded(write([Date("a", AT.astimezone(UTC), title, title, AT)], title=title, host="h"))
    assert [line.partition(":")[0] for line in found].count("BEGIN") == 2
    assert sum(line.startswith("SUMMARY:") for line in found) == 1
