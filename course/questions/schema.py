"""One small language for authored fields. From one definition come the validator, the JSON Schema and the reference page.

A spec reads a node into a plain value and reports what is wrong at its place. `BAD` stands for a value that could not be
read (already reported); callers skip it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from course.diagnostics import Place, Report, did_you_mean
from course.questions.nodes import Mapped, Node, Scalar, Sequence

SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?\Z")
KEY: Final = re.compile(r"[a-z][a-z0-9-]{0,79}\Z")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)\Z")
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?) ?(s|min|h|d)\Z")
_SECONDS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


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


def misspelt(key: str, node: Mapped, report: Report) -> bool:
    """Whether one of the mapping's keys was reported as a likely slip of `key`, which then is not missing as well."""
    places = {entry.key.place for entry in node.entries}
    return any(f.code == "unknown-key" and f.place in places and f.hint == f"did you mean `{key}`?" for f in report)


def _bare(text: str) -> str:
    """Lower case without accents and without what cannot be seen."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        text = node.text if len(node.text) <= 40 else node.text[:39] + "…"
        return f"`{text}`" if text else "an empty value"
    return "this list" if isinstance(node, Sequence) else "this mapping"


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


@dataclass(frozen=True)
class ListOf(Spec):
    """A list; `least` items; `unique` names the key (of Record items) or "" (of scalars) that must not repeat."""

    item: Spec
    least: int = 0
    most: int = 10_000
    unique: str | None = None
    expects: str = "a list"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Sequence):
            return self.wrong(node, report, f"write `[{node.text}]`" if isinstance(node, Scalar) and 0 < len(node.text) <= 40 else "")
        if len(node.items) < self.least:
            report.error("too-few", f"this list needs at least {self.least} entries, it has {len(node.items)}", node.place)
        if len(node.items) > self.most:
            report.error("too-many", f"this list may hold at most {self.most} entries, it has {len(node.items)}", node.place)
        values: list[Any] = []
        seen: set[Any] = set()
        for child in node.items:
            value = self.item.read(child, report)
            if value is BAD:
                continue
            mark = value if self.unique == "" else value.get(self.unique) if self.unique and isinstance(value, Mapping) else None
            if mark is not None and mark in seen:
                place = value.at(self.unique) if isinstance(value, Parsed) and self.unique else child.place
                report.error("duplicate-id", f"`{mark}` is given twice in this list", place)
                continue
            seen.add(mark)
            values.append(value)
        return values

    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.item.json_schema(), **({"minItems": self.least} if self.least else {})}


@dataclass(frozen=True)
class MapOf(Spec):
    """A mapping from free keys to one kind of value."""

    value: Spec
    key: re.Pattern[str] | None = None
    key_expects: str = "an id of lower-case letters, digits and hyphens"
    least: int = 0
    expects: str = "a mapping"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Mapped):
            return self.wrong(node, report)
        out = Parsed(node.place)
        for entry in node.entries:
            if self.key is not None and not self.key.match(entry.key.text):
                report.error("bad-key", f"`{entry.key.text}` must be {self.key_expects}", entry.key.place)
                continue
            if entry.key.text in out:
                report.error("duplicate-key", f"`{entry.key.text}` is given twice", entry.key.place)
                continue
            value = self.value.read(entry.value, report)
            if value is not BAD:
                out[entry.key.text] = value
                out.places[entry.key.text] = entry.key.place
        if len(out) < self.least and not report.errors:
            report.error("too-few", f"this mapping needs at least {self.least} entries", node.place)
        return out

    def json_schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.value.json_schema()}


@dataclass(frozen=True)
class Field:
    """One key of a record. `doc` is published in docs/authoring.md."""

    spec: Spec
    doc: str = ""
    required: bool = False
    default: Any = None
    """Stands in when the key is absent or unreadable; a callable makes a fresh one (`list`, `dict`)."""

    def fallback(self) -> Any:
        return self.default() if callable(self.default) else self.default


@dataclass(frozen=True)
class Record(Spec):
    """A mapping with known keys: unknown and duplicate ones are errors, required ones must be there.

    Absent optional keys are present in the result with their default; `places` lists only what was authored.
    """

    name: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    expects: str = "a mapping"

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Mapped):
            return self.wrong(node, report)
        out = Parsed(node.place)
        broken = False
        for entry in node.entries:
            key = entry.key.text
            if key in out.places:
                report.error("duplicate-key", f"`{key}` is given twice", entry.key.place, "delete one of the two")
                broken = True
                continue
            known = self.fields.get(key)
            if known is None:
                hint = did_you_mean(key, self.fields)
                if " " in key and isinstance(entry.value, Scalar) and not entry.value.text:
                    hint = "a comma inside braces ends a value: put the text in quotes"
                report.error("unknown-key", f"{self.name} has no key `{key}`", entry.key.place, hint)
                continue
            out.places[key] = entry.value.place
            value = known.spec.read(entry.value, report)
            if value is BAD:
                broken = broken or known.required
                out[key] = known.fallback()
            else:
                out[key] = value
        for key, known in self.fields.items():
            if key not in out.places:
                if known.required:
                    broken = True
                    if not misspelt(key, node, report):
                        report.error("missing-key", f"{self.name} needs `{key}`", node.place)
                out[key] = known.fallback()
        return BAD if broken else out

    def json_schema(self) -> dict[str, Any]:
        required = [k for k, f in self.fields.items() if f.required]
        props = {k: {**f.spec.json_schema(), **({"description": f.doc} if f.doc else {})} for k, f in self.fields.items()}
        return {"type": "object", "properties": props, "additionalProperties": False, **({"required": required} if required else {})}


@dataclass(frozen=True)
class Either(Spec):
    """The first spec whose shape fits: scalar specs for scalars, record and list specs for theirs."""

    options: tuple[Spec, ...]

    @property
    def expects(self) -> str:  # type: ignore[override]
        return " or ".join(o.expects for o in self.options)

    def read(self, node: Node, report: Report) -> Any:
        last = Report()
        for option in self.options:
            trial = Report()
            value = option.read(node, trial)
            if value is not BAD and trial.ok:
                report.extend(trial)
                return value
            structural = (isinstance(node, Mapped) and isinstance(option, Record | MapOf)) or (
                isinstance(node, Sequence) and isinstance(option, ListOf)
            )
            if structural:
                last = trial
        if last.findings:
            report.extend(last)
            return BAD
        return self.wrong(node, report)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [o.json_schema() for o in self.options]}
