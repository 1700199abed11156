"""`check --claims`: what leans on sources that no longer stand, and which claims are due."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from course.cli import main
from course.content.loader import load
from course.content.provenance import provenance
from course.settings import ROOT
from tests.content.bad_examples import GOOD

TODAY = date(2026, 11, 23)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


def change(root: Path, name: str, old: str, new: str) -> None:
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(root: Path, today: date = TODAY) -> list[tuple[str, str, int | None, str]]:
    return [(f.code, f.place.path, f.place.line, f.message) for f in provenance(load(root).authored, today)]


def test_where_every_source_stands_nothing_is_listed(root: Path) -> None:
    assert found(root) == []


def test_a_retracted_source_lists_sentences_keys_claims_terms(root: Path) -> None:
    change(root, "modules/references.yaml", "    et_al: true\n", "    et_al: true\n    retracted: true\n")
    listed = found(root)
    assert {code for code, *_ in listed} == {"leans-on-retracted"}
    messages = [message for *_, message in listed]
    for expected in (
        "“Ketamine enters the channel once it is open.” leans on `zhang2021`, which has been retracted",
        "“This is open-channel block.” leans on `zhang2021`, which has been retracted",
        "the key of `bl-site` (“Inside the channel”) leans on `zhang2021`, which has been retracted",
        "the key of `anchor-open` (“True”) leans on `zhang2021`, which has been retracted",
        "the claim `pore-block` leans on `zhang2021`, which has been retracted",
        "the term `open-channel block` leans on `zhang2021`, which has been retracted",
    ):
        assert expected in messages


def test_a_citation_covers_what_stands_since_the_one_before(root: Path) -> None:
    change(root, "modules/references.yaml", "note: Read in print.", "note: Read in print., superseded_by: zhang2021")
    change(
        root,
        "modules/01-block/module.md",
        "The place was seen. {cite}`zhang2021`",
        "First {cite}`zhang2021`. Second {cite}`survey2025`. Third.",
    )
    sentences = [message for _, path, _, message in found(root) if path.endswith("module.md") and message.startswith("“")]
    assert sentences == ["“Second” leans on `survey2025`, which `zhang2021` supersedes"]


def test_each_item_of_a_list_stands_for_itself_on_its_own_line(root: Path) -> None:
    change(root, "modules/references.yaml", "note: Read in print.", "note: Read in print., superseded_by: zhang2021")
    change(root, "modules/01-block/module.md", "## How many\n", "## How many\n\n- One. {cite}`zhang2021`\n- Two. {cite}`survey2025`\n")
    lines = [(line, message) for _, path, line, message in found(root) if path.endswith("module.md") and message.startswith("“")]
    text = (root / "modules/01-block/module.md").read_text(encoding="utf-8").split("\n")
    assert [(text[(line or 0) - 1], message.split(" leans")[0]) for line, message in lines] == [("- Two. {cite}`survey2025`", "“Two.”")]


def test_a_claim_past_its_review_is_listed_with_the_cells_that_show_it(root: Path) -> None:
    assert found(root, date(2027, 6, 1)) == []
    listed = found(root, date(2027, 6, 2))
    assert [(code, path.rpartition("/")[2]) for code, path, *_ in listed] == [
        ("claim-overdue", "claims.yaml"),
        ("claim-overdue", "module.md"),
        ("claim-overdue", "module.md"),
    ]
    assert "to be reviewed by 2027-06-01: “Ketamine blocks the channel from inside.”" in listed[0][3]


def test_the_command_lists_them_instead_of_the_rules(root: Path) -> None:
    out = io.StringIO()
    assert main(["check", str(root), "--claims", "--today", "2028-01-01", "--format", "json"], out, io.StringIO()) == 1
    result = json.loads(out.getvalue())
    assert {finding["code"] for finding in result["findings"]} == {"claim-overdue"}
    assert main(["check", str(root), "--claims", "--today", "2026-11-23"], io.StringIO(), io.StringIO()) == 0


def test_the_shipped_course_leans_on_nothing_retracted_and_its_claims_are_fresh() -> None:
    loaded = load(ROOT)
    reviewed = max(module.reviewed_on for module in loaded.authored.modules if module.reviewed_on)
    assert [f.message for f in provenance(loaded.authored, reviewed) if f.code != "leans-on-superseded"] == []
