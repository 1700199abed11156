"""Whatever is done to content, it loads to findings with places inside their files, never to an exception."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.content.figure_source import read_figure
from course.content.loader import load
from course.content.markdown_source import read_module_text
from course.content.model import Claim
from course.content.module_source import build_module, read_head
from course.content.quiz_source import read_quiz
from course.content.review import review
from course.content.text_source import decode
from course.content.yaml_source import read_yaml
from course.diagnostics import Finding, Report
from course.settings import ROOT
from tests.content.bad_examples import GOOD

QUIZZES = sorted(ROOT.glob("quizzes/*.yaml")) + sorted(GOOD.glob("quizzes/*.yaml"))
MODULES = sorted(ROOT.glob("modules/*/module.md")) + sorted(GOOD.glob("modules/*/module.md"))
TABLES = sorted(ROOT.glob("modules/*/figures/*.csv")) + sorted(GOOD.glob("modules/*/figures/*.csv"))
SPLINTERS = ["\t", "`", "```", "```{note}", "{cite}`", "- ", ": ", "'", '"', "[", "]", "{", "}", "&a ", "*a", "!!x ", "|", ">", "#", "%",
             "---", "\x00", "\u2028", "\x85", "\ud7ff", "<b>", ":id: x", "2", ".nan", "\\", "## ", "# ", "no", ",", "\ufeff", "{{x}}", "[[y]]"]  # fmt: skip

quiet = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def mutated(text: str, seed: int) -> bytes:
    """Some lines and characters deleted, doubled, swapped or replaced by what breaks YAML and Markdown."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                lines[at] = " " * chance.randint(0, 6) + lines[at].lstrip()
            case 3:
                lines.insert(at, chance.choice(SPLINTERS))
            case _:
                place = chance.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + chance.choice(SPLINTERS) + lines[at][place + chance.randint(0, 3) :]
        text = "\n".join(lines)
    data = text.encode("utf-8", "surrogatepass")
    return data if chance.random() < 0.9 else data[: chance.randrange(len(data) + 1)] + bytes([chance.randrange(256)])


def assert_inside(findings: list[Finding], data: bytes) -> None:
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in findings:
        line, column = finding.place.line, finding.place.column
        assert (line is None) == (column is None), finding
        if line is not None and column is not None:
            assert 1 <= line <= len(lines), finding
            assert 1 <= column <= len(lines[line - 1]) + 1, finding


@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.name)
@quiet
@given(seed=st.integers(0, 2**32))
def test_a_mutated_quiz_gives_findings(path: Path, seed: int) -> None:
    data = mutated(path.read_text(encoding="utf-8"), seed)
    report = Report()
    read_quiz(read_yaml(data, path.name, report), path.name, report, [])
    assert_inside(report.findings, data)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.parent.name)
@quiet
@given(seed=st.integers(0, 2**32))
def test_a_mutated_module_gives_findings(path: Path, seed: int) -> None:
    data = mutated(path.read_text(encoding="utf-8"), seed)
    report = Report()
    text = read_module_text(data, "module.md", report)
    mentions: list = []
    claims: dict[str, Claim] = {}
    head = read_head(text, "modules/x", report, mentions) if text is not None else None
    if head is not None:
        module = build_module(head, 1, {}, claims, report, mentions)
        assert len({cell.id for cell in module.cells}) == len(module.cells)
    assert_inside(report.findings, data)
    assert_inside([Finding("mention", report.findings[0].severity, m.place, m.id) for m in mentions] if report.findings else [], data)


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.stem)
@settings(quiet, max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_a_mutated_table_gives_findings(path: Path, seed: int) -> None:
    data = mutated(path.read_text(encoding="utf-8"), seed)
    report = Report()
    words = read_yaml(path.with_suffix(".yaml").read_bytes(), "figure.yaml", Report())
    read_figure("x", words, decode(data, "table.csv", report), report, [])
    assert_inside([finding for finding in report if finding.place.path == "table.csv"], data)


@settings(quiet, max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_a_mutated_course_is_loaded_and_reviewed(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)
    root = tmp_path_factory.mktemp("content")
    shutil.copytree(GOOD, root, dirs_exist_ok=True)
    files = sorted(path for path in root.rglob("*") if path.is_file())
    for path in chance.sample(files, chance.randint(1, 3)):
        if chance.random() < 0.1:
            path.unlink()
        else:
            path.write_bytes(mutated(path.read_text(encoding="utf-8"), chance.randrange(2**32)))
    loaded = load(root)
    for finding in review(loaded, today=date(2026, 11, 23), release=True):
        file = root / finding.place.path
        assert_inside([finding], file.read_bytes() if file.is_file() else b"")
    shutil.rmtree(root)
