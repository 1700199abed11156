"""A content root becomes a course and a catalogue; what is broken is left out and told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.content.loader import Loaded, load
from course.content.search import search
from course.learning.outline import CellKind
from tests.content.bad_examples import GOOD


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the good course, to change."""
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


def changed(root: Path, path: str, old: str, new: str) -> Loaded:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load(root)


def codes(loaded: Loaded) -> list[str]:
    return [finding.code for finding in loaded.findings]


def test_the_catalogue_knows_the_cells_and_their_questions(root: Path) -> None:
    catalogue = load(root).catalogue
    assert catalogue is not None
    (module,) = catalogue.outline.modules
    assert [(c.id, c.kind, c.required, c.question, c.quiz) for c in module.cells] == [
        ("a-plug-in-a-door", CellKind.READ, True, None, None),
        ("check-where", CellKind.QUESTION, True, "bl-p-where", None),
        ("ev-pore", CellKind.EVIDENCE, True, None, None),
        ("fig-half", CellKind.FIGURE, True, None, None),
        ("note-dose", CellKind.NOTE, False, None, None),
        ("checkpoint", CellKind.CHECKPOINT, True, None, "block"),
    ]
    assert module.checkpoint == "block"
    assert len(module.visible(clinician=False)) == 5
    assert [cell.title for cell in catalogue.course.modules[0].cells][3:5] == ["How many", "For professionals"]


def test_a_question_leads_to_the_cell_that_answers_its_misconception(root: Path) -> None:
    catalogue = load(root).catalogue
    assert catalogue is not None
    assert catalogue.taught_in["bl-site"] == ("block", "a-plug-in-a-door")
    assert catalogue.taught_in["bl-share"] == ("block", "fig-half")


def test_sources_know_where_they_are_cited(root: Path) -> None:
    catalogue = load(root).catalogue
    assert catalogue is not None
    places = [(c.cell, c.question) for c in catalogue.cited_by["survey2025"]]
    asked = ("bm-quarter", "bm-tenth", "bm-share", "bm-rest", "bl-share")
    assert places == [("fig-half", None), *((None, question) for question in asked)]


def test_a_used_question_is_the_same_question_with_its_own_points(root: Path) -> None:
    course = load(root).course
    assert course is not None
    (entry,) = course.quizzes["posttest"].entries
    assert entry.question is course.quizzes["pretest"].entries[0].question
    assert (entry.points, entry.origin) == (2, "pretest")


def test_a_cell_keeps_its_version_when_others_move_and_loses_it_when_it_changes(root: Path) -> None:
    def versions(loaded: Loaded) -> dict[str, str]:
        return {cell.id: cell.version for module in loaded.authored.modules for cell in module.cells}

    before = versions(load(root))
    after = versions(changed(root, "modules/01-block/module.md", "Ketamine enters", "It enters"))
    assert {cell for cell in before if before[cell] != after[cell]} == {"a-plug-in-a-door"}
    moved = versions(changed(root, "modules/01-block/module.md", "## A plug in a door\n", "## Before\n\nWords.\n\n## A plug in a door\n"))
    assert {cell: version for cell, version in moved.items() if cell != "before"} == after


def test_derived_ids_step_aside_for_given_ones(root: Path) -> None:
    loaded = changed(root, "modules/01-block/module.md", "## A plug in a door\n", "## Ev pore\n\nOne.\n\n## Ev pore\n\nTwo.\n\n## A plug\n")
    ids = [cell.id for cell in loaded.authored.modules[0].cells]
    assert ids[:3] == ["ev-pore-2", "ev-pore-3", "a-plug"]
    assert "ev-pore" in ids


def test_prose_after_a_directive_takes_the_name_of_the_prose_before(root: Path) -> None:
    loaded = changed(root, "modules/01-block/module.md", "```{evidence}", "It goes on.\n\n```{evidence}")
    assert [cell.id for cell in loaded.authored.modules[0].cells][:3] == ["a-plug-in-a-door", "check-where", "a-plug-in-a-door-2"]


def test_a_broken_module_leaves_the_others(root: Path) -> None:
    other = root / "modules" / "02-other"
    other.mkdir()
    (other / "module.md").write_bytes(b"\xff")
    loaded = changed(root, "modules/course.yaml", "[block]", "[block, other]")
    assert codes(loaded) == ["not-utf8"]
    assert loaded.course is not None
    assert [module.id for module in loaded.course.modules] == ["block"]


def test_a_module_that_is_not_listed_is_not_shown(root: Path) -> None:
    other = root / "modules" / "02-other"
    other.mkdir()
    text = (root / "modules/01-block/module.md").read_text(encoding="utf-8")
    (other / "module.md").write_text(text.replace("id: block\n", "id: other\n").replace("```{figure}", "```{note}\nx\n```\n\n```{figure}"))
    loaded = load(root)
    assert loaded.course is not None
    assert [module.id for module in loaded.course.modules] == ["block"]
    assert "unlisted-module" in codes(loaded)


@pytest.mark.parametrize("gone", ["modules/course.yaml", "modules/01-block/module.md"])
def test_without_a_course_or_a_module_there_is_no_catalogue(root: Path, gone: str) -> None:
    (root / gone).unlink()
    loaded = load(root)
    assert (loaded.course, loaded.catalogue) == (None, None)


def test_an_unknown_used_question_is_left_out(root: Path) -> None:
    loaded = changed(root, "quizzes/posttest.yaml", "pretest/anchor-open", "block/anchor-open")
    (finding,) = loaded.findings
    assert (finding.code, str(finding.place), finding.hint) == (
        "unknown-question",
        "quizzes/posttest.yaml:4:10",
        "did you mean `pretest/anchor-open`?",
    )


def test_two_quizzes_or_modules_with_one_id_are_told_apart(root: Path) -> None:
    (root / "quizzes" / "twin.yaml").write_text((root / "quizzes/block.yaml").read_text())
    assert codes(load(root)) == ["duplicate-id", "file-name"]


def test_files_that_look_like_content_and_are_not_read_are_named(root: Path) -> None:
    (root / "quizzes" / "lost.yml").write_text("schema: 1\n")
    assert codes(load(root)) == ["file-name"]


def test_a_missing_table_is_told_in_the_module(root: Path) -> None:
    loaded = changed(root, "modules/01-block/module.md", ":table: half", ":table: halves")
    assert [(f.code, f.hint) for f in loaded.findings] == [("unknown-table", "did you mean `half`?")]


def test_findings_carry_their_source_line(root: Path) -> None:
    loaded = changed(root, "quizzes/block.yaml", "kind: checkpoint", "kind: checkpoints")
    assert loaded.findings[0].source == "  kind: checkpoints"


def test_search_finds_cells_and_terms_and_shows_where(root: Path) -> None:
    catalogue = load(root).catalogue
    assert catalogue is not None
    hits = search(catalogue, "open channels", clinician=False)
    assert {hit.cell or hit.term for hit in hits} == {"open-channel-block", "a-plug-in-a-door"}
    assert all("channel" in hit.snippet for hit in hits)
    assert [hit.cell for hit in search(catalogue, "label", clinician=False)] == []
    assert [hit.cell for hit in search(catalogue, "LAB", clinician=True)] == ["note-dose"]
    assert search(catalogue, " ?! ", clinician=True) == ()
