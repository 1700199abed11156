"""The content snapshot: swapped whole when files change, the last good one kept when they do not load."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from course.bootstrap import ContentBroken, Shelf
from course.content.review import review
from course.settings import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("modules", "quizzes"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def save(file: Path, text: str) -> None:
    """Write as an editor does, with a modification time that surely differs."""
    before = file.stat().st_mtime_ns
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 2_000_000_000, before + 2_000_000_000))


def test_it_keeps_one_snapshot_while_nothing_changes(root: Path) -> None:
    shelf = Shelf(root)
    first = shelf()
    shelf.refresh()
    assert shelf() is first


def test_it_serves_what_was_saved(root: Path) -> None:
    shelf = Shelf(root)
    before = shelf()
    head = root / "modules" / "course.yaml"
    save(head, head.read_text(encoding="utf-8").replace("title: Is ketamine addictive?", "title: Another title"))
    shelf.refresh()
    assert shelf().course.title == "Another title"
    assert before.course.title == "Is ketamine addictive?", "a page that is being drawn keeps its snapshot"


def test_it_keeps_the_last_good_snapshot_when_a_file_breaks(root: Path) -> None:
    shelf = Shelf(root)
    good = shelf()
    quiz = root / "quizzes" / "pharmacology.yaml"
    whole = quiz.read_text(encoding="utf-8")
    save(quiz, whole.replace("pass_mark: 0.7", "pass_mark: very high"))
    shelf.refresh()
    assert shelf() is good
    assert [f.place.path for f in shelf.findings] == ["quizzes/pharmacology.yaml"]
    save(quiz, whole)
    shelf.refresh()
    assert shelf.findings == ()


def test_content_that_never_loaded_is_refused_with_the_place(root: Path) -> None:
    (root / "modules" / "course.yaml").write_text("schema: 1\ncourse: [\n", encoding="utf-8")
    with pytest.raises(ContentBroken, match=r"modules/course.yaml:\d+.*course check"):
        Shelf(root)()


def test_a_judge_finds_more_than_the_format(root: Path) -> None:
    module = next(root.glob("modules/*/module.md"))
    save(module, module.read_text(encoding="utf-8") + "\n## More\n\nKetamine does more.\n")
    shelf = Shelf(root, lambda loaded: review(loaded, today=date(2026, 11, 23)))
    shelf()
    assert {"uncited", "unreachable-cell"} <= {finding.code for finding in shelf.findings}
    plain = Shelf(root)
    plain()
    assert plain.findings == ()


def test_it_says_that_it_is_behind_its_files(root: Path) -> None:
    shelf = Shelf(root)
    shelf()
    head = root / "modules" / "course.yaml"
    whole = head.read_text(encoding="utf-8")
    save(head, "schema: 1\ncourse: [\n")
    shelf.refresh()
    assert shelf.behind
    save(head, whole)
    shelf.refresh()
    assert not shelf.behind
