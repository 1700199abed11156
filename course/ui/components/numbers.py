"""Numbers that say how they were computed and from how many, as safe markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Final

from course.analytics.definitions import definition
from course.analytics.statistic import Statistic

Format = Callable[[float], str]


def percent(value: float) -> str:
    return _minus(f"{value:.0%}")


def of_hundred(value: float) -> str:
    """A statistic that runs from 0 to 100 already."""
    return _minus(f"{value:.0f}%")


def decimal(value: float) -> str:
    return _minus(f"{value:.2f}")


def signed_percent(value: float) -> str:
    """A difference of two shares, in percentage points."""
    text = f"{100 * value:+.0f}"
    return "0" if text in ("+0", "-0") else _minus(text)


def told(statistic: Statistic, name: str, form: Format = decimal, *, what: str = "answers") -> str:
    """The number with its interval; opened, how it is computed and from how many. A missing one is a dash with its reason."""
    return how(shown(statistic, form), reasons(statistic, name, form, what=what), small=interval(statistic, form))


def shown(statistic: Statistic, form: Format = decimal) -> str:
    """The number alone, as text."""
    return "–" if statistic.value is None else form(statistic.value)


def interval(statistic: Statistic, form: Format = decimal) -> str:
    """The interval alone, as text; "" without one."""
    return "" if statistic.low is None or statistic.high is None else f"{form(statistic.low)} to {form(statistic.high)}"


def reasons(statistic: Statistic, name: str, form: Format = decimal, *, what: str = "answers") -> tuple[str, ...]:
    """Sentences: what it is, from how many, its interval, or why it is missing."""
    found = definition(name)
    lines = [f"{found.title}: {found.computed}", f"From {statistic.n} {what}."]
    if statistic.value is None:
        lines.append(statistic.reason)
    elif statistic.low is not None:
        lines.append(f"95 % interval: {interval(statistic, form)}.")
    if found.source:
        lines.append(f"Source: {found.source}.")
    return tuple(lines)


def definition_of(name: str) -> str:
    """One sentence: what a statistic is called and how it is computed."""
    return f"{definition(name).title}: {definition(name).computed}"


def difficulties(calibration: str, on: date | None) -> str:
    """One sentence: what mastery takes the difficulty of questions from. `on` None: from the authors' labels."""
    if on is None:
        return "How hard each question is: as its author labelled it."
    return f"How hard each question is: calibration {calibration} of {on.day} {on:%B %Y} where it has an estimate, else as its author labelled it."


def count(value: int, *sentences: str) -> str:
    """A count; opened, what was counted."""
    return how(str(value), sentences)


def how(text: str, sentences: tuple[str, ...], *, small: str = "") -> str:
    """A number to open. Sentences are escaped."""
    body = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences if sentence)
    under = f"<small>{escape(small)}</small>" if small else ""
    return f'<details class="k-how"><summary>{escape(text)}<span class="k-sr">, {_HOW}</span></summary>{body}</details>{under}'


def _minus(text: str) -> str:
    """A minus sign in place of a hyphen; nought has none."""
    return text.lstrip("-") if not text.strip("-0.%") else text.replace("-", "−")


_HOW: Final = "how this is computed"
