"""Writes the table in docs/people.md from `course.access.permissions.TABLE`, so that it cannot say something else than the code."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from course.access.permissions import TABLE, Role, Rule, Scope  # noqa: E402

PAGE = ROOT / "docs" / "people.md"
BEGIN, END = "<!-- The table is made by `make schema` from course/access/permissions.py; do not edit. -->\n", "<!-- end of the table -->\n"
WORDS = {None: "", Scope.OWN: "own", Scope.COHORT: "yes", Scope.SITE: "everywhere"}


def page() -> str:
    """The page with the table as the code has it."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    head = "| action | what it is | " + " | ".join(role.value for role in Role) + " |\n" + "|---" * (2 + len(Role)) + "|\n"
    return before + BEGIN + head + "".join(map(_row, TABLE)) + END + after


def _row(rule: Rule) -> str:
    return f"| `{rule.action.value}` | {rule.words} | " + " | ".join(WORDS[rule.grants.get(role)] for role in Role) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
