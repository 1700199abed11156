"""Paragraphs of a notebook, with the lines they stand on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.content.loader import load
from course.content.passages import Passage, passages
from tests.content.bad_examples import GOOD


@pytest.fixture
def found(tmp_path: Path) -> list[Passage]:
    shutil.copytree(GOOD, tmp_path / "content")
    file = tmp_path / "content/modules/01-block/module.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("## How many", "% check: ignore uncited said above\nOne line\nand its next.\n\n- a\n- b\n\n## How many"),
        encoding="utf-8",
    )
    return list(passages(load(tmp_path / "content").authored))


def test_every_paragraph_comes_with_its_first_line(found: list[Passage]) -> None:
    lines = (GOOD / "modules/01-block/module.md").read_text(encoding="utf-8").split("\n")
    first = found[0]
    assert lines[(first.place.line or 0) - 1].startswith("Ketamine enters")
    assert first.cites == ("zhang2021",)
    assert first.words == "Ketamine enters the channel once it is open. This is open-channel block."


def test_fences_options_headings_and_silences_are_no_prose(found: list[Passage]) -> None:
    texts = [passage.text for passage in found]
    assert "One line\nand its next." in texts
    assert "- a\n- b" in texts
    assert not any(mark in text for text in texts for mark in ("```", ":id:", "##", "check:"))


def test_the_text_of_a_directive_belongs_to_its_cell(found: list[Passage]) -> None:
    assert {passage.cell.id for passage in found if passage.text.startswith("The label gives")} == {"note-dose"}
