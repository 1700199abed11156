"""Nothing of the content is forgotten: every file of a registry is listed, and what is generated is up to date."""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from course.cli import COMMANDS
from course.cli.schema import generated
from course.content import directives, rules
from course.content.authoring_page import authoring_page
from course.content.directives import DIRECTIVES
from course.content.quiz_schema import quiz_schema
from course.content.rules import RULES
from course.learning.outline import CellKind
from course.questions import TYPES
from course.settings import ROOT
from tests.content.bad_examples import GOOD
from tests.contract.listing import assert_listed


def stems(package: object) -> set[str]:
    folder = Path(inspect.getfile(package)).parent  # type: ignore[arg-type]
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


def test_every_file_of_rules_is_a_listed_rule() -> None:
    listed = [type(rule).__module__.rpartition(".")[2] for rule in RULES]
    assert_listed(stems(rules) - {"base"}, listed, "course/content/rules", "`RULES` in course/content/rules/__init__.py")


def test_every_rule_has_a_code_of_its_own_and_a_page() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes), "two rules have the same `code`"
    for rule in RULES:
        assert len(type(rule).__doc__ or "") > 40, (
            f"the docstring of `{rule.code}` is its text in docs/rules.md: say what must hold, and why"
        )
        page = (ROOT / "docs/rules.md").read_text(encoding="utf-8").partition(f"## `{rule.code}`\n")[2].partition("\n## ")[0]
        assert f"[{rule.code}]" in page, (
            f"`{rule.code}` is not shown in docs/rules.md: write its bad example in tests/content/bad, then run `make schema`"
        )


def test_every_kind_of_cell_has_its_directive() -> None:
    names = [directive.name for directive in DIRECTIVES]
    assert len(set(names)) == len(names)
    unwritten = set(CellKind) - {directive.kind for directive in DIRECTIVES} - {CellKind.READ}
    assert not unwritten, f"no directive makes {', '.join(sorted(unwritten))}: add one to `DIRECTIVES` in course/content/directives.py"
    for directive in DIRECTIVES:
        assert not set(directives.COMMON) & set(directive.options)
        assert f"#### `{{{directive.name}}}`" in authoring_page(), f"run `make schema`: docs/authoring.md lacks {directive.name}"


def test_every_command_is_a_file_and_every_file_a_command() -> None:
    package = importlib.import_module("course.cli")
    listed = [command.module.rpartition(".")[2] for command in COMMANDS]
    assert_listed(stems(package), listed, "course/cli", "`COMMANDS` in course/cli/__init__.py")
    for command in COMMANDS:
        assert command.module == f"course.cli.{command.name.replace('-', '_')}"
        module = command.load()
        assert callable(module.configure)
        assert callable(module.run)


@pytest.mark.parametrize("name", sorted(generated()))
def test_what_is_generated_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == generated()[name], "run `make schema`"


def test_every_question_type_is_documented_with_its_example() -> None:
    for kind in TYPES:
        assert f"`{kind.name}`\n" in authoring_page()
        assert kind.example.strip() in authoring_page()


@pytest.mark.parametrize("path", [*sorted(ROOT.glob("quizzes/*.yaml")), *sorted(GOOD.glob("quizzes/*.yaml"))], ids=lambda p: p.name)
def test_quizzes_fit_the_generated_schema(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(quiz_schema()).validate(json.loads(json.dumps(data, default=str)))


def test_the_generated_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(quiz_schema())


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"quiz": {"id": "x", "title": "X", "kind": "exams"}},
        {"quiz": {"id": "x", "title": "X"}},
        {"questions": []},
        {"questions": [{"id": "q", "type": "true_false", "answer": "maybe"}]},
        {"question": []},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(change: dict[str, object]) -> None:
    data = yaml.safe_load((GOOD / "quizzes/block.yaml").read_text(encoding="utf-8"))
    assert list(jsonschema.Draft202012Validator(quiz_schema()).iter_errors(data)) == []
    assert list(jsonschema.Draft202012Validator(quiz_schema()).iter_errors({**data, **change})) != []
