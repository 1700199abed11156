"""A quiz analysed: its summary, every question, the flags, and the item response models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from course.analytics.columns import QuizColumns, quiz_columns
from course.analytics.flags import Flag, flags
from course.analytics.gates import GATES, Gates
from course.analytics.irt import Fit, Model, NoFit, fit
from course.analytics.items import Item, item, root_covariance
from course.analytics.patterns import patterns
from course.analytics.rapid import rapid_guesses
from course.analytics.reliability import QuizSummary, quiz_summary
from course.analytics.responses import Attempts, Responses, chosen_attempts


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions' files know and answers do not: the chance of guessing right, and the right options."""

    guess: Mapping[str, float] = field(default_factory=dict)
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """`rapid`: answers left out as rapid guesses. `models`: in the order of `Model`."""

    which: Attempts
    rapid: int
    quiz: QuizSummary
    items: tuple[Item, ...]
    flags: tuple[Flag, ...]
    models: tuple[Fit | NoFit, ...]


def analyse(
    responses: Responses,
    *,
    which: Attempts = Attempts.FIRST,
    leave_out_rapid: bool = True,
    known: Known | None = None,
    models: tuple[Model, ...] = tuple(Model),
    gates: Gates = GATES,
) -> Analysis:
    """Every statistic of docs/statistics.md that one quiz's answers give. Never raises on what the answers hold.

    Numbers too large for the arithmetic make a statistic missing, with that reason, and no warning.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _analyse(responses, which, leave_out_rapid, known or Known(), models, gates)


def _analyse(
    responses: Responses, which: Attempts, leave_out_rapid: bool, known: Known, models: tuple[Model, ...], gates: Gates
) -> Analysis:
    chosen = chosen_attempts(responses, which)
    guessed = rapid_guesses(chosen)
    rapid = np.bincount(chosen.question[guessed], minlength=len(responses.questions))
    if leave_out_rapid:
        chosen = chosen.where(~guessed)
    columns = quiz_columns(chosen)
    items = _items(columns, rapid, known, gates)
    data = patterns(chosen) if models else None
    return Analysis(
        which=which,
        rapid=int(rapid.sum()),
        quiz=quiz_summary(columns, gates),
        items=items,
        flags=tuple(flag for each in items for flag in flags(each, gates)),
        models=() if data is None else tuple(fit(data, model, gates) for model in models),
    )


def _items(columns: QuizColumns, rapid: np.ndarray[tuple[int], np.dtype[np.int64]], known: Known, gates: Gates) -> tuple[Item, ...]:
    weight_sum = sum(root_covariance(q) or 0.0 for q in columns.questions)
    max_sum = sum(q.max for q in columns.questions)
    return tuple(
        item(
            q,
            name,
            columns.options,
            weight_sum=weight_sum,
            max_sum=max_sum,
            rapid=int(rapid[q.number]),
            guess=known.guess.get(name),
            keys=known.keys.get(name),
            gates=gates,
        )
        for q, name in zip(columns.questions, columns.names, strict=True)
    )
