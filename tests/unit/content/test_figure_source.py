"""Figures: the table's numbers, and what a chart cannot be drawn from."""

from __future__ import annotations

import pytest

from course.content.figure_source import read_figure
from course.content.model import FigureTable
from course.content.text_source import decode
from course.content.yaml_source import read_yaml
from course.diagnostics import Report

WORDS = "title: T\nkind: bar\nx: who\ny: share\n"


def read(words: str, table: str) -> tuple[FigureTable | None, Report]:
    report = Report()
    figure = read_figure("f", read_yaml(words.encode(), "f.yaml", report), decode(table.encode(), "f.csv", report), report, [])
    return figure, report


def test_numbers_are_numbers_labels_are_text_and_empty_is_missing() -> None:
    figure, report = read(WORDS + "n: 274\nyear: 2009-10\n", 'who,share,status,rank\n2014,1.5,checked,1\n"A, B",,partly-checked,first\n')
    assert report.findings == []
    assert figure is not None
    assert figure.rows == (
        {"who": "2014", "share": 1.5, "status": "checked", "rank": 1.0},
        {"who": "A, B", "share": None, "status": "partly-checked", "rank": "first"},
    )
    assert (figure.n, figure.year, figure.columns) == (274, "2009-10", ("who", "share", "status", "rank"))


def test_people_may_be_told_in_words() -> None:
    figure, _ = read(WORDS + "n: 81 and 59 in two series\n", "who,share\na,1\n")
    assert figure is not None
    assert figure.n == "81 and 59 in two series"


@pytest.mark.parametrize(
    ("words", "table", "code", "place"),
    [
        (WORDS.replace("bar", "pie"), "who,share\na,1\n", "type", "f.yaml:2:7"),
        (WORDS.replace("share", "shares"), "who,share\na,1\n", "missing-column", "f.yaml:4:4"),
        (WORDS.replace("bar", "interval"), "who,share\na,1\n", "missing-key", "f.yaml:1:1"),
        (WORDS + "highlight: b\n", "who,share\na,1\n", "highlight", "f.yaml:5:12"),
        (WORDS, "who,share\na,many\n", "not-a-number", "f.csv:2:1"),
        (WORDS, "who,share\na,nan\n", "not-a-number", "f.csv:2:1"),
        (WORDS, "who,share\na,1e999\n", "not-a-number", "f.csv:2:1"),
        (WORDS, "who,share\na\n", "csv-row", "f.csv:2:1"),
        (WORDS, "who,share,share\na,1,1\n", "csv-header", "f.csv:1:1"),
        (WORDS, "who,share,\na,1,1\n", "csv-header", "f.csv:1:1"),
        (WORDS, "who,share\n", "empty-table", "f.csv:1:1"),
        (WORDS, "", "empty-table", "f.csv"),
        (WORDS, 'who,share\n"a,1\n', "csv", "f.csv:3:1"),
        (WORDS, "who,share\n,1\n", "empty-label", "f.csv:2:1"),
        (WORDS, "who,share,status\na,1,sure\n", "type", "f.csv:2:1"),
    ],
)
def test_it_points_at(words: str, table: str, code: str, place: str) -> None:
    _, report = read(words, table)
    assert [(f.code, str(f.place)) for f in report][:1] == [(code, place)]


def test_an_interval_holds_its_value() -> None:
    words = WORDS.replace("bar", "interval") + "low: lo\nhigh: hi\n"
    assert read(words, "who,share,lo,hi\na,2,1,3\nb,2,,\n")[1].findings == []
    assert [f.code for f in read(words, "who,share,lo,hi\na,4,1,3\n")[1]] == ["interval"]


TIMELINE = WORDS.replace("bar", "timeline") + "high: until\nlabel: what\n"
BODY = WORDS.replace("bar", "body") + "label: what\ncertainty: sure\nsite: site\n"


def test_a_timeline_has_spells_and_moments() -> None:
    figure, report = read(TIMELINE, "who,share,until,what\nUK,2006,2014,class C\nUN,2012,,advice\n")
    assert report.findings == []
    assert figure is not None
    assert (figure.label, figure.high) == ("what", "until")
    assert figure.rows[1]["until"] is None


@pytest.mark.parametrize(
    ("words", "table", "code", "place"),
    [
        (TIMELINE.replace("label: what\n", ""), "who,share,until,what\nUK,2006,,a\n", "missing-key", "f.yaml:1:1"),
        (TIMELINE, "who,share,until,what\nUK,,2014,a\n", "empty-label", "f.csv:2:1"),
        (TIMELINE, "who,share,until,what\nUK,2014,2006,a\n", "interval", "f.csv:2:1"),
        (TIMELINE, "who,share,until,what\nUK,2006,now,a\n", "not-a-number", "f.csv:2:1"),
        (BODY.replace("site: site\n", ""), "who,share,what,sure,site\na,1,b,high,nose\n", "missing-key", "f.yaml:1:1"),
        (BODY, "who,share,what,sure,site\na,1,b,high,knee\n", "type", "f.csv:2:1"),
        (BODY, "who,share,what,sure,site\na,1,b,sure,nose\n", "type", "f.csv:2:1"),
        (BODY, "who,share,what,sure,site\na,1,b,high,\n", "empty-label", "f.csv:2:1"),
    ],
)
def test_the_larger_kinds_point_at(words: str, table: str, code: str, place: str) -> None:
    _, report = read(words, table)
    assert [(f.code, str(f.place)) for f in report][:1] == [(code, place)]
