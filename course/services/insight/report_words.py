"""How the report writes numbers, days and what is not shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from course.analytics.statistic import Statistic
from course.analytics.suppression import FEWEST
from course.services.study.wording import counted

HIDDEN: Final = "not shown"


def value(one: Statistic, form: Callable[[float], str]) -> str:
    """The number and its interval in brackets, or why there is none."""
    return one.reason.rstrip(".") if one.value is None else both(one, form)


def both(one: Statistic, form: Callable[[float], str]) -> str:
    return f"{form(one.value)} ({interval(one, form)})" if one.value is not None and one.low is not None else short(one, form)


def short(one: Statistic, form: Callable[[float], str]) -> str:
    return "–" if one.value is None else form(one.value)


def interval(one: Statistic, form: Callable[[float], str]) -> str:
    return "" if one.low is None or one.high is None else f"{form(one.low)} to {form(one.high)}"


def percent(number: float) -> str:
    return f"{number:.0%}".replace("-", "−")


def decimal(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


def points(share: float) -> str:
    return "0" if abs(share) < 0.005 else f"{100 * share:+.0f}".replace("-", "−")


def count(many: int | None) -> str:
    return HIDDEN if many is None else str(many)


def few(many: int) -> str:
    return counted(many, "learner") if many == 0 or many >= FEWEST else f"Fewer than {FEWEST} learners"


def day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def when(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"
