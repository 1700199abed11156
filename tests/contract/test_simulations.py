"""Every simulation keeps its promises: listed, sourced, described, bounded, and never a number that is none."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import course.simulation
from course.settings import ROOT
from course.simulation import SIMULATIONS, names, simulation
from course.simulation.base import MOST_ROWS, Audience, Chart
from course.simulation.parameters import Choice, Number, Several
from tests.contract.listing import assert_listed
from tests.contract.test_cli import run

SHARED = {"__init__", "base", "compartments", "parameters", "placing", "predictions"}
DOSE_WORDS = ("dose", "mg", "weight", "ng_per_ml")


def test_every_file_is_a_listed_simulation() -> None:
    files = {path.stem for path in Path(course.simulation.__file__).parent.glob("*.py")} - SHARED
    assert_listed(files, names(), "course/simulation", "`SIMULATIONS` in course/simulation/__init__.py")
    assert len(names()) == len(SIMULATIONS)


@pytest.mark.parametrize("name", names())
def test_it_says_what_it_is_and_what_it_is_not(name: str) -> None:
    model = simulation(name)
    known = references()
    assert model.name == name
    assert model.sources, f"`{name}` names no source"
    unknown = sorted(set(model.sources) - set(known))
    assert not unknown, f"modules/references.yaml has no {', '.join(unknown)}, which `{name}` names as its source"
    for text in (model.title, model.leaves_out, model.checked, type(model).__doc__ or ""):
        assert len(text) > 10, f"`{name}` must have words for `title`, `leaves_out`, `checked` and its docstring"
    assert f"## `{name}`" in (ROOT / "docs/simulations.md").read_text(encoding="utf-8"), "run `make schema`"


@pytest.mark.parametrize("name", names())
def test_its_words_hold_together(name: str) -> None:
    """Columns, measures, bounds and defaults are about the same things."""
    model = simulation(name)
    outcome = model.run(model.read({}))
    assert set(outcome.columns) <= {column.name for column in model.columns}
    assert {measure.name for measure in model.measures} <= set(outcome.summary)
    assert {measure.along for measure in model.measures} <= {"", *(column.name for column in model.columns)}
    assert bool(model.columns) == (model.chart is not Chart.TALLY)
    for spec in model.specs.values():
        assert spec.title
        if isinstance(spec, Number):
            assert spec.low < spec.high
            assert 0 < spec.step <= spec.high - spec.low
            assert spec.whole is False or all(float(x).is_integer() for x in (spec.low, spec.high, spec.step))
    assert dataclasses.is_dataclass(model.parameters)
    assert model.parameters.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert model.read(dataclasses.asdict(model.read({}))) == model.read({}), "defaults lie within their own bounds"


@pytest.mark.parametrize("name", names())
def test_whatever_speaks_of_amounts_is_for_clinicians(name: str) -> None:
    model = simulation(name)
    said = [*model.specs, *(column.name for column in model.columns)]
    if any(word in part.split("_") or word == part for part in said for word in DOSE_WORDS) or "ng_per_ml" in " ".join(said):
        assert model.audience is Audience.CLINICIAN


def drawn(name: str) -> st.SearchStrategy[dict[str, object]]:
    """Any parameters within the bounds of the simulation."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for parameter, spec in simulation(name).specs.items():
        if isinstance(spec, Number) and spec.among:
            parts[parameter] = st.sampled_from(spec.among)
        elif isinstance(spec, Number):
            parts[parameter] = st.integers(int(spec.low), int(spec.high)) if spec.whole else st.floats(spec.low, spec.high)
        elif isinstance(spec, Choice):
            parts[parameter] = st.sampled_from(sorted(spec.values))
        elif isinstance(spec, Several):
            parts[parameter] = st.lists(st.sampled_from(sorted(spec.values)), unique=True)
    return st.fixed_dictionaries({}, optional=parts)


