"""A long table of answers as CSV: `attempt,learner,question,score,max[,option][,state]`, UTF-8, commas, a header line.

Other columns are passed over. An empty score is one that is not there yet; an empty state is `answered`. Read by Arrow,
several rows of a million a second; only when something is wrong is it read again, line by line, to say where.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from course.analytics.responses import Answer, Codes, Floats, Responses
from course.errors import Refused

REQUIRED: Final = ("attempt", "learner", "question", "score", "max")
OPTIONAL: Final = ("option", "state")
STATES: Final[Mapping[str, Answer]] = {
    "": Answer.ANSWERED,
    "answered": Answer.ANSWERED,
    "omitted": Answer.OMITTED,
    "not_reached": Answer.NOT_REACHED,
    "not_presented": Answer.NOT_PRESENTED,
}
_NUMBERS: Final = ("score", "max")
_BLOCK: Final = 1 << 24


def read_responses(path: Path) -> Responses:
    """The table in a file. Raises Refused with one sentence that names line and column."""
    header = _header(path)
    try:
        table = _read(path, header, newlines=False)
    except pa.ArrowInvalid as fault:
        _refuse_first_fault(path)
        table = _read_slowly(path, header, fault)
    columns = {name: _encoded(table, name) for name in table.column_names if name not in _NUMBERS}
    numbers = {name: np.asarray(table[name].fill_null(math.nan).to_numpy(), dtype=np.float64) for name in _NUMBERS}
    del table
    if not _sound(columns, numbers):
        _refuse_first_fault(path)
    states = columns.get("state")
    state = np.zeros(len(numbers["max"]), dtype=np.int8)
    if states is not None:
        state = np.array([STATES[name] for name in states.names], dtype=np.int8)[states.codes]
    return Responses(
        questions=columns["question"].names,
        attempt=columns["attempt"].codes,
        learner=columns["learner"].codes,
        question=columns["question"].codes,
        score=numbers["score"],
        max=numbers["max"],
        state=state,
        **_options(columns.get("option")),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    names: tuple[str, ...]
    codes: Codes


@dataclass(frozen=True, slots=True)
class _Header:
    names: tuple[str, ...]
    lines: int


def _header(path: Path) -> _Header:
    """The names, and the lines they take."""
    for record in _records(path):
        names = tuple(name.strip() for name in record.fields)
        _check_header(path, names, record.line)
        return _Header(names, record.last)
    raise Refused(f"{path.name} is empty: the first line names the columns, {','.join(REQUIRED)}.")


def _check_header(path: Path, names: Sequence[str], line: int) -> None:
    place = f"{path.name}, line {line}"
    if len(names) == 1 and any(mark in names[0] for mark in ";\t"):
        raise Refused(f"{place}: separate the columns with commas.")
    for number, name in enumerate(names, 1):
        if name in (*REQUIRED, *OPTIONAL) and names.index(name) < number - 1:
            raise Refused(f"{place}, column {number}: there are two columns `{name}`.")
    for needed in (*REQUIRED, *OPTIONAL):
        if needed not in names:
            near = get_close_matches(needed, [n for n in names if n not in (*REQUIRED, *OPTIONAL)], 1, 0.8)
            hint = f" Is `{near[0]}` (column {names.index(near[0]) + 1}) meant?" if near else ""
            if needed in REQUIRED:
                raise Refused(f"{place}: there is no column `{needed}`; the columns are {','.join(REQUIRED)}[,option][,state].{hint}")
            if near:
                raise Refused(f"{place}, column {names.index(near[0]) + 1}: `{near[0]}` is not a column; is `{needed}` meant?")


def _read(path: Path, header: _Header, *, newlines: bool) -> Any:
    text = pa.dictionary(pa.int32(), pa.string())
    wanted = [name for name in (*REQUIRED, *OPTIONAL) if name in header.names]
    names = [name if name in wanted else f"{name} {place}" for place, name in enumerate(header.names)]
    try:
        table = arrow_csv.read_csv(
            path,
            arrow_csv.ReadOptions(column_names=names, skip_rows=header.lines, block_size=_BLOCK),
            arrow_csv.ParseOptions(newlines_in_values=newlines),
            arrow_csv.ConvertOptions(
                column_types={name: pa.float64() if name in _NUMBERS else text for name in wanted},
                include_columns=wanted,
                null_values=[""],
                strings_can_be_null=False,
            ),
        )
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    return table.unify_dictionaries().combine_chunks()


def _read_slowly(path: Path, header: _Header, first: Exception) -> Any:
    """Once more for what is unusual and right, such as a name with a line break in it."""
    try:
        return _read(path, header, newlines=True)
    except pa.ArrowInvalid:
        raise Refused(f"{path.name} cannot be read: {str(first).splitlines()[0]}") from first


def _encoded(table: Any, name: str) -> _Column:
    column = table[name]
    array = column.chunk(0) if column.num_chunks else pa.array([], pa.string()).dictionary_encode()
    return _Column(tuple(array.dictionary.to_pylist()), np.asarray(array.indices.to_numpy(zero_copy_only=False), dtype=np.int32))


def _options(column: _Column | None) -> dict[str, Any]:
    """Nothing chosen is an empty field: -1."""
    if column is None:
        return {}
    codes = column.codes
    if "" in column.names:
        codes = np.where(codes == column.names.index(""), np.int32(-1), codes)
    return {"options": column.names, "option": codes}


def _sound(columns: Mapping[str, _Column], numbers: Mapping[str, Floats]) -> bool:
    """Whether there is nothing that `_faults` would name; looks at whole columns."""
    attempt, learner, question = (columns[name] for name in ("attempt", "learner", "question"))
    if any("" in column.names for column in (attempt, learner, question)) or not np.isfinite(numbers["max"]).all():
        return False
    if (numbers["max"] < 0).any() or np.isinf(numbers["score"]).any():
        return False
    if "state" in columns and not set(columns["state"].names) <= STATES.keys():
        return False
    owner = np.zeros(len(attempt.names), dtype=np.int32)
    owner[attempt.codes] = learner.codes
    return bool((owner[attempt.codes] == learner.codes).all()) and not _twice(attempt, question)


def _twice(attempt: _Column, question: _Column) -> bool:
    """Whether an attempt has a question more than once."""
    rows, cells = len(attempt.codes), len(attempt.names) * len(question.names)
    key = attempt.codes.astype(np.int64) * len(question.names) + question.codes
    if cells > 20 * rows + 1_000_000:
        return len(np.unique(key)) < rows
    seen = np.zeros(cells, dtype=bool)
    seen[key] = True
    return int(seen.sum()) < rows


@dataclass(frozen=True, slots=True)
class _Record:
    """`line`: where it begins, `last`: where it ends."""

    fields: list[str]
    line: int
    last: int


def _records(path: Path) -> Iterator[_Record]:
    """The file's records that are not empty. Raises Refused where it is not CSV."""
    line = 1
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            reader = csv.reader(file, strict=True)
            while True:
                line = reader.line_num + 1
                try:
                    fields = next(reader)
                except StopIteration:
                    return
                _check_text(path, fields, line)
                if fields:
                    yield _Record(fields, line, reader.line_num)
    except csv.Error as fault:
        raise Refused(f"{path.name}, line {line}: this is not CSV: {fault}.") from fault
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror or fault}.") from fault


