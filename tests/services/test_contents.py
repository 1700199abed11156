"""The contents of a notebook name every cell so that it can be told from the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from course.learning.outline import CellKind
from course.questions.parameters import Parameters
from course.services.study.wording import contents_title
from tests.e2e.answering import content


def test_no_two_cells_of_a_module_have_the_same_name() -> None:
    for module in content().course.modules:
        names = [contents_title(cell, content()) for cell in module.cells if cell.kind is not CellKind.CHECKPOINT]
        assert all(names)
        assert Counter(names).most_common(1)[0][1] == 1, Counter(names).most_common(2)


def test_a_question_begins_as_it_asks_and_is_not_told_whole() -> None:
    names = [contents_title(c, content()) for m in content().course.modules for c in m.cells if c.kind is CellKind.QUESTION]
    assert any(name.endswith("?") for name in names)
    assert max(map(len, names)) <= 90


def test_a_parametric_question_has_its_common_name() -> None:
    cell = next(c for m in content().course.modules for c in m.cells if c.kind is CellKind.QUESTION)
    plain = content().questions[cell.question or ""]
    drawn = replace(plain, parameters=Parameters({"x": (1.0,)}, {}, (), plain.place))
    changed = replace(content(), questions={**content().questions, drawn.id: drawn})
    assert contents_title(cell, changed) == "A question for you"
