"""module.md as written: cells, their places, and what is wrong with them."""

from __future__ import annotations

import pytest

from course.content.markdown_source import ModuleText, read_module_text
from course.diagnostics import Report

FRONT = "---\nid: m\n---\n"


def read(body: str) -> tuple[ModuleText, Report]:
    report = Report()
    text = read_module_text((FRONT + body).encode(), "m.md", report)
    assert text is not None
    return text, report


def faults(report: Report) -> list[tuple[str, int | None, int | None]]:
    return [(f.code, f.place.line, f.place.column) for f in report]


def test_headings_start_prose_cells_and_directives_are_cells_of_their_own() -> None:
    text, report = read("Before.\n\n## One\n\nA\n\n### Inside\n\nB\n\n```{note} Title\n:id: n\n\nBody\n```\n\nAfter.\n")
    assert report.findings == []
    kinds = [(c.directive.name if c.directive else None, c.title.value if c.title else None, c.place.line) for c in text.cells]
    assert kinds == [(None, None, 4), (None, "One", 6), ("note", None, 14), (None, None, 20)]
    assert text.cells[1].text == "A\n\n### Inside\n\nB"
    note = text.cells[2]
    assert note.argument is not None
    assert (note.argument.value, note.text, note.options["id"].value, note.last_line) == ("Title", "Body", "n", 17)


def test_a_heading_with_nothing_under_it_names_the_directive_below() -> None:
    text, report = read("## Question\n\n```{question} q-one\n```\n")
    assert report.findings == []
    assert len(text.cells) == 1
    assert text.cells[0].title is not None
    assert text.cells[0].title.value == "Question"


def test_code_is_prose_whatever_it_holds() -> None:
    text, report = read("## A\n\n```\n## not a heading\n```\n\n`````\n```{note}\n`````\n")
    assert report.findings == []
    assert len(text.cells) == 1


def test_a_longer_fence_holds_a_shorter_one() -> None:
    text, report = read("````{note}\n```\ncode\n```\n````\n")
    assert report.findings == []
    assert text.cells[0].text == "```\ncode\n```"


def test_places_inside_an_indented_directive_are_those_of_the_file() -> None:
    text, report = read("  ```{note}\n  a {ref}`x`\n  ```\n")
    assert faults(report) == [("unknown-role", 5, 5)]
    assert text.cells[0].text == "a {ref}`x`"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("```{note}\nnever closed\n", [("unclosed-fence", 4, 1)]),
        ("```{note}\nA\n\n```{warning}\nB\n```\n", [("unclosed-fence", 4, 1)]),
        ("text\n\n```\ncode\n", [("unclosed-fence", 6, 1)]),
        ("```{nope}\nx\n```\n", [("unknown-directive", 4, 4)]),
        ("```{question}\n```\n", [("missing-argument", 4, 1)]),
        ("```{note}\n:size: 3\nx\n```\n", [("unknown-option", 5, 1)]),
        ("```{note}\n:id: a\n:id: b\nx\n```\n", [("duplicate-key", 6, 1)]),
        ("```{note}\n:audience: doctors\nx\n```\n", [("type", 5, 1)]),
        ("```{figure}\n```\n", [("missing-option", 4, 1)]),
        ("```{note}\n```\n", [("empty-cell", 4, 1)]),
        ("```{question} q\n\nlost words\n```\n", [("unread-text", 6, 1)]),
        ("~~~{note}\nx\n~~~\n", [("directive-fence", 4, 1)]),
        ("- x\n\n  - ```{note}\n    y\n    ```\n", [("indented-directive", 6, 1)]),
        ("# Title\n\ntext\n", [("heading-level", 4, 1)]),
        ("Title\n=====\n", [("heading-level", 5, 1)]),
        ("## \n\ntext\n", [("empty-heading", 4, 1)]),
        ("## Nothing\n\n## Something\n\nx\n", [("empty-heading", 4, 1)]),
        ("## A\n\n```{note} B\nx\n```\n", [("two-titles", 4, 1)]),
        ("a\n<br>\n", [("raw-html", 5, 1)]),
        ("a {cite}` , `\n", [("empty-role", 4, 3)]),
    ],
)
def test_it_points_at(body: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert faults(read(body)[1]) == expected


@pytest.mark.parametrize("text", ["no front matter\n", "---\nid: m\nnever closed\n"])
def test_a_module_begins_with_front_matter(text: str) -> None:
    report = Report()
    read_module_text(text.encode(), "m.md", report)
    assert faults(report) == [("front-matter", 1, 1)]


def test_faults_in_the_front_matter_point_into_the_file() -> None:
    report = Report()
    read_module_text(b"---\nid: m\ntitle: [a\n---\n\ntext\n", "m.md", report)
    assert report.findings[0].code == "yaml"
    assert report.findings[0].place.line in (3, 4)


def test_silences_are_not_shown() -> None:
    text, report = read("% check: ignore people-first quoted\nText.\n\n```{note}\n% check: ignore people-first quoted\nBody\n```\n")
    assert report.findings == []
    assert [cell.text.strip() for cell in text.cells] == ["Text.", "Body"]
