"""YAML bytes to nodes: what is read, what is refused, and where findings point."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content.yaml_source import read_yaml
from course.diagnostics import Report
from course.questions.nodes import Mapped, Scalar, Sequence


def read(data: bytes | str) -> tuple[object, Report]:
    report = Report()
    return read_yaml(data.encode() if isinstance(data, str) else data, "quizzes/q.yaml", report), report


def only(report: Report) -> tuple[str, str]:
    assert len(report.findings) == 1, report.findings
    return report.findings[0].code, str(report.findings[0].place)


def test_it_keeps_source_text_and_places() -> None:
    node, report = read("id: 2024-01-01\nlist:\n  - no\n  - '1e3'\n")
    assert report.ok
    assert isinstance(node, Mapped)
    first, second = node.entries
    assert first.key.text == "id"
    assert isinstance(first.value, Scalar)
    assert (first.value.text, first.value.plain, str(first.value.place)) == ("2024-01-01", True, "quizzes/q.yaml:1:5")
    assert isinstance(second.value, Sequence)
    texts = [(item.text, item.plain, item.place.line) for item in second.value.items if isinstance(item, Scalar)]
    assert texts == [("no", True, 3), ("1e3", False, 4)]


def test_it_leaves_duplicate_keys_to_the_schema() -> None:
    node, report = read("a: 1\na: 2\n")
    assert report.ok
    assert isinstance(node, Mapped)
    assert [entry.key.place.line for entry in node.entries] == [1, 2]


def test_it_accepts_a_byte_order_mark_and_windows_line_ends() -> None:
    node, report = read(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
    assert report.ok
    assert isinstance(node, Mapped)
    assert [entry.key.text for entry in node.entries] == ["a", "b"]
    assert isinstance(node.entries[1].value, Scalar)
    assert node.entries[1].value.text == "x\ny\n"


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "empty-file", "quizzes/q.yaml"),
        (b"# only a remark\n", "empty-file", "quizzes/q.yaml"),
        (b"a: 1\r\nb: \xff\r\n", "not-utf8", "quizzes/q.yaml:2:4"),
        (b"\xef\xbb\xbfa: 1\nb: 2\nc: \xc3(\n", "not-utf8", "quizzes/q.yaml:3:4"),
        (b"a: 1\nb: \x00\n", "bad-character", "quizzes/q.yaml:2:4"),
        ("a: x\nb: \u2028\n".encode(), "bad-character", "quizzes/q.yaml:2:4"),
        (b"a: &x 1\nb: *x\n", "yaml-alias", "quizzes/q.yaml:1:4"),
        (b"a: 1\nb: *x\n", "yaml-alias", "quizzes/q.yaml:2:4"),
        (b"a: 1\n---\nb: 2\n", "yaml-documents", "quizzes/q.yaml:2:1"),
        (b"a: !!python/object:os.system x\n", "yaml-tag", "quizzes/q.yaml:1:4"),
        (b"<<: {a: 1}\n", "yaml-merge", "quizzes/q.yaml:1:1"),
        (b"? [a]\n: b\n", "yaml-key", "quizzes/q.yaml:1:3"),
        (b"quiz:\n\tid: x\n", "tab", "quizzes/q.yaml:2:1"),
        (b"a:\n  b: 1\n\tc: 2\n", "tab", "quizzes/q.yaml:3:1"),
        (b"a: b: c\n", "yaml", "quizzes/q.yaml:1:5"),
        (b"a: 'x\nb: y\n", "yaml", "quizzes/q.yaml:1:4"),
        (b"[" * 51 + b"]" * 51, "too-deep", "quizzes/q.yaml:1:51"),
    ],
)
def test_it_points_at(data: bytes, code: str, place: str) -> None:
    _, report = read(data)
    assert only(report) == (code, place)


def test_it_reads_fifty_levels_and_a_megabyte_but_no_more() -> None:
    assert read(b"[" * 50 + b"]" * 50)[1].ok
    exactly = b"a: '" + b"x" * (1_048_576 - 5) + b"'"
    assert read(exactly)[1].ok
    assert only(read(exactly + b"\n")[1]) == ("too-large", "quizzes/q.yaml")


def test_a_broken_file_explains_itself_in_plain_words() -> None:
    _, report = read('text: "never closed\nnext: 1\n')
    finding = report.findings[0]
    assert finding.message == "a quote that begins here is never closed"
    assert finding.hint == "close the quote"


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet="ab:-[]{}'\"&*!|>#%@`\\\t\n ,?é\u2028\x85", max_size=60).map(str.encode)))
def test_it_never_raises_and_stays_inside_the_file(data: bytes) -> None:
    node, report = read(data)
    assert node is not None or not report.ok
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for finding in report:
        assert finding.place.line is None or 1 <= finding.place.line <= lines
