import pytest

from course.questions import State, by_name
from course.questions.base import Shuffle
from tests.unit.questions.authored import codes, graded, question

SORT = """
id: sort
type: categorise
items: [{id: x, text: X, target: acute}, {id: y, text: Y, target: late}, {id: z, text: Z, target: late}]
targets: [{id: acute, text: Acute}, {id: late, text: Late}, {id: never, text: Never}]
"""
GRID = """
id: grid
type: matrix
rows: [{id: r1, text: Row 1, column: yes}, {id: r2, text: Row 2, column: no}]
columns: [{id: yes, text: Listed}, {id: no, text: Not listed}]
"""


def test_items_may_share_a_group_and_a_group_may_stay_empty():
    assert graded(SORT, {"x": "acute", "y": "late", "z": "late"}).score == 1
    assert graded(SORT, {"x": "acute", "y": "late", "z": "acute"}).score == pytest.approx(2 / 3)
    assert graded(SORT + "scoring: net_correct\n", {"x": "acute", "y": "never"}).score == 0
    assert graded(SORT + "scoring: coverage\n", {"x": "acute", "y": "late"}).score == pytest.approx(2 / 3)


def test_a_matrix_takes_one_column_a_row():
    assert graded(GRID, {"r1": "yes", "r2": "no"}).score == 1
    assert (graded(GRID, {"r1": "yes"}).score, graded(GRID, {"r1": "yes"}).state) == (0.5, State.PARTIAL)
    assert graded(GRID, {"r1": "maybe"}).state is State.INVALID
    assert graded(GRID, {"r3": "yes"}).state is State.INVALID
    assert graded(GRID, {"r1": True}).state is State.INVALID


def test_columns_keep_their_order():
    assert {control.shuffle for control in by_name("matrix").controls(question(GRID).body)} == {Shuffle.NEVER}
    assert {control.shuffle for control in by_name("categorise").controls(question(SORT).body)} == {Shuffle.ALLOWED}


def test_an_unknown_target_or_column_is_reported():
    assert codes(SORT.replace("target: acute", "target: acut")) == ["unknown-target"]
    assert codes(GRID.replace("column: yes", "column: ye")) == ["unknown-target"]
    assert codes(GRID + "scoring: per_option\n") == ["refused-scoring"]
    assert codes(GRID.replace("column: yes", "target: yes")) == ["unknown-key", "missing-key"]
