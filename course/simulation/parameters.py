"""The parameters of a simulation: fields of a frozen dataclass that carry unit, bounds, step and words, and their reading.

A field is declared with `number`, `choice` or `several`; its default and its specification then stand in one line.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from course.diagnostics import did_you_mean
from course.errors import BadParameter

P = TypeVar("P")
_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`, ends included. `step` is how far a slider moves; `among`, when given, are the only values."""

    title: str
    low: float
    high: float
    step: float
    unit: str = ""
    doc: str = ""
    whole: bool = False
    among: tuple[float, ...] = ()

    @property
    def bounds(self) -> str:
        """What the value must be, in words."""
        unit = f" {self.unit}" if self.unit not in ("", "share") else ""
        if self.among:
            return " or ".join((", ".join(f"{v:g}" for v in self.among[:-1]), f"{self.among[-1]:g}{unit}"))
        return f"a {'whole ' if self.whole else ''}number from {self.low:g} to {self.high:g}{unit}"

    def read(self, name: str, given: object) -> float:
        """The value as a number; whole where only whole ones are taken. Raises BadParameter."""
        value = _as_number(given)
        if value is None or not self.fits(value):
            raise BadParameter(f"`{name}` must be {self.bounds}, not `{_shown(given)}`.")
        return int(value) if self.whole else value

    def fits(self, value: float) -> bool:
        if self.among:
            return value in self.among
        return self.low <= value <= self.high and (not self.whole or float(value).is_integer())


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; `values` maps each to what it is called on screen."""

    title: str
    values: Mapping[str, str]
    doc: str = ""

    @property
    def bounds(self) -> str:
        return "one of " + ", ".join(f"`{value}`" for value in self.values)

    def read(self, name: str, given: object) -> str:
        """Raises BadParameter, with the nearest word."""
        if not isinstance(given, str) or given not in self.values:
            raise BadParameter(_sentence(f"`{name}` must be {self.bounds}, not `{_shown(given)}`", _meant(given, self.values)))
        return given


@dataclass(frozen=True, slots=True)
class Several:
    """Any of a few words, each at most once; written as a list with commas, and empty for none."""

    title: str
    values: Mapping[str, str]
    doc: str = ""

    @property
    def bounds(self) -> str:
        return "a list with commas of " + ", ".join(f"`{value}`" for value in self.values)

    def read(self, name: str, given: object) -> tuple[str, ...]:
        """In the order of `values`. Raises BadParameter, with the nearest word."""
        words = [word.strip() for word in given.split(",")] if isinstance(given, str) else given
        if not isinstance(words, list | tuple):
            raise BadParameter(f"`{name}` must be {self.bounds}.")
        chosen = [word for word in words if word != ""]
        for word in chosen:
            if word not in self.values:
                known = ", ".join(f"`{value}`" for value in self.values)
                raise BadParameter(_sentence(f"`{name}` knows no `{_shown(word)}`", _meant(word, self.values) or f"known: {known}"))
            if chosen.count(word) > 1:
                raise BadParameter(f"`{name}` names `{word}` twice.")
        return tuple(value for value in self.values if value in chosen)


Spec = Number | Choice | Several


def number(default: float, title: str, low: float, high: float, step: float, unit: str = "", doc: str = "", **more: Any) -> Any:
    """A dataclass field that holds a number; see Number."""
    return _field(default, Number(title, low, high, step, unit, doc, **more))


def choice(default: str, title: str, values: Mapping[str, str], doc: str = "") -> Any:
    """A dataclass field that holds one of a few words; see Choice."""
    return _field(default, Choice(title, values, doc))


def several(title: str, values: Mapping[str, str], doc: str = "") -> Any:
    """A dataclass field that holds any of a few words, none by default; see Several."""
    return _field((), Several(title, values, doc))


def specs(parameters: type[Any]) -> dict[str, Spec]:
    """What may be set, by name, in order."""
    return {f.name: f.metadata["spec"] for f in dataclasses.fields(parameters)}


def read(parameters: type[P], given: Mapping[str, object]) -> P:
    """The parameters with the given values and the defaults for the rest.

    Raises:
        BadParameter: a name is unknown or a value lies outside what the model is for; one sentence with the bounds and the mend.
    """
    known = specs(parameters)
    for name in given:
        if name not in known:
            raise BadParameter(_sentence(f"`{_shown(name)}` is no parameter of this simulation", did_you_mean(name, known)))
    return parameters(**{name: known[name].read(name, value) for name, value in given.items()})


def pairs(text: str) -> dict[str, str]:
    """`name=value` pairs parted by white space. Raises BadParameter for one without `=` or a name given twice."""
    found: dict[str, str] = {}
    for pair in text.split():
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise BadParameter(f"`{_shown(pair)}` must be written `name=value`.")
        if name in found:
            raise BadParameter(f"`{name}` is set twice.")
        found[name] = value
    return found


def _field(default: object, spec: Spec) -> Any:
    return dataclasses.field(default=default, metadata={"spec": spec})


def _as_number(given: object) -> float | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, str):
        return float(given.strip()) if _NUMBER.match(given.strip()) else None
    return float(given) if isinstance(given, int | float) and math.isfinite(given) else None


def _meant(given: object, values: Mapping[str, str]) -> str:
    hint = did_you_mean(str(given), values)
    return hint if hint.startswith("did you mean") else ""


def _sentence(told: str, hint: str) -> str:
    return f"{told}; {hint}" if hint.endswith("?") else f"{told}; {hint}." if hint else f"{told}."


def _shown(given: object) -> str:
    text = str(given)
    return text if len(text) <= 40 else text[:40] + "..."
