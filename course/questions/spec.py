"""One small language for authored fields. From one definition come the validator, the JSON Schema and the reference page.

A spec reads a node into a plain value and reports what is wrong at its place. `BAD` stands for a value that could not be
read (already reported); callers skip it. What one value may be is in `scalar_specs`, what holds others in `record_specs`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Final

from course.diagnostics import Place, Report
from course.questions.nodes import Node, Scalar, Sequence


class Bad:
    """The one value `BAD`: unreadable, already reported."""

    def __repr__(self) -> str:
        return "BAD"

    def __bool__(self) -> bool:
        return False


BAD: Final = Bad()


class Parsed(dict[str, Any]):
    """A mapping read by `Record`. `places` holds where each present key's value stood, `place` the mapping itself."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def at(self, name: str) -> Place:
        return self.places.get(name, self.place)


class Spec(ABC):
    """Reads one kind of value. `expects` completes the sentence "must be ..."."""

    expects: str = "a value"

    @abstractmethod
    def read(self, node: Node, report: Report) -> Any:
        """Return the value, or `BAD` after reporting."""

    @abstractmethod
    def json_schema(self) -> dict[str, Any]:
        """JSON Schema (draft 2020-12) of the authored form."""

    def wrong(self, node: Node, report: Report, hint: str = "") -> Bad:
        report.error("type", f"{_shown(node)} must be {self.expects}", node.place, hint)
        return BAD


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        text = node.text if len(node.text) <= 40 else node.text[:39] + "…"
        return f"`{text}`" if text else "an empty value"
    return "this list" if isinstance(node, Sequence) else "this mapping"
