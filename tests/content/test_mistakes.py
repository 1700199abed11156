"""What authors do by accident: one mistake is one finding, at its place, with its line, and nothing that only follows from it."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from course.cli import main
from course.content.loader import load
from course.content.reporting import as_text, summarise
from course.content.review import review
from course.diagnostics import Finding, Severity
from tests.content.bad_examples import GOOD

MISTAKES = yaml.safe_load((Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8"))
QUIZ = "quizzes/block.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


def found(root: Path) -> list[Finding]:
    return list(review(load(root, serve=False), today=date(2026, 11, 23)))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m["what"])
def test_one_mistake_is_one_finding(mistake: dict[str, str], root: Path) -> None:
    file = root / mistake["file"]
    text = file.read_text(encoding="utf-8")
    assert mistake["old"] in text, "the good course has changed"
    file.write_text(text.replace(mistake["old"], mistake["new"], 1), encoding="utf-8")
    findings = found(root)
    assert [f"{finding.place} {finding.code}" for finding in findings] == [mistake["expected"]], as_text(
        findings, summarise(findings, 0, 0)
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", f"{QUIZ} empty-file"),
        (b"# nothing\n\n", f"{QUIZ} empty-file"),
        (b"hello\n", f"{QUIZ}:1:1 type"),
        (b"- a\n- b\n", f"{QUIZ}:1:1 type"),
        (b"[" * 2000, f"{QUIZ}:1:51 too-deep"),
        (b"a: &a [x]\nb: &b [*a, *a]\n", f"{QUIZ}:1:4 yaml-alias"),
        (b"a: b\n" * 300_000, f"{QUIZ} too-large"),
        ("schema: 1\nstem: Grö\u00dfe\n".encode("latin-1"), f"{QUIZ}:2:9 not-utf8"),
        ("schema: 1\n".encode("utf-16"), f"{QUIZ}:1:1 not-utf8"),
        (b"\x89PNG\r\n\x1a\n\x00", f"{QUIZ}:1:1 not-utf8"),
    ],
    ids=["empty", "only remarks", "a text", "a list", "deep", "aliases", "huge", "latin-1", "utf-16", "a picture"],
)
def test_a_file_that_is_no_quiz_is_one_finding(data: bytes, expected: str, root: Path) -> None:
    (root / QUIZ).write_bytes(data)
    assert [f"{finding.place} {finding.code}" for finding in found(root)] == [expected]


def test_a_byte_that_is_not_utf8_is_shown_with_its_line(root: Path) -> None:
    (root / QUIZ).write_bytes("schema: 1\nstem: Größe\n".encode("latin-1"))
    findings = found(root)
    assert "  2 | stem: Gr\ufffd\ufffde\n    |         ^\n" in as_text(findings, summarise(findings, 0, 0))


def test_a_silence_waits_with_its_rule(root: Path) -> None:
    """The amount is only judged once the module can be read: until then its silence is no mistake."""
    file = root / "modules/01-block/module.md"
    text = file.read_text(encoding="utf-8").replace("The label gives", "% check: ignore clinical-dose from the label\nThe label gives")
    file.write_text(text.replace("```{note}", "```{notte}").replace(":audience: clinician\n", ""), encoding="utf-8")
    assert [finding.code for finding in found(root)] == ["unknown-directive"]


def test_text_json_and_sarif_say_the_same(root: Path) -> None:
    file = root / QUIZ
    file.write_text(file.read_text(encoding="utf-8").replace("explanation: It plugs", "explanaton: It plugs"), encoding="utf-8")
    told: dict[str, str] = {}
    for name in ("text", "json", "sarif"):
        out = io.StringIO()
        assert main(["check", str(root), "--format", name, "--today", "2026-11-23"], out, io.StringIO()) == 1
        told[name] = out.getvalue()
    (listed,) = json.loads(told["json"])["findings"]
    (result,) = json.loads(told["sarif"])["runs"][0]["results"]
    region: dict[str, Any] = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (listed["line"], listed["column"]) == (20, 5)
    assert region["snippet"]["text"] == "    explanaton: It plugs the open channel."
    assert result["message"]["text"] == f"{listed['message']} ({listed['hint']})"
    assert f"{QUIZ}:20:5: {Severity.ERROR}: {listed['message']} ({listed['hint']}) [unknown-key]\n" in told["text"]
    assert "20 |     explanaton: It plugs the open channel.\n     |     ^\n" in told["text"]
