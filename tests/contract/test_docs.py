"""The papers of the project say what is so."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from course.cli import COMMANDS
from course.diagnostics import Report
from course.questions import QuestionType, State, failing_tests, grade, read_question, reading, registry
from course.questions.nodes import from_json
from course.settings import DOCUMENTED, ROOT
from tests.contract.listing import assert_listed

PAPERS = sorted(p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")])


def test_the_settings_page_is_the_one_the_code_makes() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "write_settings_page.py"))["page"]
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page(), "run `make schema`"


def test_the_statistics_page_is_the_one_the_code_makes() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "write_statistics_page.py"))["page"]
    assert (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8") == page(), "run `make schema`"


def test_the_table_of_permissions_is_the_one_the_code_has() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "write_permission_table.py"))["page"]
    assert (ROOT / "docs" / "people.md").read_text(encoding="utf-8") == page(), "run `make schema`"


def test_deployment_uses_only_settings_that_exist() -> None:
    known = {s.name for s in DOCUMENTED}
    for file in [*(ROOT / "deploy").iterdir(), *PAPERS, ROOT / "Makefile"]:
        used = set(re.findall(r"\bCOURSE_[A-Z_]+\b", file.read_text(encoding="utf-8")))
        assert used <= known, file.name


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(paper: Path) -> None:
    text = re.sub(r"```.*?```", "", paper.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:|#", target):
            assert (paper.parent / target.partition("#")[0]).exists(), f"{paper.name}: {target}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_named_in_code_type_exists(paper: Path) -> None:
    for name in re.findall(
        r"`((?:course|modules|quizzes|tests|docs|deploy|scripts|benchmarks|\.streamlit|\.ci)/[\w./-]*\w)`",
        paper.read_text(encoding="utf-8"),
    ):
        assert (ROOT / name).exists(), f"{paper.name}: {name}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_door_named_exists(paper: Path) -> None:
    doors = set(re.findall(r"^([a-z0-9]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    named = set(re.findall(r"(?:^|`)(?:[A-Z]+=\S+ )*make ([a-z0-9]+)", paper.read_text(encoding="utf-8"), flags=re.M))
    assert named <= doors


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_named_exists(paper: Path) -> None:
    named = set(re.findall(r"python -m course ([a-z-]+)", paper.read_text(encoding="utf-8")))
    assert named <= {command.name for command in COMMANDS}


def test_the_readme_can_be_read_in_one_sitting() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 120


def test_the_quiz_in_the_readme_is_one_that_loads_and_grades(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    quiz = re.findall(r"```yaml\n(.*?)```", readme, flags=re.S)[0]
    name = re.findall(r"quiz: \{id: ([a-z0-9-]+)", quiz)[0]
    (tmp_path / f"{name}.yaml").write_text(quiz, encoding="utf-8")
    question = re.findall(r"- id: ([a-z0-9-]+)", quiz)[0]
    key = re.findall(r"id: ([a-z0-9-]+), text: [^}]*correct: true", quiz)[0]
    (tmp_path / "responses.json").write_text(f'{{"{question}": "{key}"}}', encoding="utf-8")
    graded = subprocess.run(
        [sys.executable, "-m", "course", "grade", str(tmp_path / f"{name}.yaml"), str(tmp_path / "responses.json")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert graded.returncode == 0, graded.stderr
    assert '"fraction": 1' in graded.stdout


def test_the_question_type_in_contributing_is_one_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), flags=re.S)[0]
    scope: dict[str, Any] = {"__name__": "contributed"}
    exec(compile(code, "CONTRIBUTING.md", "exec"), scope)
    kind: QuestionType[Any] = scope["Year"]()
    monkeypatch.setattr(registry, "_BY_NAME", {**registry._BY_NAME, kind.name: kind})
    monkeypatch.setattr(reading, "_NAMES", (*reading._NAMES, kind.name))

    report = Report()
    question = read_question(from_json(yaml.safe_load(kind.example)), report)

    assert report.findings == []
    assert question is not None
    assert list(failing_tests(question)) == []
    samples = kind.sample(question.body)
    for state in ("right", "partial", "wrong", "invalid"):
        assert {grade(question, response).state for response in getattr(samples, state)} == {State(state)}


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_launcher_stays_a_launcher() -> None:
    assert len((ROOT / "streamlit_app.py").read_text(encoding="utf-8").splitlines()) < 40


def test_no_file_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "common", "misc"}
    assert [p for folder in ("course", "tests", "benchmarks", "scripts") for p in (ROOT / folder).rglob("*.py") if p.stem in drawers] == []


def test_every_benchmark_is_run() -> None:
    from benchmarks.__main__ import BENCHMARKS

    files = {p.stem for p in (ROOT / "benchmarks").glob("*.py")} - {"__init__", "__main__", "measurement"}
    listed = [module.__name__.rpartition(".")[2] for module in BENCHMARKS]
    assert_listed(files, listed, "benchmarks", "`BENCHMARKS` in benchmarks/__main__.py")
