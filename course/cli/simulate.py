"""`simulate NAME`: runs a simulation and writes its parameters, table and summary. Needs no course and no database."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import json
from collections.abc import Sequence
from typing import Any, TextIO

from course.errors import Refused
from course.simulation import SIMULATIONS, simulation
from course.simulation.base import Outcome
from course.simulation.parameters import read


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", help="the simulation; without one, they are listed")
    parser.add_argument(
        "--set", metavar="key=value", action="append", default=[], type=_pair, dest="given", help="a parameter, as often as needed"
    )
    parser.add_argument("--format", choices=("json", "csv"), default="json", help="csv: the columns alone (default: json)")
    parser.add_argument("--list", action="store_true", help="list the simulations and their parameters")


def run(options: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Write `parameters`, `columns` and `summary` as JSON, or the columns as CSV.

    Raises:
        NotFound: there is no such simulation.
        BadParameter: a parameter is unknown or out of bounds.
        Refused: a parameter is set twice, or there is no table to write as CSV.
    """
    if options.name is None or options.list:
        out.writelines(f"{line}\n" for line in _listing())
        return 0
    model = simulation(options.name)
    parameters = model.read(_given(options.given))
    outcome = model.run(parameters)
    if options.format == "csv":
        _write_csv(options.name, outcome, out)
    else:
        shown = {"parameters": dataclasses.asdict(parameters), "columns": _columns(outcome), "summary": dict(outcome.summary)}
        out.write(json.dumps(shown, indent=2, allow_nan=False) + "\n")
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"write key=value, not `{text}`")
    return name.strip(), value.strip()


def _given(pairs: Sequence[tuple[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(f"`{name}` is set twice.")
        found[name] = value
    return found


def _columns(outcome: Outcome) -> dict[str, list[float]]:
    return {name: values.tolist() for name, values in outcome.columns.items()}


def _write_csv(name: str, outcome: Outcome, out: TextIO) -> None:
    if not outcome.columns:
        raise Refused(f"`{name}` has no table; leave out `--format csv`.")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(outcome.columns)
    writer.writerows(zip(*_columns(outcome).values(), strict=True))


def _listing() -> list[str]:
    """Name and title of each simulation, below it what may be set."""
    lines = []
    for listed in SIMULATIONS:
        model = simulation(listed.name)
        defaults: dict[str, Any] = dataclasses.asdict(read(model.parameters, {}))
        lines.append(f"{model.name}  {model.title} ({model.basis})")
        lines += [f"    {name}={_plain(defaults[name])}  {spec.bounds}" for name, spec in model.specs.items()]
    return lines


def _plain(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
