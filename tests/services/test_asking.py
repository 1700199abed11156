"""What a page gets of a question: inputs in the order of one seed, at any depth; of an answer, only what may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course.learning.reveal import Shown
from course.learning.scoring import Answered, mark
from course.questions import Question, by_name
from course.questions.base import Arrange, ChooseMany, Control, Json, Passage, Pick, Stage
from course.services.study.asking import question_view, review_view
from course.services.study.views import QuestionView, ReviewView
from tests.factories import question

SEEDS = range(60)
EVERYTHING = Shown(True, True, True, True, True)


def case() -> Question:
    parts: list[dict[str, Any]] = [
        {"id": "order", "type": "ordering", "stem": "In which order?", "items": _options("abcd"), "explanation": "A comes first."},
        {"id": "many", "type": "multiple_choice", "stem": "Which?", "options": _options("abcd", key="ab"), "explanation": "A and B."},
        {"id": "gaps", "type": "cloze", "stem": "Fill it in.", "text": "[[one]] and [[two]]", "gaps": {"one": _gap(), "two": _gap()}},
    ]
    return question("story", "case", stem=None, text="A fictional person.", parts=parts)


def view(found: Question, seed: int, *, shuffle: bool = True) -> QuestionView:
    return question_view(found, seed=seed, shuffle=shuffle, points=1, folder="modules/01-first")


def reviewed(found: Question, response: Json, shown: Shown) -> ReviewView:
    return review_view(found, view(found, 1), response, mark(Answered(found, 1, response)), shown)


def test_an_order_inside_a_case_never_begins_with_its_key() -> None:
    orders = {ids(_order(view(case(), seed))) for seed in SEEDS}
    assert len(orders) > 5
    assert ("a", "b", "c", "d") not in orders
    assert ("a", "b", "c", "d") not in {ids(_order(view(case(), seed, shuffle=False))) for seed in SEEDS}


def test_options_inside_a_case_are_shuffled_when_the_quiz_shuffles() -> None:
    assert len({ids(_many(view(case(), seed))) for seed in SEEDS}) > 5
    assert {ids(_many(view(case(), seed, shuffle=False))) for seed in SEEDS} == {("a", "b", "c", "d")}


def test_each_gap_has_an_order_of_its_own() -> None:
    """Else the place of the key in one gap would tell it in the next."""
    pairs = [tuple(ids(gap) for gap in _gaps(view(case(), seed))) for seed in SEEDS]
    assert any(one != two for one, two in pairs)
    assert len(set(pairs)) > 5


def test_the_same_seed_shows_the_same_order() -> None:
    assert view(case(), 7).controls == view(case(), 7).controls


def test_shuffling_keeps_every_option_and_every_label() -> None:
    shown, authored = view(case(), 3).controls, by_name("case").controls(case().body)
    assert [(s.name, s.label, s.text, s.stem) for s in _stages(shown)] == [(s.name, s.label, s.text, s.stem) for s in _stages(authored)]
    assert sorted(ids(_order(view(case(), 3)))) == ["a", "b", "c", "d"]


def test_a_case_without_a_stem_is_called_by_its_type() -> None:
    assert view(case(), 1).stem == "Case in stages"
    assert view(replace(case(), stem="Robin"), 1).stem == "Robin"


def test_a_part_is_explained_only_when_explanations_may_be_shown() -> None:
    response = {"order": ["a", "b", "c", "d"], "many": ["a"]}
    assert [line.explanation for line in reviewed(case(), response, EVERYTHING).lines] == ["A comes first.", "A and B.", ""]
    withheld = reviewed(case(), response, replace(EVERYTHING, explanation=False))
    assert [line.explanation for line in withheld.lines] == ["", "", ""]
    assert withheld.explanation == ""


@pytest.mark.parametrize("shown", [replace(EVERYTHING, key=False), Shown(True, False, False, True, False)])
def test_a_part_is_not_explained_while_its_key_is_withheld(shown: Shown) -> None:
    lines = reviewed(case(), {"many": ["a"]}, shown).lines
    assert not any(line.explanation or line.right or line.key for line in lines)


def ids(control: Control) -> tuple[str, ...]:
    assert isinstance(control, Arrange | ChooseMany | Pick)
    return tuple(o.id for o in (control.items if isinstance(control, Arrange) else control.options))


def _stages(controls: tuple[Control, ...]) -> list[Stage]:
    return [c for c in controls if isinstance(c, Stage)]


def _order(shown: QuestionView) -> Control:
    return _stages(shown.controls)[0].controls[0]


def _many(shown: QuestionView) -> Control:
    return _stages(shown.controls)[1].controls[0]


def _gaps(shown: QuestionView) -> tuple[Control, ...]:
    (passage,) = _stages(shown.controls)[2].controls
    assert isinstance(passage, Passage)
    return passage.gaps


def _options(letters: str, key: str = "") -> list[dict[str, Any]]:
    return [{"id": i, "text": f"Option {i}", **({"correct": True} if i in key else {})} for i in letters]


def _gap() -> dict[str, Any]:
    return {"type": "single_choice", "options": _options("abcd", key="a")}
