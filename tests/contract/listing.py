"""The sentence that somebody reads who added a file and not its line."""

from __future__ import annotations

from collections.abc import Iterable


def assert_listed(files: Iterable[str], listed: Iterable[str], folder: str, registry: str) -> None:
    """Every file is listed once, and nothing is listed that is no file. `registry`: the tuple and the file that holds it."""
    files, listed = set(files), sorted(listed)
    missing, gone = sorted(files - set(listed)), sorted(set(listed) - files)
    assert not missing, f"{', '.join(missing)} in {folder} is in no list: add a line to {registry}"
    assert not gone, f"{registry} lists {', '.join(gone)}, which {folder} does not hold: delete its line or add the file"
    twice = sorted({name for name in listed if listed.count(name) > 1})
    assert not twice, f"{registry} lists {', '.join(twice)} twice: delete one line"
