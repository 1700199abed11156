"""The variables of a parametric question: how they are declared, and how their values are drawn."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from course.diagnostics import Place, Report, did_you_mean
from course.questions.arithmetic import ExpressionError, rounded
from course.questions.expressions import NAME, RESERVED, Expression, parse_expression
from course.questions.formulas import Formula, Formulaic
from course.questions.record_specs import Field, ListOf, MapOf, Record
from course.questions.scalar_specs import Number
from course.questions.spec import Parsed

VARIABLE: Final = Record(
    "a variable",
    {
        "range": Field(ListOf(Number(), least=2, most=2), "lowest and highest value, both drawn"),
        "step": Field(Number(above=0), "distance between the values of a range; 1 when left out"),
        "choice": Field(ListOf(Number(), least=1, unique=""), "the values themselves"),
        "expression": Field(Formulaic(), "computed from the other variables"),
        "decimals": Field(Number(low=0, high=10, whole=True), "decimals that an expression's value is rounded to"),
    },
)
VARIABLES: Final = Field(MapOf(VARIABLE, NAME, "a name of letters, digits and underscores"), "values drawn for each attempt")
CONSTRAINTS: Final = Field(ListOf(Formulaic()), "conditions that the drawn values meet", default=list)
_TRIES: Final = 1000
_MOST_VALUES: Final = 1_000_000


class DrawError(ValueError):
    """No values could be drawn; `place` is the expression at fault."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class Steps(Sequence[float]):
    """The values low, low + step, ... without building them."""

    low: float
    step: float
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, index: int) -> float:  # type: ignore[override]
        if not 0 <= index < self.size:
            raise IndexError(index)
        return float(f"{self.low + index * self.step:.12g}")


@dataclass(frozen=True, slots=True)
class Rule:
    """An expression with its place, and the decimals its value is rounded to (None: not)."""

    expression: Expression
    place: Place
    decimals: int | None = None

    def value(self, values: Mapping[str, float]) -> float:
        """Raises DrawError, with the place."""
        try:
            value = self.expression.value(values)
        except ExpressionError as fault:
            raise DrawError(f"{fault} in `{self.expression.text}`", self.place) from None
        return value if self.decimals is None else rounded(value, self.decimals)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`drawn` in authored order; `computed` in an order in which each needs only those before it."""

    drawn: Mapping[str, Sequence[float]]
    computed: Mapping[str, Rule]
    constraints: tuple[Rule, ...]
    place: Place

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.drawn, *self.computed)

    @property
    def size(self) -> int:
        """How many combinations there are, those that break a constraint included."""
        return math.prod(len(values) for values in self.drawn.values())

    def draw(self, seed: str) -> dict[str, float]:
        """The values that belong to a seed, the same for ever. Raises DrawError when none of 1000 tries meets the constraints."""
        for attempt in range(_TRIES):
            values = self.complete({name: values[_pick(seed, attempt, name, len(values))] for name, values in self.drawn.items()})
            if self.met(values):
                return values
        place = self.constraints[0].place if self.constraints else self.place
        raise DrawError("no values meet the constraints", place)

    def every(self) -> Iterator[dict[str, float]]:
        """Every combination that meets the constraints. Raises DrawError where an expression has no value."""
        for combination in itertools.product(*self.drawn.values()):
            values = self.complete(dict(zip(self.drawn, combination, strict=True)))
            if self.met(values):
                yield values

    def complete(self, given: Mapping[str, float]) -> dict[str, float]:
        """The given values and those computed from them; a given one is not computed."""
        values = dict(given)
        for name, rule in self.computed.items():
            if name not in values:
                values[name] = rule.value(values)
        return values

    def met(self, values: Mapping[str, float]) -> bool:
        return all(rule.value(values) for rule in self.constraints)


def read_parameters(variables: Parsed | None, constraints: Sequence[Formula], place: Place, report: Report) -> Parameters:
    """Build the parameters; reports names that cannot be used, unknown ones, circles, and ranges that hold nothing."""
    drawn: dict[str, Sequence[float]] = {}
    formulas: dict[str, tuple[Formula, int | None]] = {}
    for name, entry in (variables or {}).items():
        if name in RESERVED:
            report.error("reserved-name", f"`{name}` is a word of the expression language", variables.at(name) if variables else place)
        _read_variable(name, entry, drawn, formulas, report)
    known = {*drawn, *formulas, *(variables or {})}
    computed = {name: read_rule(formula, known, report, decimals) for name, (formula, decimals) in formulas.items()}
    rules = [read_rule(formula, known, report) for formula in constraints]
    ordered = _in_order({name: rule for name, rule in computed.items() if rule}, report)
    return Parameters(drawn, ordered, tuple(rule for rule in rules if rule), place)


def read_rule(formula: Formula, known: set[str], report: Report, decimals: int | None = None) -> Rule | None:
    """Parse a formula over known names; None after a finding."""
    try:
        expression = parse_expression(formula.text)
    except ExpressionError as fault:
        report.error("bad-expression", f"`{_short(formula.text)}` cannot be read: {fault}", formula.place)
        return None
    for name in sorted(expression.names - known):
        report.error("unknown-name", f"`{name}` is not a variable of this question", formula.place, did_you_mean(name, known))
    return Rule(expression, formula.place, decimals)


def _read_variable(
    name: str, entry: Parsed, drawn: dict[str, Sequence[float]], formulas: dict[str, tuple[Formula, int | None]], report: Report
) -> None:
    given = [way for way in ("range", "choice", "expression") if entry[way] is not None]
    if len(given) != 1:
        report.error("one-source", f"`{name}` needs one of `range`, `choice` and `expression`", entry.place)
    elif entry["step"] is not None and given != ["range"]:
        report.error("unused-step", "`step` belongs to a `range`", entry.at("step"))
    elif entry["decimals"] is not None and given != ["expression"]:
        report.error("unused-decimals", "`decimals` belongs to an `expression`", entry.at("decimals"))
    elif given == ["choice"]:
        drawn[name] = tuple(float(value) for value in entry["choice"])
    elif given == ["range"]:
        drawn[name] = _steps(entry, report)
    else:
        formulas[name] = entry["expression"], entry["decimals"]


def _steps(entry: Parsed, report: Report) -> Sequence[float]:
    (low, high), step = entry["range"], entry["step"] or 1
    if low > high:
        report.error("empty-range", "the range ends before it starts", entry.at("range"))
        return (float(low),)
    count = (high - low) / step + 1e-9
    if count >= _MOST_VALUES:
        report.error("too-many", f"the range holds more than {_MOST_VALUES:,} values", entry.at("range"), "make `step` larger")
        return (float(low),)
    return Steps(float(low), float(step), int(count) + 1)


def _in_order(rules: Mapping[str, Rule], report: Report) -> dict[str, Rule]:
    ordered: dict[str, Rule] = {}
    waiting = dict(rules)
    while waiting:
        ready = [name for name, rule in waiting.items() if not rule.expression.names & waiting.keys()]
        if not ready:
            name, rule = next(iter(waiting.items()))
            report.error("circular", f"`{name}` is computed from itself", rule.place)
            return ordered
        for name in ready:
            ordered[name] = waiting.pop(name)
    return ordered


def _pick(seed: str, attempt: int, name: str, count: int) -> int:
    digest = hashlib.sha256(f"{seed}|{attempt}|{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
