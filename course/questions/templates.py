"""Filling a parametric question with values: `{{name}}` in texts, `{expression: ...}` where a number stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from course.diagnostics import Place
from course.questions.expressions import parse_expression
from course.questions.formulas import is_expression
from course.questions.nodes import Entry, Mapped, Node, Scalar, Sequence
from course.questions.numbers import as_text
from course.questions.parameters import Rule

MARK: Final = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_KEPT: Final = frozenset({"tests"})
_DROPPED: Final = frozenset({"variables", "constraints"})


def names_in_text(node: Mapped) -> Iterator[tuple[str, Place]]:
    """Every `{{name}}` in the question's texts, with the place of the text."""
    for entry in node.entries:
        if entry.key.text not in _KEPT | _DROPPED:
            for scalar in _scalars(entry.value):
                for name in MARK.findall(scalar.text) if "{{" in scalar.text else ():
                    yield name, scalar.place


def fill(node: Mapped, values: Mapping[str, float]) -> Mapped:
    """The question with these values: no variables, no expressions, no marks. Raises DrawError for an expression without a value."""
    entries = []
    for entry in node.entries:
        if entry.key.text in _KEPT:
            entries.append(entry)
        elif entry.key.text not in _DROPPED:
            entries.append(Entry(entry.key, _filled(entry.value, values)))
    return Mapped(tuple(entries), node.place)


def _filled(node: Node, values: Mapping[str, float]) -> Node:
    if isinstance(node, Scalar):
        text = MARK.sub(lambda mark: as_text(values[mark[1]]), node.text)
        return node if text == node.text else Scalar(text, False, node.place)
    if isinstance(node, Sequence):
        return Sequence(tuple(_filled(item, values) for item in node.items), node.place)
    if is_expression(node) and isinstance(formula := node.entries[0].value, Scalar):
        value = Rule(parse_expression(formula.text.strip()), formula.place).value(values)
        return Scalar(str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value), True, formula.place)
    return Mapped(tuple(Entry(entry.key, _filled(entry.value, values)) for entry in node.entries), node.place)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for entry in node.entries:
            yield from _scalars(entry.value)
