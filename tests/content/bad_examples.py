"""The good little course, and the one change that each bad example makes to it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

HERE: Final = Path(__file__).parent
GOOD: Final = HERE / "good"
EXAMPLES: Final = sorted(path.stem for path in (HERE / "bad").glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class BadExample:
    """`expected` is the whole text of its findings."""

    root: Path
    expected: str


def make_example(name: str, folder: Path) -> BadExample:
    """Copy the good course into `folder` and change it: a text is a new file, a list of pairs replaces old by new."""
    authored = yaml.safe_load((HERE / "bad" / f"{name}.yaml").read_text(encoding="utf-8"))
    root = folder / "content"
    shutil.copytree(GOOD, root)
    for path, change in authored["change"].items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = change if isinstance(change, str) else _replaced(file.read_text(encoding="utf-8"), change)
        file.write_text(text, encoding="utf-8")
    return BadExample(root, authored["expected"])


def _replaced(text: str, pairs: list[list[str]]) -> str:
    for old, new in pairs:
        assert old in text, f"{old!r} is no longer in the good course"
        text = text.replace(old, new, 1)
    return text
