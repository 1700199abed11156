"""An answered question as text: what was given, how it stands, what it teaches, where it stood on a figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from course.learning.policy import Kind
from course.questions import TYPES, QuestionType, by_name
from course.questions.base import Json
from tests.factories import catalogue, cell, module, quiz
from tests.unit.questions.authored import question

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 800 600'/>"


def looked_back_at(authored: str, given: object, key_shown: bool, folder: object) -> None:
    """A page with one answered question, as a result shows it."""
    from dataclasses import replace

    from course.learning.reveal import Shown
    from course.learning.scoring import Answered, mark
    from course.services.study.asking import question_view, review_view
    from course.ui.components import controls
    from course.ui.components import question as drawn
    from tests.ui.test_looking_back import course
    from tests.unit.questions.authored import question

    found = question(authored)
    view = question_view(found, seed=1, shuffle=False, points=1, folder="")
    shown = replace(Shown(True, True, True, True, True), key=key_shown)
    drawn.picture(view, folder, given=given, answered=True)
    controls.draw_told(view.controls)
    drawn.reviewed(review_view(found, view, given, mark(Answered(found, 1, given)), shown), course())


def course() -> Any:
    return catalogue([module("first", [cell("intro")])], [quiz("q", [], Kind.PRACTICE)])


def page(authored: str, given: Json, *, key_shown: bool = True, folder: Path | None = None) -> str:
    app = AppTest.from_function(looked_back_at, args=(authored, given, key_shown, folder), default_timeout=20).run()
    assert not app.exception, app.exception[0].value
    return "\n".join([m.value for m in app.markdown] + [h.proto.body for h in app.get("html")])


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_every_answer_can_be_looked_back_at(kind: QuestionType[Any]) -> None:
    samples = kind.sample(question(kind.example).body)
    for given in (*samples.right[:1], *samples.wrong[:1], samples.invalid[0], None):
        assert "k-opts" in page(kind.example, given)


def test_a_right_answer_is_ticked_and_a_wrong_one_crossed() -> None:
    example = by_name("single_choice").example
    assert page(example, "pore").count("k-mark k-right") == 2, "the answer and the verdict"
    wrong = page(example, "outside")
    assert (wrong.count("k-mark k-wrong"), wrong.count("k-mark k-right")) == (2, 1)


def test_a_partly_right_answer_does_not_cross_out_what_was_right() -> None:
    example = by_name("multiple_choice").example
    assert "k-wrong" not in page(example, ["urgency"], key_shown=False)
    both = page(example, ["urgency", "frequency", "jaundice"], key_shown=False)
    assert "k-wrong" not in both, "which of the three is wrong would tell the key"
    assert page(example, ["urgency", "frequency", "jaundice"]).count("k-mark k-wrong") == 1
    assert "Answered partly right" in page(by_name("prediction").example, 122, key_shown=False)


@pytest.mark.parametrize(("name", "given"), [("likert", "2"), ("essay", "Two words.")])
def test_what_is_neither_right_nor_wrong_is_not_marked(name: str, given: str) -> None:
    shown = page(by_name(name).example, given, key_shown=False)
    assert "k-wrong" not in shown
    assert "k-right" not in shown
    assert "your answer" in shown


def test_an_essay_keeps_its_paragraphs() -> None:
    assert "<p>One.</p>\n<p>Two.</p>" in page(by_name("essay").example, "One.\n\nTwo.")


def test_what_a_grader_looks_for_is_not_called_met() -> None:
    shown = page(by_name("essay").example, "Two words.")
    assert "Says that the block grows with use<em>looked for</em>" in shown
    assert "k-right" not in shown


def test_the_parts_of_a_case_are_told_and_explained() -> None:
    shown = page(by_name("case").example, {"met": ["larger"], "least": 2})
    assert "Robin is a fictional person of 24." in shown
    assert "Which criteria are met? <b>Larger amounts</b>" in shown
    assert "right: Larger amounts; Activities given up" in shown
    assert "<p>Both are told outright.</p>" in shown
    assert "Both are told outright." not in page(by_name("case").example, {"met": ["larger"]}, key_shown=False)


def test_the_gaps_of_a_text_are_named_in_it() -> None:
    shown = page(by_name("cloze").example, {"receptor": "GABA"})
    assert "Ketamine blocks the :blue-background[Gap\N{NO-BREAK SPACE}1] receptor" in shown
    assert "Gap 1: <b>GABA</b>" in shown
    assert "Gap 2: <b>no answer</b>" in shown


def test_a_place_that_was_pointed_at_is_shown_on_the_figure(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "tract.svg").write_text(PICTURE, encoding="utf-8")
    example = by_name("hotspot").example
    pointed = page(example, [200, 150], folder=tmp_path)
    assert 'class="k-pin" style="left:25.00%;top:25.00%"' in pointed
    assert "Your mark stands on it." in pointed
    listed = page(example, "kidney", folder=tmp_path)
    assert "k-picture" in listed
    assert "k-pin" not in listed
    assert "The figure cannot be shown here. It shows: Urinary tract" in page(example, "kidney")


def a_case_under_way(told: str, why: str) -> None:
    """A page with one answered part of a case."""
    from dataclasses import replace

    from course.learning.reveal import Shown
    from course.questions import by_name
    from course.services.study.asking import question_view
    from course.services.study.parts import part_of, part_review
    from course.ui.components import staged
    from tests.ui.test_looking_back import course
    from tests.unit.questions.authored import question

    found = question(by_name("case").example)
    view = question_view(found, seed=1, shuffle=False, points=1, folder="")
    part, stage = part_of(found, "met"), staged.stages(view.controls)[0]
    assert part is not None
    review = replace(part_review(found, part, view, ["larger"], Shown(True, True, True, True, True)), explanation=why)
    staged.answered([(replace(stage, text=told), review, "Step 1 of 2")], course())


@pytest.mark.parametrize(("told", "why"), [("It falls as $e^{-kt}$.", "Plain."), ("Plain.", "| a | b |\n|---|---|\n| 1 | 2 |")])
def test_formulas_and_tables_of_an_answered_part_are_drawn(told: str, why: str) -> None:
    app = AppTest.from_function(a_case_under_way, args=(told, why), default_timeout=30).run()
    assert not app.exception
    assert [m.value for m in app.markdown] == [told, why]
    plain = AppTest.from_function(a_case_under_way, args=("It falls.", "Plain."), default_timeout=30).run()
    (drawn,) = plain.get("html")
    assert "<p>It falls.</p>" in drawn.proto.body
    assert "<p>Plain.</p>" in drawn.proto.body
    assert not plain.markdown
