"""A roster is read from what people have: Moodle's file, Canvas's file, one made by hand."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.interop.roster import MOST_ROWS, Roster, read_roster


def rows(text: str | bytes) -> list[tuple[str, str, str, str]]:
    found = read_roster(text if isinstance(text, bytes) else text.encode())
    assert found.problems == (), found.problems
    return [(r.name, r.email, r.id, r.group) for r in found.rows]


def problems(text: str) -> list[tuple[int, str]]:
    return [(p.line, p.message) for p in read_roster(text.encode()).problems]


def test_our_own_form() -> None:
    assert rows("name,email\nAnn Lee,Ann@Example.org\n\nBo Ek,bo@example.org\n") == [
        ("Ann Lee", "ann@example.org", "", ""),
        ("Bo Ek", "bo@example.org", "", ""),
    ]


def test_moodles_participants() -> None:
    text = '"First name","Last name","ID number","Email address",Groups\nAnn,Lee,17,ann@example.org,B\nBo,"Ek, Jr.",18,,\n'
    assert rows(text) == [("Ann Lee", "ann@example.org", "17", "B"), ("Bo Ek, Jr.", "", "18", "")]
    assert read_roster(text.encode()).source == "Moodle"


def test_moodles_upload_file() -> None:
    assert rows("username;firstname;lastname;email;idnumber;cohort1\nann;Ann;Lee;ann@example.org;17;B\n") == [
        ("Ann Lee", "ann@example.org", "17", "B")
    ]


def test_canvas_gradebook_with_its_line_of_points_and_its_test_student() -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (12)\n"
        "    Points Possible,,,,,10\n"
        '"Lee, Ann",99,s17,ann@example.org,Group B,7\n"Student, Test",1,,abc,Group B,\n"Ek, Bo",98,s18,boek,Group B,3\n'
    )
    assert rows(text) == [("Ann Lee", "ann@example.org", "s17", "Group B"), ("Bo Ek", "", "s18", "Group B")]
    assert read_roster(text.encode()).source == "Canvas"


def test_canvas_users() -> None:
    assert rows("user_id,login_id,full_name,email\ns17,ann,Ann Lee,ann@example.org\n") == [("Ann Lee", "ann@example.org", "s17", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(encoding: str, delimiter: str, ending: str) -> None:
    text = ending.join(delimiter.join(cells) for cells in (("name", "email"), ("Zoë Núñez", "zoe@example.org"))) + ending
    assert rows(text.encode(encoding)) == [("Zoë Núñez", "zoe@example.org", "", "")]


def test_a_line_that_names_the_delimiter_counts_as_a_line() -> None:
    assert rows("sep=;\nname;email\nAnn;ann@example.org\n") == [("Ann", "ann@example.org", "", "")]
    assert problems("sep=;\nname;email\n;ann@example.org\n") == [(3, "The name is missing.")]


def test_each_problem_names_its_line_and_the_other_lines_are_read() -> None:
    found = read_roster(
        b"name,email,extra time\nAnn,ann@example.org,\n,bo@example.org,\nCai,cai.example.org,\nDee,dee@@example.org,\n"
        b'Eve,ANN@example.org,\nFay,fay@example.org,lots\nGil,gil@example.org,25%\n"Hal\nHo",hal@example.org,1.5\nIvy,,\n'
    )
    assert [(r.name, r.extra_time) for r in found.rows] == [("Ann", None), ("Gil", 1.25), ("Hal Ho", 1.5)]
    assert [(p.line, p.message.partition(";")[0]) for p in found.problems] == [
        (3, "The name is missing."),
        (4, "There is neither an e-mail address nor an id, so this learner cannot be told from others."),
        (5, "dee@@example.org is not an e-mail address."),
        (6, "ann@example.org stands in line 2 already."),
        (7, "The extra time is lots"),
        (11, "There is neither an e-mail address nor an id, so this learner cannot be told from others."),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("ann,ann@example.org\n", "must be headings"),
        ("email\nann@example.org\n", "No column holds names"),
        ("name\nAnn\n", "tells learners apart"),
        ("name,email\n", "No learner stands"),
        ("name,email\nA\0nn,ann@example.org\n", "not a table"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_the_mend(text: str, says: str) -> None:
    assert [says in message for _, message in problems(text)] == [True]


def test_too_much_is_said_and_not_read() -> None:
    many = "name,email\n" + "".join(f"N{n},n{n}@example.org\n" for n in range(MOST_ROWS + 5))
    found = read_roster(many.encode())
    assert len(found.rows) == MOST_ROWS
    assert [p.line for p in found.problems] == [MOST_ROWS + 2]
    assert "larger than" in read_roster(b"a" * 2_000_001).problems[0].message


def test_an_apostrophe_that_a_spreadsheet_wanted_is_taken_off_again() -> None:
    assert rows("name,email\n'=Ann,ann@example.org\n")[0][0] == "=Ann"


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(read_roster(data), Roster)
    assert isinstance(read_roster(b"name,email\n" + data), Roster)


_NAME = (
    st.text(st.characters(codec="utf-8", categories=["L", "Zs"]), min_size=1, max_size=20).map(lambda s: " ".join(s.split())).filter(bool)
)


@given(st.lists(_NAME, max_size=8))
def test_what_was_written_is_read(names: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["email", "name"])
    for number, name in enumerate(names):
        writer.writerow([f"p{number}@example.org", name])
    found = read_roster(out.getvalue().encode())
    assert [r.name for r in found.rows] == names
