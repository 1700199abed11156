"""figures/NAME.csv with NAME.yaml: a chart's numbers and words as one `FigureTable`."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping
from typing import Final

from course.content.formats import BODY_SITES, CONFIDENCE, FIGURE, STATUS, read_file
from course.content.mentions import Mention, Owner, Target, listed
from course.content.model import FigureTable
from course.content.text_source import TextSource
from course.diagnostics import Place, Report, did_you_mean
from course.questions.nodes import Node
from course.questions.spec import Parsed

_NUMBER: Final = re.compile(r"[-+\u2212]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?\Z")

_COLUMNS: Final = ("x", "y", "low", "high", "label", "certainty", "site")
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "interval": ("low", "high"),
    "timeline": ("high", "label"),
    "body": ("label", "certainty", "site"),
}
"""The columns that a kind needs beside x and y."""

Row = dict[str, float | str | None]


def read_figure(name: str, node: Node | None, table: TextSource | None, report: Report, mentions: list[Mention]) -> FigureTable | None:
    """One figure from its YAML node and its table's text; None when either is unusable."""
    parsed = read_file(FIGURE, node, report)
    if parsed is None or table is None:
        return None
    if ";" in table.lines[0] and "," not in table.lines[0]:
        report.error("csv-row", "the values of this table are not separated by commas", table.place(1), "replace `;` by `,`")
        return None
    columns, lines = _cells(table, report)
    if not columns or not _check_columns(parsed, columns, report):
        return None
    rows = [_row(columns, line, texts, parsed, table, report) for line, texts in lines]
    if not rows:
        report.error("empty-table", "this table has no rows under its header", Place(table.path, 1, 1))
        return None
    _check_highlight(parsed, rows, report)
    mentions.extend(Mention(Target.REFERENCE, scalar.text, scalar.place, Owner()) for scalar in listed(node, "cites"))
    if parsed["claim"]:
        mentions.append(Mention(Target.CLAIM, parsed["claim"], parsed.at("claim")))
    return _figure(name, parsed, columns, rows)


def _figure(name: str, parsed: Parsed, columns: list[str], rows: list[Row]) -> FigureTable:
    people = parsed["n"]
    return FigureTable(
        name=name,
        title=parsed["title"],
        kind=parsed["kind"],
        x=parsed["x"],
        y=parsed["y"],
        columns=tuple(columns),
        rows=tuple(rows),
        unit=parsed["unit"],
        alt=parsed["alt"],
        low=parsed["low"],
        high=parsed["high"],
        label=parsed["label"],
        certainty=parsed["certainty"],
        site=parsed["site"],
        highlight=parsed["highlight"],
        n=int(people) if people and people.isascii() and people.isdigit() else people,
        year=parsed["year"],
        place=parsed["place"],
        cites=tuple(parsed["cites"]),
        claim=parsed["claim"],
        status=parsed["status"],
        caution=parsed["caution"],
        written=parsed.place,
    )


def _cells(table: TextSource, report: Report) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header and the rows as text, each with its line; empty rows are left out."""
    reader = csv.reader(iter([line + "\n" for line in table.lines]), strict=True)
    try:
        lines = [(reader.line_num, [text.strip() for text in texts]) for texts in reader if any(text.strip() for text in texts)]
    except csv.Error as fault:
        report.error("csv", f"this is not CSV: {fault}", table.place(reader.line_num))
        return [], []
    if not lines:
        report.error("empty-table", "this table has no header", Place(table.path))
        return [], []
    (at, header), *rows = lines
    for index, column in enumerate(header):
        if not column or column in header[:index]:
            report.error("csv-header", f"`{column}` names two columns" if column else "a column has no name", table.place(at))
            return [], []
    for line, texts in rows:
        if len(texts) != len(header):
            report.error("csv-row", f"this row has {len(texts)} values, the header names {len(header)}", table.place(line))
    return header, [(line, texts) for line, texts in rows if len(texts) == len(header)]


def _check_columns(parsed: Parsed, columns: list[str], report: Report) -> bool:
    good = True
    kind = parsed["kind"]
    needed = ("x", "y", *_NEEDED.get(kind, ()))
    for key in _COLUMNS:
        column = parsed[key]
        if column and column not in columns:
            report.error("missing-column", f"the table has no column `{column}`", parsed.at(key), did_you_mean(column, columns))
            good = False
        elif not column and key in needed:
            if key not in ("x", "y"):
                report.error("missing-key", f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} figure needs `{key}`", parsed.place)
            good = False
    return good


def _row(columns: list[str], line: int, texts: list[str], parsed: Parsed, table: TextSource, report: Report) -> Row:
    """One row: numbers in y, low and high; the label as text; elsewhere a number when it is one. Empty is None."""
    row: Row = {}
    numeric = {parsed["y"], parsed["low"], parsed["high"]}
    for column, text in zip(columns, texts, strict=True):
        number = None if column in (parsed["x"], "status") else _number(text)
        row[column] = number if number is not None else text or None
        if column in numeric and text and number is None:
            report.error("not-a-number", f"`{text[:40]}` in column `{column}` must be a number", table.place(line))
            row[column] = None
    if not row[parsed["x"]]:
        report.error("empty-label", f"this row has nothing in column `{parsed['x']}`", table.place(line))
    for named, words in (("status", STATUS), (parsed["certainty"], CONFIDENCE), (parsed["site"], BODY_SITES)):
        if row.get(named or "") not in (None, *words):
            report.error("type", f"`{row[named]}` must be one of {', '.join(f'`{word}`' for word in words)}", table.place(line))
    if parsed["site"] and row[parsed["site"]] is None:
        report.error("empty-label", f"this row has nothing in column `{parsed['site']}`", table.place(line))
    if parsed["kind"] == "timeline" and row[parsed["y"]] is None:
        report.error("empty-label", f"this row has nothing in column `{parsed['y']}`", table.place(line))
    _check_interval(row, parsed, table.place(line), report)
    return row


def _check_interval(row: Mapping[str, float | str | None], parsed: Parsed, place: Place, report: Report) -> None:
    low, high = (row.get(parsed[key]) if parsed[key] else None for key in ("low", "high"))
    value = row[parsed["y"]]
    ends = [end for end in (low, value, high) if isinstance(end, float | int)]
    if ends != sorted(ends):
        report.error("interval", "low, value and high are out of order", place)


def _check_highlight(parsed: Parsed, rows: list[Row], report: Report) -> None:
    labels = [str(row[parsed["x"]]) for row in rows]
    if parsed["highlight"] is not None and parsed["highlight"] not in labels:
        hint = did_you_mean(parsed["highlight"], labels)
        report.error("highlight", f"no row is called `{parsed['highlight']}`", parsed.at("highlight"), hint)


def _number(text: str) -> float | None:
    if not _NUMBER.match(text):
        return None
    value = float(text.replace("\u2212", "-"))
    return value if math.isfinite(value) else None