def _check_text(path: Path, fields: Sequence[str], line: int) -> None:
    for number, field in enumerate(fields, 1):
        if any("\udc80" <= letter <= "\udcff" for letter in field):
            raise Refused(f"{path.name}, line {line}, column {number}: these are not UTF-8 letters; save the file as UTF-8.")


def _refuse_first_fault(path: Path) -> None:
    """Raises Refused for the first fault of the file, if there is one."""
    for line, column, fault in _faults(path):
        raise Refused(f"{path.name}, line {line}, column {column}: {fault}.")


def _faults(path: Path) -> Iterator[tuple[int, str, str]]:
    records = _records(path)
    names = [name.strip() for name in next(records).fields]
    owner: dict[str, tuple[str, int]] = {}
    asked: dict[tuple[str, str], int] = {}
    for record in records:
        if len(record.fields) != len(names):
            yield (
                record.line,
                str(min(len(record.fields), len(names)) + 1),
                f"the line has {len(record.fields)} fields, the first line {len(names)}",
            )
            continue
        row = dict(zip(names, record.fields, strict=True))
        for name in (*REQUIRED, *OPTIONAL):
            fault = _field_fault(name, row.get(name, ""))
            if fault:
                yield record.line, f"{names.index(name) + 1} ({name})", fault
        mine = owner.setdefault(row["attempt"], (row["learner"], record.line))
        if mine[0] != row["learner"]:
            fault = f"attempt `{row['attempt']}` is by `{mine[0]}` in line {mine[1]} and by `{row['learner']}` here"
            yield record.line, f"{names.index('learner') + 1} (learner)", fault
        before = asked.setdefault((row["attempt"], row["question"]), record.line)
        if before != record.line:
            fault = f"attempt `{row['attempt']}` has question `{row['question']}` in line {before} already"
            yield record.line, f"{names.index('question') + 1} (question)", fault


def _field_fault(name: str, text: str) -> str:
    if name == "state":
        return "" if text in STATES else f"`{text}` is no state; it is one of {', '.join(s for s in STATES if s)}"
    if name == "option":
        return ""
    if name not in _NUMBERS:
        return "" if text else "it is empty"
    if not text.strip():
        return "it is empty; every question has a maximum, 0 when it carries no points" if name == "max" else ""
    try:
        value = float(text.replace("_", "?"))
    except ValueError:
        return f"`{text}` is not a number" + ("; write a decimal point" if "," in text else "")
    if not math.isfinite(value):
        return f"`{text}` is not a number"
    return "a maximum is not below 0" if name == "max" and value < 0 else ""
