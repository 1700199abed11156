"""Reads a list of learners from CSV: our own simple form, and the columns of Moodle's and Canvas's exports.

Our own form is one heading line, `name,email`, with `id`, `group` and `extra_time` as further columns, in any order. Nothing
is guessed: what cannot be read is a problem with its line, and the row is left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 5_000
LONGEST: Final = 200
"""Characters of one field."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One learner. `email` is lower case, "" when the file has none; `id` is the number the other system knows them by.

    `extra_time` multiplies time limits; None when the file does not say.
    """

    line: int
    name: str
    email: str
    id: str = ""
    group: str = ""
    extra_time: float | None = None


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """What is wrong at a line (the first line is 1; 0: with the file), as one sentence."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What was read. `source` names the form that was recognised: own, Moodle or Canvas."""

    rows: tuple[RosterRow, ...]
    problems: tuple[RosterProblem, ...]
    source: str = "own"


NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "full name", "fullname", "full_name", "student", "student name", "learner", "display name"),
    "first": ("first name", "firstname", "first_name", "given name", "forename"),
    "last": ("last name", "lastname", "last_name", "surname", "family name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail", "sis login id", "login_id"),
    "id": ("sis user id", "user_id", "id number", "idnumber", "id", "student id", "number"),
    "group": ("group", "groups", "section", "cohort", "cohort1", "group1", "class"),
    "extra_time": ("extra time", "extra_time", "time factor"),
}
"""Field -> the headings it goes by, the better one first; case, spaces around and the mark of the file's encoding do not count."""
_CANVAS: Final = frozenset({"sis login id", "sis user id", "login_id", "sortable_name"})
_MOODLE: Final = frozenset({"email address", "id number", "idnumber", "firstname"})
_EMAIL: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+\Z")
_MANY_MORE: Final = 100


def read_roster(data: bytes) -> Roster:
    """Read the file, whatever its encoding (UTF-8, UTF-16 with its mark, else Windows-1252) and delimiter (`,` `;` tab).

    Never raises on what a file holds.
    """
    if len(data) > MOST_BYTES:
        return _refused(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it.")
    text = _decoded(data)
    if "\0" in text:
        return _refused("The file is not a table in text form. Save it as CSV first.")
    lines = _lines(text)
    heading = next(lines, None)
    if heading is None:
        return _refused("The file is empty.")
    columns, problem = _columns(heading[1])
    if problem:
        return Roster((), (RosterProblem(heading[0], problem),))
    reader = _Reader(columns, _source(heading[1]))
    for line, cells in lines:
        if len(reader.rows) == MOST_ROWS:
            reader.problem(line, f"There are more than {MOST_ROWS} learners; the rest was not read. Split the file.")
            break
        reader.read(line, cells)
    if not reader.rows and not reader.problems:
        reader.problem(heading[0], "No learner stands below the heading line.")
    return Roster(tuple(reader.rows), tuple(reader.problems[:_MANY_MORE]), reader.source)


class _Reader:
    """Rows and problems so far."""

    def __init__(self, columns: Mapping[str, int], source: str) -> None:
        self.columns = columns
        self.source = source
        self.rows: list[RosterRow] = []
        self.problems: list[RosterProblem] = []
        self._seen: dict[str, int] = {}

    def problem(self, line: int, message: str) -> None:
        self.problems.append(RosterProblem(line, message))

    def read(self, line: int, cells: Sequence[str]) -> None:
        """Take one line in, or say what is wrong with it."""
        got = {field: _clean(cells[at]) if at < len(cells) else "" for field, at in self.columns.items()}
        if self.source == "Canvas" and _is_no_person(got, cells):
            return
        wrong = _wrong(got)
        if wrong:
            self.problem(line, wrong)
            return
        row = RosterRow(line, _name(got), _email(got), got.get("id", ""), got.get("group", ""), _factor(got.get("extra_time", "")))
        for key in filter(None, (row.email, row.id and f"id {row.id.casefold()}")):
            if key in self._seen:
                self.problem(line, f"{row.email or row.id} stands in line {self._seen[key]} already.")
                return
        self._seen.update({key: line for key in (row.email, row.id and f"id {row.id.casefold()}") if key})
        self.rows.append(row)


def _refused(message: str) -> Roster:
    return Roster((), (RosterProblem(0, message),))


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows that hold something, with the number of the line they begin on."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    named = re.match(r"\s*sep=(.)\n", text, flags=re.I)
    before = text[: named.end()].count("\n") if named else 0
    text = text[named.end() :] if named else text
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = named[1] if named else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = before
    while True:
        start = reader.line_num + before + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            cells = [""]
        if cells is None:
            return
        line = start
        if any(cell.strip() for cell in cells):
            yield line, cells


def _columns(heading: Sequence[str]) -> tuple[Mapping[str, int], str]:
    """Field -> position, and what is wrong with the heading line ("" when nothing is)."""
    names = [_heading(h) for h in heading]
    if any("@" in name for name in names):
        return {}, "The first line must be headings, such as name,email."
    found = {field: names.index(word) for field, words in NAMES.items() for word in reversed(words) if word in names}
    if "name" not in found and not {"first", "last"} <= set(found):
        return {}, "No column holds names. Head it `name`, or `first name` and `last name`."
    if "email" not in found and "id" not in found:
        return {}, "No column tells learners apart. Head one `email` or `id`."
    return found, ""


def _heading(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split()).casefold()


def _source(heading: Sequence[str]) -> str:
    names = {_heading(h) for h in heading}
    return "Canvas" if names & _CANVAS else "Moodle" if names & _MOODLE else "own"


def _clean(text: str) -> str:
    """Without what is not seen, and without the apostrophe that keeps a spreadsheet from calculating."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown[1:] if shown[:1] == "'" and shown[1:2] in ("=", "+", "-", "@") else shown


def _is_no_person(got: Mapping[str, str], cells: Sequence[str]) -> bool:
    """Canvas's line of possible points and its made-up student."""
    name = got.get("name", "").casefold()
    return name.startswith(("points possible", "student, test", "test student")) or (not name and "(read only)" in cells)


def _wrong(got: Mapping[str, str]) -> str:
    if any(len(value) > LONGEST for value in got.values()):
        return f"A field is longer than {LONGEST} characters. Is a quotation mark missing?"
    if not _name(got):
        return "The name is missing."
    email = got.get("email", "")
    if "@" in email and not _email(got):
        return f"{email} is not an e-mail address."
    if not _email(got) and not got.get("id"):
        return "There is neither an e-mail address nor an id, so this learner cannot be told from others."
    try:
        _factor(got.get("extra_time", ""))
    except ValueError:
        return f"The extra time is {got['extra_time']}; write a factor from 1 to 5, such as 1.25."
    return ""


def _name(got: Mapping[str, str]) -> str:
    """A whole name that stands as "Last, First" is turned round; one of two columns stays as it is ("Miller, Jr.")."""
    parts = " ".join(filter(None, (got.get("first"), got.get("last"))))
    last, comma, first = got.get("name", "").partition(",")
    return parts or (f"{first.strip()} {last.strip()}".strip() if comma else last)


def _email(got: Mapping[str, str]) -> str:
    """A login that is no address is none."""
    text = got.get("email", "").casefold()
    return text if _EMAIL.match(text) else ""


def _factor(text: str) -> float | None:
    """A factor (1.25) or a share on top (25%). Raises ValueError for anything else."""
    if not text:
        return None
    share = text.endswith("%")
    value = float(text.rstrip("% ").replace(",", "."))
    value = 1 + value / 100 if share else value
    if not 1 <= value <= 5:
        raise ValueError(text)
    return value
