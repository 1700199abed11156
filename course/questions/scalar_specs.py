"""Specs of a single value: texts, ids, numbers, words, durations and days."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from course.diagnostics import Report, did_you_mean
from course.questions.nodes import Node, Scalar, Sequence
from course.questions.spec import BAD, Spec

SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?\Z")
KEY: Final = re.compile(r"[a-z][a-z0-9-]{0,79}\Z")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)\Z")
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?) ?(s|min|h|d)\Z")
_SECONDS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


@dataclass(frozen=True)
class Text(Spec):
    """Any text, taken as written (`no`, `1e3`, `2024-01-01` stay text)."""

    empty: bool = False
    expects: str = "text"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar):
            return self.wrong(node, report, f"a text that begins with `{'[' if isinstance(node, Sequence) else '{'}` stands in quotes")
        if not self.empty and not node.text.strip():
            report.error("empty", "this text is empty", node.place)
            return BAD
        return node.text.strip("\n")

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True)
class Slug(Spec):
    """A stable id: lower-case letters, digits and hyphens, at most 80 characters."""

    expects: str = "an id of lower-case letters, digits and hyphens"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar):
            return self.wrong(node, report)
        if not SLUG.match(node.text):
            better = re.sub(r"[^a-z0-9]+", "-", _bare(node.text)).strip("-")
            return self.wrong(node, report, f"try `{better}`" if better and SLUG.match(better) else "")
        return node.text

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], "pattern": SLUG.pattern.replace(r"\Z", "$")}


@dataclass(frozen=True)
class Number(Spec):
    """A plain int or float; quoted numbers, true, .nan and .inf are errors."""

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False
    above: float = -math.inf
    """Exclusive lower bound."""

    @property
    def expects(self) -> str:  # type: ignore[override]
        kind = "a whole number" if self.whole else "a number"
        if self.above > -math.inf:
            return f"{kind} above {self.above:g}"
        if self.low > -math.inf and self.high < math.inf:
            return f"{kind} from {self.low:g} to {self.high:g}"
        return f"{kind} of at least {self.low:g}" if self.low > -math.inf else kind

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar):
            return self.wrong(node, report)
        if not node.plain:
            return self.wrong(node, report, "write it without quotes")
        text = node.text.replace("_", "!")
        if not (_NUMBER.match(text) or re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)[eE][-+]?\d+", text)):
            return self.wrong(node, report, _number_meant(text))
        value = float(text)
        if not math.isfinite(value) or value < self.low or value > self.high or value <= self.above:
            return self.wrong(node, report)
        if self.whole and value != int(value):
            return self.wrong(node, report)
        return int(text) if re.fullmatch(r"[-+]?\d+", text) else value

    def json_schema(self) -> dict[str, Any]:
        out: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        bounds = {"minimum": self.low, "maximum": self.high, "exclusiveMinimum": self.above}
        return out | {name: bound for name, bound in bounds.items() if math.isfinite(bound)}


def _number_meant(text: str) -> str:
    """The mend for what people write as a number and YAML does not."""
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return f"write `{text.replace(',', '')}`"
    if re.fullmatch(r"[-+]?\d+,\d+", text):
        return f"write `{text.replace(',', '.')}`"
    if re.fullmatch(r"\d+(?:\.\d+)? ?%", text):
        return f"write `{float(text.rstrip(' %')) / 100:g}`"
    return ""


@dataclass(frozen=True)
class Boolean(Spec):
    expects: str = "true or false"

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        if not isinstance(node, Scalar):
            return self.wrong(node, report)
        meant = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}.get(node.text.lower(), "")
        quoted = node.text in ("true", "false")
        return self.wrong(node, report, "write it without quotes" if quoted else f"did you mean `{meant}`?" if meant else "")

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class OneWord(Spec):
    """One of a closed list of words."""

    words: tuple[str, ...]

    @property
    def expects(self) -> str:  # type: ignore[override]
        return "one of " + ", ".join(f"`{w}`" for w in self.words)

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar):
            return self.wrong(node, report)
        if node.text not in self.words:
            near = did_you_mean(node.text, self.words)
            return self.wrong(node, report, near if near.startswith("did") else "")
        return node.text

    def json_schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Duration(Spec):
    """Seconds, from `20 min`, `90 s`, `24 h` or `2 d`; `0` alone is allowed."""

    expects: str = "a duration such as `20 min`, `90 s`, `24 h` or `2 d`"

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar):
            if node.text == "0":
                return 0.0
            if found := _DURATION.match(node.text):
                return float(found[1]) * _SECONDS[found[2]]
        return self.wrong(node, report)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"const": 0}, {"type": "string", "pattern": _DURATION.pattern.replace(r"\Z", "$")}]}


@dataclass(frozen=True)
class Day(Spec):
    expects: str = "a date such as 2026-11-23"

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Scalar) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.text):
            try:
                return date.fromisoformat(node.text)
            except ValueError:
                pass
        return self.wrong(node, report)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Word(Spec):
    """Exactly this word, usually beside another spec in `Either` (`unlimited`)."""

    word: str

    @property
    def expects(self) -> str:  # type: ignore[override]
        return f"`{self.word}`"

    def read(self, node: Node, report: Report) -> Any:
        return self.word if isinstance(node, Scalar) and node.text == self.word else self.wrong(node, report)

    def json_schema(self) -> dict[str, Any]:
        return {"const": self.word}


def _bare(text: str) -> str:
    """Lower case without accents and without what cannot be seen."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
