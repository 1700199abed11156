"""Where authored files are: the content root, and every file below it that the loader reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course.content.text_source import LARGEST, TextSource, decode
from course.content.yaml_source import read_yaml_text
from course.diagnostics import Place, Report
from course.questions.nodes import Node


def content_root(path: Path) -> Path | None:
    """The nearest folder at or above `path` that holds `modules/` or `quizzes/`; None when there is none."""
    start = path.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / "modules").is_dir() or (folder / "quizzes").is_dir()), None)


@dataclass(slots=True)
class Files:
    """Reads files below a root and keeps their lines, so that findings can show them. Paths are relative to the root."""

    root: Path
    report: Report
    sources: dict[str, TextSource] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    """Files that exist and hold nothing readable."""

    def yaml(self, path: Path) -> Node | None:
        """The node of a YAML file; None, after a finding, when it is missing or unreadable."""
        source = self.text(path)
        node = None if source is None else read_yaml_text(source.text, source, self.report)
        if node is None:
            self.failed.add(self.name(path))
        return node

    def text(self, path: Path) -> TextSource | None:
        data = self.data(path)
        name = self.name(path)
        source = None if data is None else decode(data, name, self.report)
        if source is not None:
            self.sources[name] = source
        return source

    def data(self, path: Path) -> bytes | None:
        """At most one byte more than is ever read."""
        try:
            with path.open("rb") as stream:
                return stream.read(LARGEST + 1)
        except OSError as fault:
            self.report.error("unreadable", f"this file cannot be read: {fault.strerror or fault}", Place(self.name(path)))
            return None

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix().encode("utf-8", "replace").decode()

    def quizzes(self) -> list[Path]:
        return self._listed("quizzes", "*.yaml")

    def modules(self) -> list[Path]:
        return self._listed("modules", "*/module.md")

    def figures(self, folder: Path) -> list[Path]:
        return sorted(p for p in (folder / "figures").glob("*.yaml") if p.is_file())

    def misnamed(self) -> list[Path]:
        """Files that look like content and are not read."""
        return self._listed("quizzes", "*.yml") + self._listed("modules", "*.yml")

    def _listed(self, folder: str, pattern: str) -> list[Path]:
        return sorted(p for p in (self.root / folder).glob(pattern) if p.is_file() and not p.name.startswith("."))
