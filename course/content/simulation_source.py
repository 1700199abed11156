"""A `{simulation}` directive as written to a `Placed`: its name, where it begins, what may be moved, what is predicted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from course.content.raw_cells import RawCell, Written
from course.diagnostics import Place, Report, did_you_mean
from course.errors import BadParameter, NotFound
from course.simulation import names, simulation
from course.simulation.parameters import Number, pairs
from course.simulation.placing import Asked, Kind, Offered, Placed, problem

_RANGE: Final = re.compile(r"(?P<low>[-+.\deE]+)\.\.(?P<high>[-+.\deE]+)\Z")
Model = Any
"""A Simulation; its class is not imported here, so that a course without simulations needs no numpy."""


def read_placed(raw: RawCell, report: Report) -> Placed | None:
    """What the cell shows; None when there is no such simulation. Every other fault is a finding, and the part is left out."""
    if raw.argument is None:
        return None
    try:
        model = simulation(raw.argument.value)
    except NotFound:
        hint = did_you_mean(raw.argument.value, names())
        report.error("unknown-simulation", f"there is no simulation `{raw.argument.value}`", raw.argument.place, hint)
        return None
    begin = _begin(model, raw.options.get("set"), report)
    asked = _asked(model, raw.options.get("predict"), report)
    _check_company(model, raw, asked, report)
    return Placed(model.name, begin, _offered(model, raw.options.get("vary"), begin, report), asked)


def asks_a_question(written: Written | None) -> bool:
    """Whether `predict` names a question of a quiz."""
    return written is not None and "/" in written.value


def _begin(model: Model, written: Written | None, report: Report) -> dict[str, str]:
    if written is None:
        return {}
    try:
        given = pairs(written.value)
        model.read(given)
    except BadParameter as fault:
        _refused(fault, written.place, report)
        return {}
    return given


def _refused(fault: BadParameter, place: Place, report: Report) -> None:
    told, _, meant = fault.message.rstrip(".").partition("; ")
    report.error("simulation-parameter", told, place, meant)


def _offered(model: Model, written: Written | None, begin: dict[str, str], report: Report) -> tuple[Offered, ...]:
    """All parameters when nothing is said; else those named, numbers within the given range."""
    start = model.read(begin)
    if written is None:
        return tuple(_whole(model, name) for name in model.specs)
    words = {word.partition("=")[0]: word for word in written.value.split()}
    if len(words) < len(written.value.split()):
        report.error("simulation-parameter", "a parameter is named twice", written.place)
    found = [_one(model, word, start, written.place, report) for word in words.values()]
    return tuple(offered for offered in found if offered is not None)


def _whole(model: Model, name: str) -> Offered:
    spec = model.specs[name]
    return Offered(name, spec.low, spec.high) if isinstance(spec, Number) else Offered(name)


def _one(model: Model, word: str, start: object, place: Place, report: Report) -> Offered | None:
    name, _, ends = word.partition("=")
    spec = model.specs.get(name)
    if spec is None:
        hint = did_you_mean(name, model.specs)
        report.error("simulation-parameter", f"`{name}` is no parameter of this simulation", place, hint)
        return None
    if not ends:
        return _whole(model, name)
    found = _RANGE.match(ends)
    if found is None or not isinstance(spec, Number) or spec.among:
        report.error("simulation-range", f"`{word}` is no range", place, "write `name=low..high`, for a parameter that is a number")
        return None
    try:
        low, high = spec.read(name, found["low"]), spec.read(name, found["high"])
    except BadParameter as fault:
        _refused(fault, place, report)
        return None
    if not low <= getattr(start, name) <= high or low == high:
        report.error("simulation-range", f"`{name}` begins at {getattr(start, name):g}, outside of {ends}", place, "change `set` or `vary`")
        return None
    return Offered(name, low, high)


def _asked(model: Model, written: Written | None, report: Report) -> Asked | None:
    if written is None or asks_a_question(written):
        return None
    kind, _, about = written.value.partition(" ")
    if kind not in tuple(Kind):
        hint = "write `quiz-id/question-id`, or `number`, `point` or `curve` and what it is about"
        report.error("simulation-predict", f"`{written.value}` says nothing that can be predicted", written.place, hint)
        return None
    asked = Asked(Kind(kind), about.strip())
    if told := problem(model, asked):
        report.error("simulation-predict", told, written.place, did_you_mean(asked.about, _known(model, asked.kind)))
        return None
    return asked


def _known(model: Model, kind: Kind) -> Iterable[str]:
    about = (m.name for m in model.measures) if kind is Kind.NUMBER else (c.name for c in model.columns)
    return [name for name in about if not problem(model, Asked(kind, name))]


def _check_company(model: Model, raw: RawCell, asked: Asked | None, report: Report) -> None:
    """What must stand with it: an audience, a question, a person."""
    assert raw.argument is not None
    if model.audience == "clinician" and "audience" not in raw.options:
        hint = "add `:audience: clinician`"
        report.error("simulation-audience", f"`{model.name}` speaks of doses, and lay readers would see it", raw.argument.place, hint)
    if "predict" not in raw.options:
        hint = "add `:predict:`"
        report.warning("simulation-predict", "nothing is predicted before this simulation runs", raw.argument.place, hint)
    elif asked is not None and not raw.body:
        report.error("simulation-predict", "the question is missing", raw.argument.place, "ask it in the cell's first paragraph")
    if model.named_person and (raw.title is None or not raw.body):
        hint = "give it a heading and tell the story of one fictional person"
        report.error("simulation-person", f"`{model.name}` stands alone, and would read as a test of the reader", raw.argument.place, hint)
