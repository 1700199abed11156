"""Every rule, and every kind of file, on one bad example: the whole text that its author reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from course.content.loader import load
from course.content.reporting import as_text, summarise
from course.content.review import review
from course.content.rules import RULES
from tests.content.bad_examples import EXAMPLES, GOOD, HERE, make_example

TODAY = date(2026, 11, 23)


def test_the_good_course_has_nothing_to_find() -> None:
    loaded = load(GOOD)
    assert review(loaded, today=TODAY, release=True) == ()
    assert loaded.catalogue is not None


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_bad_example_is_told_what_to_mend(name: str, tmp_path: Path) -> None:
    example = make_example(name, tmp_path)
    findings = review(load(example.root), today=TODAY, release=True)
    text, _, counts = as_text(findings, summarise(findings, 0, 0)).rstrip("\n").rpartition("\n")
    assert counts.endswith("in 0 questions, 0 modules")
    assert text + "\n" == example.expected


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_has_a_bad_example(code: str) -> None:
    text = (HERE / "bad" / f"{code}.yaml").read_text(encoding="utf-8")
    assert f"[{code}]" in text


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_can_be_silenced_where_it_is_broken(code: str, tmp_path: Path) -> None:
    root = make_example(code, tmp_path).root
    broken = {(f.place.path, f.place.line or 1) for f in review(load(root), today=TODAY, release=True) if f.code == code}
    assert broken
    for path, line in sorted(broken, reverse=True):
        silence(root / path, line, code)
    after = review(load(root), today=TODAY, release=True)
    assert [f.message for f in after if f.code in (code, "unused-silence")] == []


def silence(file: Path, line: int, code: str) -> None:
    """Write a silence as an author would: before the YAML line, or before the paragraph or directive that the line stands in."""
    lines = file.read_text(encoding="utf-8").split("\n")
    front = lines.index("---", 1) + 1 if file.suffix == ".md" else len(lines)
    at = line - 1
    while line > front and lines[at - 1].strip():
        at -= 1
    lines.insert(
        at, f"{'%' if line > front else ' ' * (len(lines[at]) - len(lines[at].lstrip())) + '#'} check: ignore {code} told in the text"
    )
    file.write_text("\n".join(lines), encoding="utf-8")


def test_release_rules_wait_for_a_release(tmp_path: Path) -> None:
    example = make_example("help-numbers", tmp_path)
    assert review(load(example.root), today=TODAY) == ()


@pytest.mark.parametrize(
    ("path", "old", "new", "example"),
    [
        (
            "modules/01-block/module.md",
            "Ketamine enters",
            "% check: ignore people-first it is quoted here\nKetamine enters",
            "people-first",
        ),
        (
            "quizzes/block.yaml",
            "        - {id: rim",
            "        # check: ignore option-feedback said above\n        - {id: rim",
            "option-feedback",
        ),
        (
            "quizzes/block.yaml",
            "misconception: competes}",
            "misconception: competes} # check: ignore option-feedback said above",
            "option-feedback",
        ),
    ],
)
def test_a_silence_with_a_reason_hides_the_finding(path: str, old: str, new: str, example: str, tmp_path: Path) -> None:
    root = make_example(example, tmp_path).root
    file = root / path
    before = review(load(root), today=TODAY)
    text = file.read_text(encoding="utf-8")
    if old.startswith(" "):
        old, new = old[2:], new.replace("        ", "      ")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    after = review(load(root), today=TODAY)
    assert len(after) == len(before) - 1
    assert "unused-silence" not in {finding.code for finding in after}


def test_a_silence_without_a_reason_hides_nothing(tmp_path: Path) -> None:
    root = make_example("people-first", tmp_path).root
    file = root / "modules/01-block/module.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Ketamine enters", "% check: ignore people-first\nKetamine enters"), encoding="utf-8"
    )
    codes = [finding.code for finding in review(load(root), today=TODAY) if finding.place.path.endswith("module.md")]
    assert sorted(codes) == ["people-first", "unused-silence"]


def test_one_broken_file_does_not_make_everything_that_names_it_look_unknown(tmp_path: Path) -> None:
    root = make_example("own-test", tmp_path).root
    for name in ("references.yaml", "claims.yaml", "glossary.yaml", "misconceptions.yaml"):
        (root / "modules" / name).write_text("schema: [1\n", encoding="utf-8")
    (root / "modules/01-block/module.md").write_bytes(b"---\nid: \xff\n---\n")
    codes = {finding.code for finding in review(load(root), today=TODAY)}
    assert codes == {"yaml", "not-utf8", "own-test"}
