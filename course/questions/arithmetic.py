"""Expression trees and their values: floating-point arithmetic that refuses whatever has no finite value."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeAlias

LARGEST_EXPONENT: Final = 20


class ExpressionError(ValueError):
    """An expression that cannot be read or has no value; the message says why, without the expression."""


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Apply:
    """An operator or function with its operands. `and` and `or` look at the second only when they must."""

    function: str
    operands: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """`a < b <= c`: every neighbouring pair must hold."""

    operands: tuple[Tree, ...]
    signs: tuple[str, ...]


Tree: TypeAlias = Number | Name | Apply | Compare


def evaluate(tree: Tree, values: Mapping[str, float]) -> float:
    """The value of a tree; finite, truth values 1 or 0. Raises ExpressionError when there is none."""
    try:
        return _finite(_value(tree, values))
    except OverflowError:
        raise ExpressionError("the result is too large") from None


def rounded(value: float, digits: int = 0) -> float:
    """Rounded half away from zero, as taught at school; the number is taken as it is written, not as binary holds it."""
    return float(Decimal(repr(value)).quantize(Decimal((0, (1,), -digits)), rounding=ROUND_HALF_UP)) if abs(value) < 1e15 else value


def _value(tree: Tree, values: Mapping[str, float]) -> float:
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Name):
        if tree.name not in values:
            raise ExpressionError(f"`{tree.name}` is not defined")
        return float(values[tree.name])
    if isinstance(tree, Compare):
        operands = [_value(operand, values) for operand in tree.operands]
        pairs = zip(operands, tree.signs, operands[1:], strict=False)
        return float(all(COMPARISONS[sign](a, b) for a, sign, b in pairs))
    if tree.function in ("and", "or"):
        first = _value(tree.operands[0], values)
        return float(bool(_value(tree.operands[1], values))) if bool(first) == (tree.function == "and") else float(bool(first))
    function = _OPERATORS.get(tree.function) or FUNCTIONS[tree.function][0]
    return _finite(function(*(_value(operand, values) for operand in tree.operands)))


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ExpressionError("the result is too large")
    return value


def _divided(operation: Callable[[float, float], float]) -> Callable[[float, float], float]:
    def apply(a: float, b: float) -> float:
        if b == 0:
            raise ExpressionError("a division by zero")
        return operation(a, b)

    return apply


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > LARGEST_EXPONENT:
        raise ExpressionError(f"an exponent lies between -{LARGEST_EXPONENT} and {LARGEST_EXPONENT}")
    if base == 0 and exponent < 0:
        raise ExpressionError("a division by zero")
    if base < 0 and exponent != int(exponent):
        raise ExpressionError("a fractional power of a negative number")
    return math.pow(base, exponent)


def _positive(function: Callable[[float], float], least: float, what: str) -> Callable[[float], float]:
    def apply(x: float) -> float:
        if x < 0 or (x == 0 and least > 0):
            raise ExpressionError(f"the {what} of {x:g}")
        return function(x)

    return apply


def _round(value: float, digits: float = 0) -> float:
    if digits != int(digits) or abs(digits) > 15:
        raise ExpressionError("round takes a whole number of decimals")
    return rounded(value, int(digits))


COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_OPERATORS: Final[Mapping[str, Callable[..., float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divided(operator.truediv),
    "//": _divided(operator.floordiv),
    "%": _divided(operator.mod),
    "**": _power,
    "unary -": operator.neg,
    "unary +": operator.pos,
    "unary not": lambda x: float(not x),
}
FUNCTIONS: Final[Mapping[str, tuple[Callable[..., float], tuple[int, int]]]] = {
    "abs": (abs, (1, 1)),
    "min": (lambda *xs: min(xs), (1, 50)),
    "max": (lambda *xs: max(xs), (1, 50)),
    "round": (_round, (1, 2)),
    "floor": (lambda x: float(math.floor(x)), (1, 1)),
    "ceil": (lambda x: float(math.ceil(x)), (1, 1)),
    "sqrt": (_positive(math.sqrt, 0, "square root"), (1, 1)),
    "exp": (math.exp, (1, 1)),
    "log": (_positive(math.log, 1, "logarithm"), (1, 1)),
    "log10": (_positive(math.log10, 1, "logarithm"), (1, 1)),
}
"""Function -> how it is computed, and how many values it takes at least and at most."""
