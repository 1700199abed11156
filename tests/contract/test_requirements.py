"""What the code imports is what the requirement files name: no more, no less."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from course.settings import ROOT

NOT_IMPORTED = {
    "psycopg": "SQLAlchemy loads it by the name in the database's address",
    "pytest-xdist": "pytest loads it",
    "ruff": "a program",
    "mypy": "a program",
    "import-linter": "a program",
    "types-pyyaml": "mypy reads it",
}
OURS = {"course", "tests", "benchmarks", "scripts"}


def test_the_course_imports_what_requirements_txt_names() -> None:
    imported = distributions([*(ROOT / "course").rglob("*.py"), ROOT / "streamlit_app.py"])
    named = requirements("requirements.txt")
    assert imported - named == set(), "imported, not named"
    assert named - imported - set(NOT_IMPORTED) == set(), "named, not imported"


def test_the_tests_import_what_requirements_dev_txt_adds() -> None:
    folders = [file for folder in ("tests", "benchmarks", "scripts") for file in (ROOT / folder).rglob("*.py")]
    imported = distributions(folders)
    runs, tests = requirements("requirements.txt"), requirements("requirements-dev.txt")
    assert imported - runs - tests == set(), "imported, not named"
    assert tests - imported - set(NOT_IMPORTED) == set(), "named, not imported"


def test_every_requirement_has_a_floor_and_most_have_a_ceiling() -> None:
    lines = [*lines_of("requirements.txt"), *lines_of("requirements-dev.txt")]
    assert [line for line in lines if ">=" not in line] == []
    assert [line for line in lines if "<" not in line and not line.startswith("types-")] == []


def distributions(files: Iterable[Path]) -> set[str]:
    known = packages_distributions()
    modules = {name for file in files for name in imports(file)} - set(sys.stdlib_module_names) - OURS
    return {normal(known.get(module, [module])[0]) for module in modules}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def requirements(name: str) -> set[str]:
    return {normal(re.split(r"[\[<>=]", line)[0]) for line in lines_of(name)}


def lines_of(name: str) -> list[str]:
    lines = (line.strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