@settings(max_examples=25)
@given(data=st.data())
@pytest.mark.parametrize("name", names())
def test_any_parameters_give_a_finite_table_and_words(name: str, data: st.DataObject) -> None:
    model = simulation(name)
    given = model.read(data.draw(drawn(name)))
    outcome, again = model.run(given), model.run(given)
    lengths = {len(values) for values in outcome.columns.values()}
    assert len(lengths) <= 1
    assert all(0 < length <= MOST_ROWS for length in lengths)
    for column, values in outcome.columns.items():
        assert np.isfinite(values).all()
        assert (values == again.columns[column]).all()
    if outcome.columns:
        assert (np.diff(next(iter(outcome.columns.values()))) > 0).all(), "the first column goes along the axis"
    json.dumps(dict(outcome.summary), allow_nan=False)
    words = model.words(given, outcome)
    assert words.endswith(".")
    assert "nan" not in words
    assert words.isascii()


class TestCommand:
    def test_it_writes_parameters_columns_and_summary(self) -> None:
        code, out, err = run("simulate", "iv_infusion", "--set", "dose_mg_per_kg=0.5", "--set", "minutes=40", "--set", "model=clements1981")
        result = json.loads(out)
        assert (code, err) == (0, "")
        assert list(result) == ["parameters", "columns", "summary"]
        assert list(result["columns"]) == ["time_min", "ketamine_ng_per_ml"]
        assert set(result["summary"]) == {"cmax_ng_per_ml", "tmax_min"}
        assert result["parameters"]["minutes"] == 40

    def test_csv_is_the_columns_alone(self) -> None:
        code, out, _ = run("simulate", "magnesium_block", "--format", "csv")
        lines = out.splitlines()
        assert code == 0
        assert lines[0] == "voltage_mv,unblocked"
        assert len(lines) == 162
        assert lines[1].startswith("-100.0,")

    def test_the_criteria_have_no_table(self) -> None:
        code, out, _ = run("simulate", "criteria", "--set", "met=craving,tolerance,cut-down,time-spent")
        assert (code, json.loads(out)["columns"], json.loads(out)["summary"]) == (0, {}, {"count": 4, "severity": "moderate"})
        assert run("simulate", "criteria", "--format", "csv")[0] == 1

    @pytest.mark.parametrize("arguments", [[], ["--list"], ["tolerance", "--list"]])
    def test_without_a_name_they_are_listed(self, arguments: list[str]) -> None:
        code, out, _ = run("simulate", *arguments)
        assert code == 0
        assert all(name in out for name in names())

    @pytest.mark.parametrize("arguments", [
        ["nothing"], ["tolerance", "--set", "days=nan"], ["tolerance", "--set", "days=1e9"], ["tolerance", "--set", "days="],
        ["tolerance", "--set", "day=7"], ["tolerance", "--set", "days=7", "--set", "days=14"], ["iv_infusion", "--set", "model=none"],
    ])  # fmt: skip
    def test_what_cannot_be_run_is_one_sentence(self, arguments: list[str]) -> None:
        code, out, err = run("simulate", *arguments)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert err.strip()[-1] in ".?"

    def test_a_set_without_its_sign_is_a_usage_error(self) -> None:
        with pytest.raises(SystemExit) as left:
            run("simulate", "tolerance", "--set", "days")
        assert left.value.code == 2

    def test_it_imports_no_database_and_no_pages(self) -> None:
        program = (
            "import sys, io\nfrom course.cli import main\nmain(['simulate', 'relapse'], io.StringIO())\n"
            "print(sorted(n for n in ('sqlalchemy', 'streamlit', 'pandas', 'starlette', 'plotly', 'course.content') if n in sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


@lru_cache(maxsize=1)
def references() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((ROOT / "modules/references.yaml").read_bytes(), Loader=yaml.CSafeLoader)["references"]
    return found


def sources() -> Iterator[str]:
    for name in names():
        yield from simulation(name).sources


def test_every_model_source_that_was_not_read_is_marked() -> None:
    known = references()
    unread = {key for key in sources() if "still to be read" in known[key].get("note", "") or known[key]["title"].startswith("[")}
    assert all(known[key]["to_confirm"] for key in unread)
    assert {"clements1981", "pal2013", "daly2019"} <= unread


def test_a_title_that_is_our_own_description_says_so() -> None:
    known = references()
    described = {key for key in sources() if known[key]["title"].startswith("[")}
    assert all("our description, as the published title is not confirmed]" in known[key]["title"] for key in described)
    assert described == {"clements1981", "domino1982", "hijazi2003"}
