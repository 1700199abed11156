"""`item-analysis`: the numbers of the library, in a form that scripts depend on."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.analytics.analysis import analyse
from course.analytics.responses import Responses
from course.cli import main
from course.settings import ROOT
from tests.unit.analytics.published import CLASSICAL, ONE_PL, TWO_PL
from tests.unit.analytics.tables import lsat, moodle, table


def write(responses: Responses, path: Path, option: bool = False) -> Path:
    lines = ["attempt,learner,question,score,max" + (",option" if option else "")]
    for a, learner, q, score, most in zip(
        responses.attempt, responses.learner, responses.question, responses.score, responses.max, strict=True
    ):
        lines.append(f"a{a},l{learner},{responses.questions[q]},{score},{most}" + (f",{'AB'[int(score < most)]}" if option else ""))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(["item-analysis", *map(str, arguments)], out, err), out.getvalue(), err.getvalue()


def result(path: Path, *more: str) -> dict[str, Any]:
    code, out, err = run(path, *more)
    assert (code, err) == (0, "")
    return dict(json.loads(out))


def test_every_key_is_there_and_holds_the_published_number(tmp_path: Path) -> None:
    found = result(write(lsat(6), tmp_path / "lsat6.csv", option=True))
    assert found["quiz"].keys() >= {"n", "mean", "sd", "skewness", "kurtosis", "alpha", "alpha_interval", "sem", "error_ratio"}
    assert found["quiz"]["alpha"] == pytest.approx(CLASSICAL[6]["alpha"], abs=1e-6)
    assert list(found["questions"]) == ["q1", "q2", "q3", "q4", "q5"]
    for question in found["questions"].values():
        assert question.keys() >= {
            "n", "facility", "facility_interval", "sd", "item_rest", "item_rest_interval", "discrimination_index",
            "discriminative_efficiency", "intended_weight", "effective_weight", "d27", "options",
        }  # fmt: skip
    assert [q["facility"] for q in found["questions"].values()] == pytest.approx(CLASSICAL[6]["facility"], abs=1e-6)
    assert found["questions"]["q1"]["options"]["A"]["n"] == 924
    for name, published, near in (("one_pl", ONE_PL, 1e-3), ("two_pl", TWO_PL, 3e-3)):
        difficulties = [q["difficulty"] for q in found["irt"][name]["questions"].values()]
        assert difficulties == pytest.approx(published[6]["difficulty"], abs=near)


def test_what_cannot_be_computed_is_null_with_a_reason(tmp_path: Path) -> None:
    found = result(write(moodle(), tmp_path / "moodle.csv"))
    first = found["questions"]["q5"]
    assert (first["facility"], first["facility_interval"]) == (None, None)
    assert first["reasons"]["facility"] == "The question carries no points."
    assert found["irt"]["one_pl"]["log_likelihood"] is None
    assert found["irt"]["one_pl"]["reason"] == "It needs 30 learners; there are 22."


def test_few_people_give_counts_alone(tmp_path: Path) -> None:
    found = result(write(table([[1.0, 0.0]] * 9), tmp_path / "few.csv"))
    assert (found["quiz"]["n"], found["quiz"]["mean"], found["questions"]["q1"]["n"]) == (9, None, 9)
    assert found["questions"]["q1"]["reasons"]["facility"] == "9 of the 10 answers that it needs: only counts are shown."


def test_a_table_without_answers_is_fine(tmp_path: Path) -> None:
    found = result(write(table([]), tmp_path / "none.csv"))
    assert (found["quiz"]["n"], found["questions"]) == (0, {})


def test_csv_has_a_row_for_each_question(tmp_path: Path) -> None:
    path = write(lsat(7), tmp_path / "lsat7.csv", option=True)
    code, out, err = run(path, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, err, [row["question"] for row in rows]) == (0, "", ["q1", "q2", "q3", "q4", "q5"])
    assert [float(row["facility"]) for row in rows] == pytest.approx(CLASSICAL[7]["facility"], abs=1e-6)
    assert rows[0]["options"] == "A=828/1000; B=172/1000"
    item = analyse(lsat(7), models=()).items[0]
    assert (float(rows[0]["item_rest_low"]), float(rows[0]["item_rest_high"])) == item.item_rest.interval


def test_another_choice_of_attempts(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    rows = [f"a{i},l{i % 10},q1,{int(i >= 10)},1" for i in range(20)]
    path.write_text("\n".join(["attempt,learner,question,score,max", *rows]) + "\n", encoding="utf-8")
    found = {which: result(path, "--attempts", which)["questions"]["q1"]["facility"] for which in ("first", "last", "all")}
    assert found == {"first": 0.0, "last": 1.0, "all": 0.5}


def test_a_bad_table_is_one_sentence_and_exit_1(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("attempt,learner,question,score,max\na1,ann,q1,x,1\n", encoding="utf-8")
    assert run(path) == (1, "", "bad.csv, line 2, column 4 (score): `x` is not a number.\n")


def test_it_imports_no_database_and_no_pages(tmp_path: Path) -> None:
    path = write(lsat(6), tmp_path / "lsat6.csv")
    program = (
        "import sys, io\nfrom course.cli import main\n"
        f"main(['item-analysis', {str(path)!r}], io.StringIO(), sys.stderr)\n"
        "print(sorted(name for name in ('sqlalchemy', 'streamlit', 'starlette', 'plotly', 'scipy') if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


rows = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(0, 5),
        st.sampled_from(["", "-1", "0", "0.25", "1", "3", "1e300"]),
        st.sampled_from(["0", "1", "2", "1e-300"]),
        st.sampled_from(["", "A", "B", "C"]),
        st.sampled_from(["", "answered", "omitted", "not_reached", "not_presented"]),
    ),
    max_size=120,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=60)
@given(rows=rows)
def test_any_table_has_an_analysis(rows: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    lines = [f"a{a},l{a},q{q},{score},{most},{option},{state}" for a, q, score, most, option, state in rows]
    path.write_text("\n".join(["attempt,learner,question,score,max,option,state", *lines]) + "\n", encoding="utf-8")
    found = result(path)
    for question in found["questions"].values():
        assert {name for name, value in question.items() if value is None and not name.endswith("_interval")} == question["reasons"].keys()
