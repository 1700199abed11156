"""A gradebook taken away says the same in every format, and nothing in a name becomes a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.interop import answers_long, gradebook_canvas, gradebook_csv, gradebook_moodle, gradebook_xlsx
from course.interop.answers_long import AttemptLines
from course.interop.grades import GradeColumn, GradeRow, GradeTable
from course.interop.registry import GRADEBOOK
from course.interop.roster import read_roster
from course.interop.spreadsheet import csv_bytes, neutral
from tests.contract.listing import assert_listed

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '=HYPERLINK("http://x","y")']


def table(name: str = "Ann Lee") -> GradeTable:
    rows = (
        GradeRow(name, "ann@example.org", "s1", "B", (0.755, None, 0.2), (False, False, True), (False,) * 3, 0.755, "C"),
        GradeRow("Bo Ek", "bo@example.org", "s2", "", (None, 1.0, 0.0), (False,) * 3, (True, False, False), 0.5, "F"),
    )
    return GradeTable("Group B", "23 November 2026", tuple(GradeColumn(t, 1.0) for t in ("Week 1", "Week 2", "Exam")), rows)


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def strings(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "calcChain" in name]
        return archive.read("xl/sharedStrings.xml").decode()


def test_csv_says_what_the_book_says() -> None:
    found = lines(gradebook_csv.write(table()))
    assert found[0] == ["Name", "E-mail", "ID", "Group", "Week 1", "Week 2", "Exam", "Total", "Grade"]
    assert found[1][4:7] == ["1", "1", "1"]
    assert found[2] == ["Ann Lee", "ann@example.org", "s1", "B", "75.5", "", "exempt", "75.5", "C"]
    assert found[3][4:] == ["", "100", "0", "50", "F"]


def test_moodle_and_canvas_get_their_own_columns() -> None:
    moodle, canvas = lines(gradebook_moodle.write(table())), lines(gradebook_canvas.write(table()))
    assert moodle[0][:3] == ["Full name", "ID number", "Email address"]
    assert moodle[1] == ["Ann Lee", "s1", "ann@example.org", "75.5", "", "", "75.5"]
    assert canvas[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert canvas[1][0] == "    Points Possible"
    assert canvas[1][5:] == ["100", "100", "100"]
    assert canvas[2] == ["Ann Lee", "", "s1", "ann@example.org", "B", "75.5", "", "EX"]


@pytest.mark.parametrize("write", [gradebook_moodle.write, gradebook_canvas.write])
def test_what_was_written_for_others_is_read_as_a_roster_again(write: object) -> None:
    assert callable(write)
    found = read_roster(write(table()))
    assert [(r.name, r.email) for r in found.rows] == [("Ann Lee", "ann@example.org"), ("Bo Ek", "bo@example.org")]


def test_the_workbook_has_numbers_as_numbers() -> None:
    data = gradebook_xlsx.write(table())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="E3"[^>]*><v>0\.755</v>', sheet)
    assert "No clinician has signed" in strings(data)


@pytest.mark.parametrize("name", DANGEROUS)
@pytest.mark.parametrize("form", GRADEBOOK, ids=lambda f: f.id)
def test_no_name_is_a_formula(name: str, form: object) -> None:
    data = form.write(table(name))  # type: ignore[attr-defined]
    if form.ending == "csv":  # type: ignore[attr-defined]
        cells = [cell for line in lines(data) for cell in line]
        assert neutral(name) in cells
        assert not [c for c in cells if c.strip()[:1] in ("=", "+", "-", "@") and not re.fullmatch(r"-?[\d.]+", c)]
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
        assert "'" in strings(data)


@given(st.text(max_size=30))
def test_harmless_text_stays_and_the_rest_starts_with_an_apostrophe(text: str) -> None:
    found = neutral(text)
    assert not found.lstrip().startswith(("=", "+", "-", "@"))
    assert not found.startswith(("\t", "\r", "\n"))
    if text.isalnum():
        assert found == text


@given(st.text(max_size=12))
def test_any_name_can_be_written(name: str) -> None:
    for form in GRADEBOOK:
        assert form.write(table(name))


TIME = "2026-11-23T09:00:00+00:00"
TEXTS = st.text(max_size=8) | st.sampled_from(DANGEROUS)
ATTEMPTS = st.builds(
    AttemptLines,
    lead=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.integers(1, 9), TEXTS),
    started_at=st.just(TIME),
    handed_in_at=st.sampled_from(["", TIME]),
    asked=st.lists(
        st.tuples(
            st.integers(1, 99), TEXTS, TEXTS, TEXTS, TEXTS, st.none() | st.floats(-1, 1), st.floats(0, 9),
            st.none() | st.integers(0, 10**7).map(lambda ms: ms / 1000), st.none() | st.integers(1, 3),
        ),
        max_size=4,
    ),
)  # fmt: skip


@given(st.lists(ATTEMPTS, max_size=4))
def test_the_long_form_reads_as_every_other_table_does(attempts: list[AttemptLines]) -> None:
    rows = [(*one.lead, one.started_at, one.handed_in_at, *asked) for one in attempts for asked in one.asked]
    assert b"".join(answers_long.pieces(attempts)) == csv_bytes([answers_long.COLUMNS, *rows])


def test_every_format_is_listed() -> None:
    files = {p.stem for p in Path(gradebook_csv.__file__).parent.glob("gradebook_*.py")}
    listed = {f.write.__module__.rpartition(".")[2] for f in GRADEBOOK}
    assert_listed(files, listed, "course/interop", "`GRADEBOOK` in course/interop/registry.py")
    assert len({f.id for f in GRADEBOOK}) == len(GRADEBOOK)
