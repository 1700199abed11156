"""A small arithmetic language for parametric questions (FORMAT section 5). Parsed and evaluated here; never `eval`.

Numbers, names, `+ - * / // % **`, parentheses, comparisons (chained as in mathematics), `and or not`, and the functions abs,
min, max, round, floor, ceil, sqrt, exp, log, log10. A truth value is 1 or 0. All arithmetic is in floating point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from course.questions.arithmetic import COMPARISONS, FUNCTIONS, Apply, Compare, ExpressionError, Name, Number, Tree, evaluate

LONGEST: Final = 200
DEEPEST: Final = 20
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")

_KEYWORDS: Final = frozenset({"and", "or", "not"})
RESERVED: Final = _KEYWORDS | frozenset(FUNCTIONS)
"""Words that cannot name a variable."""
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|[-+*/%()<>,]))"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression; `names` are the variables it needs."""

    text: str
    tree: Tree
    names: frozenset[str]

    def value(self, values: Mapping[str, float]) -> float:
        """Its value; finite. Raises ExpressionError for a missing name, a division by zero, and whatever has no finite value."""
        return evaluate(self.tree, values)


@lru_cache(maxsize=1024)
def parse_expression(text: str) -> Expression:
    """Read an expression. Raises ExpressionError naming what stands where it may not."""
    if len(text) > LONGEST:
        raise ExpressionError(f"an expression has at most {LONGEST} characters")
    parser = _Parser(_tokens(text))
    tree = parser.whole()
    return Expression(text, tree, frozenset(parser.names))


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise ExpressionError(f"`{text[at:].lstrip()[0]}` has no meaning here")
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


class _Parser:
    """Recursive descent, loosest binding first: or, and, not, comparison, + -, * / // %, sign, **, atom."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.names: set[str] = set()

    def whole(self) -> Tree:
        tree = self.either()
        if self.at < len(self.tokens):
            raise ExpressionError(f"`{self.tokens[self.at][1]}` is not expected here")
        return tree

    def either(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(f"an expression is at most {DEEPEST} levels deep")
        tree = self.chain(("or",), self.both)
        self.depth -= 1
        return tree

    def both(self) -> Tree:
        return self.chain(("and",), self.negation)

    def negation(self) -> Tree:
        return self.prefixed(("not",), self.comparison)

    def comparison(self) -> Tree:
        operands, signs = [self.sum()], []
        while sign := self.take(*COMPARISONS):
            signs.append(sign)
            operands.append(self.sum())
        return Compare(tuple(operands), tuple(signs)) if signs else operands[0]

    def sum(self) -> Tree:
        return self.chain(("+", "-"), self.product)

    def product(self) -> Tree:
        return self.chain(("*", "/", "//", "%"), self.signed)

    def signed(self) -> Tree:
        return self.prefixed(("-", "+"), self.power)

    def power(self) -> Tree:
        base = self.atom()
        return Apply("**", (base, self.signed())) if self.take("**") else base

    def atom(self) -> Tree:
        if self.at >= len(self.tokens):
            raise ExpressionError("the expression ends too early")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return self.number(text)
        if text == "(":
            tree = self.either()
            self.expect(")")
            return tree
        if kind == "name" and text not in _KEYWORDS:
            return self.call(text) if self.take("(") else self.variable(text)
        raise ExpressionError(f"`{text}` is not expected here")

    def number(self, text: str) -> Tree:
        if not math.isfinite(float(text)):
            raise ExpressionError(f"`{text}` is too large")
        return Number(float(text))

    def variable(self, name: str) -> Tree:
        if name in FUNCTIONS:
            raise ExpressionError(f"`{name}` is a function and needs parentheses")
        self.names.add(name)
        return Name(name)

    def call(self, name: str) -> Tree:
        if name not in FUNCTIONS:
            raise ExpressionError(f"there is no function `{name}`")
        operands = [self.either()]
        while self.take(","):
            operands.append(self.either())
        self.expect(")")
        least, most = FUNCTIONS[name][1]
        if not least <= len(operands) <= most:
            raise ExpressionError(f"`{name}` takes {least}{'' if most == least else ' or more' if most > 2 else f' or {most}'} values")
        return Apply(name, tuple(operands))

    def chain(self, signs: tuple[str, ...], operand: Callable[[], Tree]) -> Tree:
        tree = operand()
        while sign := self.take(*signs):
            tree = Apply(sign, (tree, operand()))
        return tree

    def prefixed(self, signs: tuple[str, ...], operand: Callable[[], Tree]) -> Tree:
        before = []
        while sign := self.take(*signs):
            before.append(sign)
        if len(before) > DEEPEST:
            raise ExpressionError(f"an expression is at most {DEEPEST} levels deep")
        tree = operand()
        for sign in reversed(before):
            tree = Apply(f"unary {sign}", (tree,))
        return tree

    def take(self, *texts: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at][1] in texts:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise ExpressionError(f"a `{text}` is missing")
