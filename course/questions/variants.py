"""Parametric questions: checked over many variants when read, and drawn one by one when asked (FORMAT section 5)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from course.diagnostics import Report, did_you_mean
from course.errors import BadResponse, UnreadableQuestion
from course.questions.base import Json, Question, QuestionType
from course.questions.building import build_question, canonical_form, read_fields, version_of
from course.questions.formulas import formulas_in
from course.questions.nodes import Mapped, from_json
from course.questions.numbers import as_text
from course.questions.parameters import DrawError, Parameters, read_parameters, read_rule
from course.questions.registry import by_name
from course.questions.spec import Parsed
from course.questions.templates import fill, names_in_text

VARIANTS_TRIED: Final = 200
"""How many variants `check` looks at; all of them when there are fewer."""
FIRST_SEED: Final = 1
"""The variant that a question shows when nobody asks for another."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A question with its variables filled in; `values` are empty for a question without variables."""

    values: Mapping[str, float]
    question: Question


def draw(question: Question, seed: int) -> Variant:
    """The variant that belongs to a seed: the same one for ever, whatever else of the question is edited.

    Raises UnreadableQuestion when no values can be drawn, which `check` reports beforehand.
    """
    if question.parameters is None:
        return Variant({}, question)
    try:
        return with_values(question, question.parameters.draw(f"{question.id}:{seed}"))
    except DrawError as fault:
        raise UnreadableQuestion(f"No variant of the question `{question.id}` can be drawn: {fault}.") from None


def with_values(question: Question, values: Mapping[str, Json]) -> Variant:
    """The variant with these values; those not given are computed, or taken from the first variant.

    Raises BadResponse for a name that is no variable or a value that is no number, UnreadableQuestion when the values make
    no sound question.
    """
    parameters = question.parameters
    unknown = sorted(set(values) - set(parameters.names if parameters else ()))
    if unknown:
        raise BadResponse(f"The question `{question.id}` has no variable `{unknown[0]}`.")
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BadResponse(f"The variable `{name}` of the question `{question.id}` needs a number.")
    return Variant({}, question) if parameters is None else _variant(question, parameters, values)


def unwrap(question: Question, response: Json, seed: int = FIRST_SEED) -> tuple[Question, Json]:
    """A response with the variant it answers: `{"variables": ..., "response": ...}` names its values, any other is of the seed's.

    Raises as `with_values`.
    """
    if question.parameters and isinstance(response, dict) and set(response) == {"variables", "response"}:
        values = response["variables"]
        if not isinstance(values, dict):
            raise BadResponse(f"The variables of the question `{question.id}` must be an object of numbers.")
        return with_values(question, values).question, response["response"]
    return draw(question, seed).question, response


def is_parametric(parsed: Parsed) -> bool:
    return parsed["variables"] is not None or bool(parsed["constraints"]) or any(True for _ in formulas_in(parsed))


def read_parametric(node: Mapped, parsed: Parsed, kind: QuestionType[Any], report: Report, *, strict: bool) -> Question | None:
    """A question with variables: it holds the first variant's texts and body, and the parameters to draw others.

    With `strict`, 200 variants are tried (all when there are fewer) and the first that fails is reported with its values.
    """
    local = Report()
    parameters = read_parameters(parsed["variables"], parsed["constraints"], parsed.place, local)
    _check_names(node, parsed, local)
    report.extend(local)
    if not local.ok:
        return None
    first = None
    try:
        for values in _values_to_try(parsed["id"], parameters, strict=strict):
            first = _try(node, kind, values, first, report)
            if first is None:
                return None
    except DrawError as fault:
        report.error("bad-variant", str(fault), fault.place)
        return None
    canonical = canonical_form(parsed)
    return replace(first, canonical=canonical, version=version_of(canonical), parameters=parameters) if first else None


def _variant(question: Question, parameters: Parameters, given: Mapping[str, float]) -> Variant:
    report = Report()
    template = from_json(question.canonical, question.place)
    try:
        drawn = {} if set(parameters.drawn) <= set(given) else parameters.draw(f"{question.id}:{FIRST_SEED}")
        values = parameters.complete({**{name: drawn[name] for name in parameters.drawn if name in drawn}, **given})
        built = _fill(template, by_name(question.type), values, report) if isinstance(template, Mapped) else None
    except DrawError as fault:
        raise UnreadableQuestion(f"The question `{question.id}` has no answer with these values: {fault}.") from None
    if built is None:
        reasons = "; ".join(finding.message for finding in report.errors)
        raise UnreadableQuestion(f"The question `{question.id}` makes no sense with these values: {reasons}.")
    kept = ("canonical", "version", "parameters", "tests", "tags", "bloom", "difficulty", "place", "places")
    return Variant(values, replace(built, **{name: getattr(question, name) for name in kept}))


def _check_names(node: Mapped, parsed: Parsed, report: Report) -> None:
    known = set(parsed["variables"] or ())
    for formula in formulas_in({key: value for key, value in parsed.items() if key not in ("variables", "constraints")}):
        read_rule(formula, known, report)
    for name, place in names_in_text(node):
        if name not in known:
            report.error("unknown-name", f"`{{{{{name}}}}}` names no variable of this question", place, did_you_mean(name, known))
    for test in parsed["tests"]:
        for name in sorted(set(test["variables"]) - known):
            report.error("unknown-name", f"`{name}` is not a variable of this question", test.place, did_you_mean(name, known))


def _values_to_try(question_id: str, parameters: Parameters, *, strict: bool) -> Iterator[dict[str, float]]:
    yield parameters.draw(f"{question_id}:{FIRST_SEED}")
    if strict and parameters.size <= VARIANTS_TRIED:
        yield from parameters.every()
    elif strict:
        yield from (parameters.draw(f"{question_id}:{seed}") for seed in range(FIRST_SEED + 1, VARIANTS_TRIED + 1))


def _try(node: Mapped, kind: QuestionType[Any], values: Mapping[str, float], first: Question | None, report: Report) -> Question | None:
    """The first variant (this one when there was none before), or None when this one is at fault; says with which values."""
    trial = Report()
    variant = _fill(node, kind, values, trial)
    told = "with " + ", ".join(f"{name} = {as_text(value)}" for name, value in values.items())
    if variant is None:
        report.extend(replace(finding, hint=finding.hint or told) for finding in trial.errors)
        return None
    if first is None:
        report.extend(trial)
    return first or variant


def _fill(node: Mapped, kind: QuestionType[Any], values: Mapping[str, float], report: Report) -> Question | None:
    parsed = read_fields(fill(node, values), kind, report)
    return None if parsed is None else build_question(parsed, kind, report)
