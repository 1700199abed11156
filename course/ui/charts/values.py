"""The values of a table's cells: as numbers, and as a reader sees them."""

from __future__ import annotations


def number(value: float | str | None) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def shown(value: float | str | None, unit: str = "") -> str:
    """The value with its unit; a dash where it is missing. Years take no separator."""
    if value is None or value == "":
        return "–"
    if isinstance(value, str):
        return value
    if unit == "year":
        return f"{value:g}"
    text = f"{value:,.0f}" if value == int(value) else f"{value:g}"
    return f"{text}%" if unit == "%" else text
