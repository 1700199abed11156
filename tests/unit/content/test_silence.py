"""Which lines a silence covers."""

from __future__ import annotations

import pytest

from course.content.silence import silences


def covered(path: str, text: str) -> list[tuple[str, str, int, int]]:
    return sorted((s.code, s.reason, s.first, s.last) for s in silences(path, text.split("\n")))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("% check: ignore c why\nA line\nand another.\n\nnot this", 2, 3),
        ("% check: ignore c why\n\nA line", 3, 3),
        ("% check: ignore c why\n```{note}\nbody\n\nmore\n```\nnot this", 2, 6),
    ],
)
def test_in_markdown_it_covers_the_block_below(text: str, first: int, last: int) -> None:
    assert covered("m.md", text) == [("c", "why", first, last)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2 # check: ignore c why\nc: 3", 2),
        ("# check: ignore c why\n# a remark\n\nb: 2", 4),
        ("a: '# no' # check: ignore c why", 1),
    ],
)
def test_in_yaml_it_covers_its_line_or_the_next(text: str, line: int) -> None:
    assert covered("q.yaml", text) == [("c", "why", line, line)]


def test_several_in_a_row_cover_the_same_block() -> None:
    text = "% check: ignore a x\n% check: ignore b y z\nText"
    assert covered("m.md", text) == [("a", "x", 3, 3), ("b", "y z", 3, 3)]


def test_ten_thousand_in_a_row_end() -> None:
    assert len(covered("m.md", "% check: ignore a x\n" * 10_000 + "Text")) == 10_000


def test_a_reason_may_be_missing() -> None:
    assert covered("q.yaml", "a: 1 # check: ignore c") == [("c", "", 1, 1)]
