"""Tables of answers as files: what is read, and the one sentence about what is not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analytics.response_csv import read_responses
from course.analytics.responses import Answer
from course.errors import Refused

HEAD = "attempt,learner,question,score,max\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def refused(file: Path, text: str | bytes) -> str:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Refused) as stopped:
        read_responses(file)
    assert "\n" not in stopped.value.message
    return stopped.value.message


def test_columns_may_stand_in_any_order_with_others_between(file: Path) -> None:
    file.write_text("max,score,comment,question,learner,attempt,state,option\n2,1.5,hm,q1,ann,a1,answered,b\n2,,,q2,ann,a1,not_reached,\n")
    found = read_responses(file)
    assert (found.questions, found.options) == (("q1", "q2"), ("b", ""))
    assert found.score.tolist()[0] == 1.5
    assert np.isnan(found.score[1])
    assert found.state.tolist() == [Answer.ANSWERED, Answer.NOT_REACHED]
    assert found.option is not None
    assert found.option.tolist() == [0, -1]


@pytest.mark.parametrize("text", [HEAD, "\ufeff" + HEAD + "\n", HEAD.replace("\n", "\r\n")])
def test_a_table_without_rows_is_empty(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert len(read_responses(file)) == 0


def test_marks_of_spreadsheets_do_no_harm(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + (HEAD + 'a1,"ann, b.",q1,1,1\n\na1,"ann, b.","q\n2",0.5,1\n').replace("\n", "\r\n").encode())
    found = read_responses(file)
    assert found.score.tolist() == [1, 0.5]
    assert len(found.questions) == 2


@given(rows=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.floats(-2, 2)), max_size=20, unique_by=lambda row: row[:2]))
def test_what_was_written_is_read(rows: list[tuple[int, int, float]], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("csv") / "answers.csv"
    path.write_text(HEAD + "".join(f"a{a},l{a % 2},q{q},{score!r},2\n" for a, q, score in rows), encoding="utf-8")
    found = read_responses(path)
    assert found.score.tolist() == [score for *_, score in rows]
    assert [found.questions[code] for code in found.question] == [f"q{q}" for _, q, _ in rows]


ROW = "a1,ann,q1,1,1\n"
BAD = [
    ("", "answers.csv is empty: the first line names the columns, attempt,learner,question,score,max."),
    (
        "attempt,learner,item,score,max\n",
        "answers.csv, line 1: there is no column `question`; the columns are attempt,learner,question,score,max[,option][,state].",
    ),
    (
        "attempt,learner,question,scores,max\n",
        "answers.csv, line 1: there is no column `score`; the columns are attempt,learner,question,score,max[,option][,state]."
        " Is `scores` (column 4) meant?",
    ),
    (HEAD.strip() + ",options\n", "answers.csv, line 1, column 6: `options` is not a column; is `option` meant?"),
    (HEAD.strip() + ",max\n", "answers.csv, line 1, column 6: there are two columns `max`."),
    (HEAD.replace(",", ";"), "answers.csv, line 1: separate the columns with commas."),
    (HEAD + ROW + "a2,ann,q1,x,1\n", "answers.csv, line 3, column 4 (score): `x` is not a number."),
    (HEAD + ROW + 'a2,ann,q1,"1,5",2\n', "answers.csv, line 3, column 4 (score): `1,5` is not a number; write a decimal point."),
    (HEAD + ROW + "a2,ann,q1,inf,1\n", "answers.csv, line 3, column 4 (score): `inf` is not a number."),
    (HEAD + ROW + "a2,ann,q1,1,nan\n", "answers.csv, line 3, column 5 (max): `nan` is not a number."),
    (
        HEAD + ROW + "a2,ann,q1,1,\n",
        "answers.csv, line 3, column 5 (max): it is empty; every question has a maximum, 0 when it carries no points.",
    ),
    (HEAD + ROW + "a2,ann,q1,1,-1\n", "answers.csv, line 3, column 5 (max): a maximum is not below 0."),
    (HEAD + ROW + "a2,,q1,1,1\n", "answers.csv, line 3, column 2 (learner): it is empty."),
    (HEAD + ROW + "a2,ann,q1,1\n", "answers.csv, line 3, column 5: the line has 4 fields, the first line 5."),
    (HEAD + ROW + "a2,ann,q1,1,1,1\n", "answers.csv, line 3, column 6: the line has 6 fields, the first line 5."),
    (HEAD + '"a\n1",ann,q1,1,1\n' + "a2,ann,q1,?,1\n", "answers.csv, line 4, column 4 (score): `?` is not a number."),
    (HEAD + ROW + ROW, "answers.csv, line 3, column 3 (question): attempt `a1` has question `q1` in line 2 already."),
    (HEAD + ROW + "a1,ben,q2,1,1\n", "answers.csv, line 3, column 2 (learner): attempt `a1` is by `ann` in line 2 and by `ben` here."),
    (
        HEAD.strip() + ",state\n" + "a1,ann,q1,1,1,skipped\n",
        "answers.csv, line 2, column 6 (state): `skipped` is no state; it is one of answered, omitted, not_reached, not_presented.",
    ),
    (HEAD + 'a1,"ann,q1,1,1\n', "answers.csv, line 2: this is not CSV: unexpected end of data."),
    (
        (HEAD + "a1,j\xf6rg,q1,1,1\n").encode("latin-1"),
        "answers.csv, line 2, column 2: these are not UTF-8 letters; save the file as UTF-8.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), BAD)
def test_what_is_wrong_is_one_sentence_with_its_place(file: Path, text: str | bytes, sentence: str) -> None:
    assert refused(file, text) == sentence


def test_a_file_that_is_not_there(file: Path) -> None:
    with pytest.raises(Refused, match="cannot be read: No such file"):
        read_responses(file)


@given(text=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(text: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("csv") / "answers.csv"
    path.write_bytes(HEAD.encode() + text)
    with suppress(Refused):
        read_responses(path)
