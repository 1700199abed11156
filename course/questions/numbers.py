"""Numbers as learners write them, and the units beside them (FORMAT section 4, last paragraph)."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

_SPACE: Final = " \u00a0\u202f"
_MINUS: Final = "\u2212"
_LONGEST: Final = 100
_NUMBER: Final = re.compile(
    rf"(?P<sign>[+-]?)"
    rf"(?P<whole>[0-9]{{1,3}}(?:[{_SPACE}][0-9]{{3}})+(?![0-9])|[0-9]+|)"
    rf"(?:(?P<mark>[.,])(?P<part>(?:[0-9]{{3}}[{_SPACE}](?=[0-9]))*[0-9]*))?"
    rf"(?:[eE](?P<power>[+-]?[0-9]+))?"
)

WRITE_A_NUMBER: Final = "Write a number, for example 2.5."


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the unit written beside it ("" when none was)."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Not a number; `reason` is one sentence for the learner."""

    reason: str = WRITE_A_NUMBER


def read_quantity(value: Any) -> Quantity | Unreadable:
    """Read a JSON number or a text such as `1.2e3`, `2,5`, `1 200 ng/mL` or `−4`.

    A single comma is a decimal mark unless exactly three digits follow it, when it could mean either and is refused.
    Spaces between groups of three digits are dropped. Booleans, NaN and infinities are no numbers.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Unreadable()
    if isinstance(value, str):
        return _read_text(value.strip().replace(_MINUS, "-"))
    try:
        number = float(value)
    except OverflowError:
        return Unreadable("That number is too large to work with.")
    return Quantity(number) if math.isfinite(number) else Unreadable()


def same_unit(unit: str) -> str:
    """The form in which two spellings of a unit are equal: NFKC, micro sign as u, single spaces. Case matters."""
    return " ".join(unicodedata.normalize("NFKC", unit).replace("\u03bc", "u").split())


def as_text(value: float) -> str:
    """A number as people write it: `2.5`, `1200`, never `1200.0`; at most ten significant digits unless it is whole."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


def round_figures(value: float, figures: int) -> Decimal:
    """`value` rounded half away from zero to significant figures; binary noise beyond 12 figures is dropped first."""
    exact = Decimal(f"{value:.12g}")
    if exact == 0:
        return Decimal(0)
    return exact.quantize(Decimal((0, (1,), exact.adjusted() - figures + 1)), rounding=ROUND_HALF_UP).normalize()


def close(a: float, b: float) -> bool:
    """Equal within 1e-9 relative: the slack that every tolerance and range end has."""
    return math.isclose(a, b, rel_tol=1e-9)


def _read_text(text: str) -> Quantity | Unreadable:
    found = _NUMBER.match(text)
    if len(text) > _LONGEST or found is None or not (found["whole"] or found["part"]):
        return Unreadable()
    rest = text[found.end() :]
    if rest[:1] in tuple(".,0123456789"):
        return Unreadable()
    if found["mark"] == "," and re.match(r"[0-9]{3}(?![0-9])", found["part"]):
        both = found["whole"] + found["part"], f"{found['whole'] or 0}.{found['part']}"
        return Unreadable(f"A comma before three digits can mean two things: write {both[0]} or {both[1]}.")
    digits = "".join(c for c in f"{found['whole'] or 0}.{found['part'] or 0}" if c not in _SPACE)
    number = float(f"{found['sign']}{digits}e{found['power'] or 0}")
    if not math.isfinite(number):
        return Unreadable("That number is too large to work with.")
    return Quantity(number, rest.strip())
