"""`schema`: writes quiz.schema.json and the reference pages in docs/ again from the code that they are about."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path
from typing import Final, TextIO

from course.content.authoring_page import authoring_page
from course.content.quiz_schema import quiz_schema_text
from course.content.rules_page import rules_page
from course.content.simulations_page import simulations_page

ROOT: Final = Path(__file__).resolve().parents[2]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is not up to date")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Write the files, naming them; with --check only say which are out of date."""
    old = 0
    for name, text in generated().items():
        path = options.root / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        old += 1
        if options.check:
            print(f"{name} is out of date: run `make schema`", file=err)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}", file=out)
    return 1 if options.check and old else 0


def generated() -> dict[str, str]:
    """Path below the root -> text."""
    return {
        "quizzes/quiz.schema.json": quiz_schema_text(),
        "docs/authoring.md": authoring_page(),
        "docs/simulations.md": simulations_page(),
        "docs/rules.md": rules_page(_findings()),
    }


def _findings() -> dict[str, str]:
    """Code -> what `check` says of the bad example that the rule's test holds."""
    found = {}
    for path in sorted((ROOT / "tests" / "content" / "bad").glob("*.yaml")):
        text = path.read_text(encoding="utf-8").partition("\nexpected: |\n")[2]
        found[path.stem] = textwrap.dedent(text)
    return found
