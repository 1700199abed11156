"""`item-analysis RESPONSES.csv`: how the questions of a quiz do, from a table of answers. Needs no database."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from course.analytics.analysis import Analysis, analyse
from course.analytics.flags import Flag
from course.analytics.irt import Fit, NoFit
from course.analytics.items import Item
from course.analytics.options import Option
from course.analytics.reliability import QuizSummary
from course.analytics.response_csv import read_responses
from course.analytics.responses import Attempts
from course.analytics.statistic import Statistic

QUIZ: Final = ("mean", "sd", "skewness", "kurtosis", "alpha", "sem", "error_ratio", "questions_needed")
QUESTION: Final = (
    "facility",
    "sd",
    "item_rest",
    "discrimination_index",
    "discriminative_efficiency",
    "intended_weight",
    "effective_weight",
    "d27",
)
WITH_INTERVAL: Final = ("alpha", "facility", "item_rest")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("responses", metavar="RESPONSES.csv", type=Path, help="attempt,learner,question,score,max[,option][,state]")
    parser.add_argument("--format", choices=("json", "csv"), default="json", help="csv: one row a question (default: json)")
    parser.add_argument(
        "--attempts", choices=[str(a) for a in Attempts], default="first", help="which of a learner's attempts (default: first)"
    )


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Write the statistics of docs/statistics.md. What cannot be computed is null, and `reasons` says why.

    Raises:
        Refused: the file is missing or not such a table; the sentence names line and column.
    """
    analysis = analyse(read_responses(options.responses), which=Attempts(options.attempts))
    if options.format == "csv":
        _write_csv(analysis, out)
    else:
        out.write(json.dumps(as_json(analysis), indent=2, allow_nan=False) + "\n")
    return 0


def as_json(analysis: Analysis) -> dict[str, Any]:
    """What the command writes."""
    flags: dict[str, list[Flag]] = {}
    for flag in analysis.flags:
        flags.setdefault(flag.question, []).append(flag)
    return {
        "quiz": {"n": analysis.quiz.n, **_statistics(analysis.quiz, QUIZ)},
        "questions": {each.question: _question(each, flags.get(each.question, [])) for each in analysis.items},
        "irt": {str(model.model): _model(model) for model in analysis.models},
    }


def _statistics(record: QuizSummary | Item, names: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for name in names:
        statistic: Statistic = getattr(record, name)
        found[name] = statistic.value
        if name in WITH_INTERVAL:
            found[f"{name}_interval"] = None if statistic.interval is None else list(statistic.interval)
        if statistic.value is None:
            reasons[name] = statistic.reason
    return {**found, "reasons": reasons}


def _question(item: Item, flags: list[Flag]) -> dict[str, Any]:
    return {
        "n": item.n,
        "omitted": item.omitted,
        "max": item.max,
        **_statistics(item, QUESTION),
        "options": {option.option: _option(option) for option in item.options},
        "flags": [{"code": flag.code, "sentence": flag.sentence} for flag in flags],
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "n": option.n,
        "share": option.share.value,
        "item_rest": option.item_rest.value,
        "key": option.key,
        "functional": option.functional,
    }


def _model(model: Fit | NoFit) -> dict[str, Any]:
    left_out = dict(model.left_out)
    if isinstance(model, NoFit):
        return {"n": model.n, "log_likelihood": None, "questions": {}, "left_out": left_out, "reason": model.reason}
    return {
        "n": model.n,
        "of": model.of,
        "log_likelihood": model.log_likelihood,
        "questions": {
            p.question: {
                "difficulty": p.difficulty,
                "difficulty_se": p.difficulty_se,
                "discrimination": p.discrimination,
                "discrimination_se": p.discrimination_se,
            }
            for p in model.items
        },
        "left_out": left_out,
    }


def _write_csv(analysis: Analysis, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    columns = [name for statistic in QUESTION for name in _names(statistic)]
    writer.writerow(["question", "n", "omitted", "max", *columns, "options", "flags"])
    for item in analysis.items:
        cells = [cell for statistic in QUESTION for cell in _cells(getattr(item, statistic), statistic)]
        options = "; ".join(f"{option.option}={option.n}/{option.of}" for option in item.options)
        flags = " ".join(flag.sentence for flag in analysis.flags if flag.question == item.question)
        writer.writerow([item.question, item.n, item.omitted, item.max, *cells, options, flags])


def _names(statistic: str) -> Iterator[str]:
    yield statistic
    if statistic in WITH_INTERVAL:
        yield f"{statistic}_low"
        yield f"{statistic}_high"


def _cells(statistic: Statistic, name: str) -> Iterator[object]:
    yield "" if statistic.value is None else statistic.value
    if name in WITH_INTERVAL:
        yield "" if statistic.low is None else statistic.low
        yield "" if statistic.high is None else statistic.high
