"""docs/simulations.md, made from the simulations' own docstrings and specifications."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any, Final

from course.simulation import SIMULATIONS, simulation
from course.simulation.base import MOST_ROWS, Audience, Simulation
from course.simulation.parameters import read

_HEAD: Final = f"""# Simulations

<!-- Made by `make schema` from `course/simulation`; do not edit. -->

A simulation is a pure function: parameters in, a table and a summary out. Learners meet it in a notebook, where they predict first
and then play; the same function runs without a server, a course or a database:

```sh
python -m course simulate                                   # what there is, with parameters and bounds
python -m course simulate tolerance --set every_days=1      # parameters, columns and summary as JSON
python -m course simulate relapse --format csv              # the columns alone
```

A table has at most {MOST_ROWS} rows; the summary is exact and not read off it. A name that does not exist, a parameter out of bounds or
something that is no number is refused with one sentence and exit code 1. How authors place one in a notebook is in
[authoring](authoring.md). Sources are keys of `modules/references.yaml`. Simulations with a dose, a route or a body weight are for
cells of `audience: clinician` alone.
"""


def simulations_page() -> str:
    """The whole page, ending in one line break."""
    parts = [_HEAD, *(part for listed in SIMULATIONS for part in _section(simulation(listed.name)))]
    return "\n".join(parts).rstrip() + "\n"


def _section(model: Simulation[Any]) -> Iterator[str]:
    audience = "Clinicians only." if model.audience is Audience.CLINICIAN else "Everybody."
    yield f"## `{model.name}`\n"
    yield f"**{model.title}.** *{str(model.basis).capitalize()}. {audience}*\n"
    yield f"{inspect.getdoc(model)}\n"
    yield f"Checked: {model.checked}\n"
    yield f"What it leaves out: {model.leaves_out}\n"
    yield f"Sources: {', '.join(f'`{key}`' for key in model.sources)}.\n"
    yield "| parameter | default | value | meaning |\n|---|---|---|---|\n" + "\n".join(_rows(model)) + "\n"
    if model.columns:
        yield f"Columns: {', '.join(f'`{column.name}`' for column in model.columns)}."
    yield f"Summary: {', '.join(f'`{name}`' for name in model.run(model.read({})).summary)}.\n"


def _rows(model: Simulation[Any]) -> Iterator[str]:
    defaults = dataclasses.asdict(read(model.parameters, {}))
    for name, spec in model.specs.items():
        default = defaults[name]
        shown = ",".join(default) or "none" if isinstance(default, tuple) else default
        meaning = f"{spec.title}; {spec.doc}" if spec.doc else spec.title
        yield f"| `{name}` | {shown} | {spec.bounds} | {meaning} |"
