"""What is worth looking at in a question, in words; said only when the 95 % interval leaves no other reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from course.analytics.gates import GATES, Gates
from course.analytics.intervals import wilson
from course.analytics.items import Item
from course.analytics.options import FUNCTIONAL
from course.analytics.statistic import Statistic

WEAK: Final = 0.2
"""Item-rest correlations surely below it are weak (Ebel R.L. and Frisbie D.A. 1991, Essentials of Educational Measurement, 5th ed.)."""
EASY: Final = 0.95


@dataclass(frozen=True, slots=True)
class Flag:
    """`code` never changes; `sentence` says what was seen, with the numbers."""

    code: str
    question: str
    sentence: str
    n: int


def flags(item: Item, gates: Gates = GATES) -> tuple[Flag, ...]:
    """Of one question, the gravest first; none below the gate."""
    if item.n < gates.flags:
        return ()
    return tuple(Flag(code, item.question, sentence, item.n) for code, sentence in _findings(item))


def _findings(item: Item) -> Iterator[tuple[str, str]]:
    for option in item.options:
        if not option.key and option.above_key.low is not None and option.above_key.low > 0:
            yield (
                "option-above-key",
                f"{option.n} of {option.of} chose {option.option}; those who did scored higher on the other questions than those who chose the key.",
            )
    yield from _discrimination(item.item_rest)
    yield from _facility(item)
    for option in item.options:
        if not option.key and option.share.high is not None and option.share.high < FUNCTIONAL:
            yield "option-unused", f"Only {option.n} of {option.of} chose {option.option}: hardly anybody takes it for right."


def _discrimination(r: Statistic) -> Iterator[tuple[str, str]]:
    if r.value is None or r.low is None or r.high is None:
        return
    numbers = (
        f"(correlation with the other questions {_decimal(r.value)}, 95 % interval {_decimal(r.low)} to {_decimal(r.high)}, {r.n} answers)"
    )
    if r.high < 0:
        yield "against", f"Those who scored well on the other questions did worse on this one {numbers}: look at the key first."
    elif r.high < WEAK:
        yield "weak", f"It hardly tells apart those who do well from those who do not {numbers}."


def _facility(item: Item) -> Iterator[tuple[str, str]]:
    share = item.facility
    if share.value is None or share.low is None or share.high is None:
        return
    numbers = f"{share.value:.0%} of the points, 95 % interval {share.low:.0%} to {share.high:.0%}, {share.n} answers"
    if share.low > EASY:
        yield "easy", f"Nearly everybody has it right ({numbers})."
    elif item.guess.value is not None and share.high < item.guess.value:
        yield (
            "below-guessing",
            f"It is answered worse than by guessing, which would earn {item.guess.value:.0%} ({numbers}): look at the key and at the wrong options.",
        )


def unused_options(item: Item, offered: tuple[str, ...], gates: Gates = GATES) -> tuple[Flag, ...]:
    """The options that nobody chose: they appear in no table of answers, so the question must say what it offered."""
    if item.n < gates.flags or not _never(item.n):
        return ()
    chosen = {option.option for option in item.options}
    return tuple(
        Flag("option-unused", item.question, f"None of {item.n} chose {name}: hardly anybody takes it for right.", item.n)
        for name in offered
        if name not in chosen
    )


def _never(n: int) -> bool:
    """Whether nobody of `n` supports "fewer than 5 %": the upper end of Wilson's interval of 0 of n."""
    return wilson(0.0, n)[1] < FUNCTIONAL


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
