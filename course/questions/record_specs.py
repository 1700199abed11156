"""Specs that hold others: lists, mappings, records of known keys, and a choice of shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from course.diagnostics import Report, did_you_mean
from course.questions.nodes import Mapped, Node, Scalar, Sequence
from course.questions.spec import BAD, Parsed, Spec


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


def misspelt(key: str, node: Mapped, report: Report) -> bool:
    """Whether one of the mapping's keys was reported as a likely slip of `key`, which then is not missing as well."""
    places = {entry.key.place for entry in node.entries}
    return any(f.code == "unknown-key" and f.place in places and f.hint == f"did you mean `{key}`?" for f in report)
