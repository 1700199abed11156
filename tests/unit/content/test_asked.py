"""Choices as the rules on item writing see them."""

from __future__ import annotations

from pathlib import Path

from course.content.asked import asked
from course.content.loader import load
from course.settings import ROOT
from tests.content.bad_examples import GOOD


def test_every_choice_knows_its_key_and_where_it_stands() -> None:
    found = {one.name: one for one in asked(load(GOOD).authored)}
    assert set(found) == {"bl-site", "bm-plug", "bm-share"}
    one = found["bl-site"]
    lines = (GOOD / "quizzes/block.yaml").read_text(encoding="utf-8").split("\n")
    for choice in one.choices:
        place = one.at_option(choice)
        assert lines[(place.line or 0) - 1][(place.column or 0) - 1 :].startswith(choice.text)
    assert [choice.id for choice in one.keys] == ["pore"]
    assert len(one.distractors) == 2


def test_the_parts_of_a_case_are_choices_too() -> None:
    names = {one.name for one in asked(load(Path(ROOT)).authored)}
    assert any("/" in name for name in names)
