"""`check [PATH...]`: every fault of the content, as text, JSON or SARIF. Exit 1 when one of them is an error.

With `--claims` the findings are instead every place that leans on a source which no longer stands, and every claim past its review.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from course.content.files import content_root
from course.content.loader import Loaded, in_order, load
from course.content.provenance import provenance
from course.content.reporting import as_json, as_sarif, as_text, summarise
from course.content.review import review
from course.diagnostics import Finding
from course.errors import Refused


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="file or folder (default: the whole course)")
    parser.add_argument("--format", choices=("text", "json", "sarif"), default="text", help="how findings are written (default: text)")
    parser.add_argument("--release", action="store_true", help="add what only a release must meet")
    parser.add_argument(
        "--claims", action="store_true", help="list instead what leans on superseded or retracted sources, and overdue claims"
    )
    parser.add_argument("--today", type=_day, metavar="DATE", help="judge as on this day, such as 2026-11-23")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Check every content root that the paths belong to; findings and counts are those of the paths alone.

    Raises:
        Refused: a path does not exist or holds nothing that could be checked.
    """
    collecting = gc.isenabled()
    gc.disable()  # Millions of small objects that all live to the end: collecting only costs time.
    try:
        return _check(options, options.today or datetime.now(UTC).date(), out)
    finally:
        if collecting:
            gc.enable()


def _check(options: argparse.Namespace, today: date, out: TextIO) -> int:
    findings: list[Finding] = []
    questions = modules = 0
    for root, paths in _by_root(options.paths or [_default()]).items():
        loaded = load(root, extra=[path for path in paths if _is_extra(root, path)], serve=False)
        names = [path.relative_to(root).as_posix() for path in paths]
        found = [f for f in _findings(loaded, options, today) if _within(f.place.path, names)]
        seen = [path for path in loaded.authored.sources if _within(path, names)]
        _refuse_nothing(paths, names, loaded, found)
        findings += found
        questions += sum(count for path, count in loaded.authored.listed.items() if _within(path, names))
        modules += sum(path.endswith("/module.md") for path in seen)
    summary = summarise(findings, questions, modules)
    if options.format == "json":
        out.write(as_json(findings, summary))
    elif options.format == "sarif":
        out.write(as_sarif(findings))
    else:
        out.write(as_text(findings, summary))
    return 1 if summary.errors else 0


def _findings(loaded: Loaded, options: argparse.Namespace, today: date) -> Sequence[Finding]:
    if options.claims:
        return in_order(provenance(loaded.authored, today), loaded.authored)
    return review(loaded, today=today, release=options.release)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-23") from None


def _default() -> Path:
    """The course around the working folder, else the one that this code belongs to."""
    return content_root(Path.cwd()) or Path(__file__).resolve().parents[2]


def _by_root(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    grouped: dict[Path, list[Path]] = {}
    for path in paths:
        if not path.exists():
            raise Refused(f"There is no {path}.")
        resolved = path.resolve()
        root = content_root(resolved)
        if root is None and resolved.is_dir():
            raise Refused(f"{path} holds no `modules` and no `quizzes` folder, and no folder above it does.")
        grouped.setdefault(root or resolved.parent, []).append(resolved)
    return grouped


def _is_extra(root: Path, path: Path) -> bool:
    """A quiz file that stands neither in `quizzes` nor in `modules`."""
    return path.is_file() and path.suffix == ".yaml" and path.relative_to(root).parts[0] not in ("quizzes", "modules")


def _within(path: str, names: Sequence[str]) -> bool:
    return any(name in (".", path) or path.startswith(name + "/") for name in names)


def _refuse_nothing(paths: Sequence[Path], names: Sequence[str], loaded: Loaded, findings: Sequence[Finding]) -> None:
    for path, name in zip(paths, names, strict=True):
        known = _paths(loaded, findings)
        if name != "." and not any(_within(read, [name]) for read in known):
            raise Refused(f"{path} holds no content: modules stand in modules/NAME/module.md, quizzes in quizzes/NAME.yaml.")


def _paths(loaded: Loaded, findings: Sequence[Finding]) -> Iterator[str]:
    yield from loaded.authored.sources
    yield from (finding.place.path for finding in findings)
