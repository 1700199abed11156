"""People and questions of a quiz on one scale, and how exactly the quiz measures along it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from course.analytics.analysis import Analysis
from course.analytics.irt import Fit, Model, NoFit
from course.analytics.irt_pictures import InformationCurve, WrightMap, information_curve, wright_map
from course.analytics.responses import Attempts
from course.services.insight.desk import Lens, scene
from course.services.insight.items import Read, analysed, plain, read_quiz
from course.services.study.desk import Desk, LearnerId


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """A fitted model of `people` of `of`. `stems`: questions by id. `left_out`: those that it could not place, each with the reason."""

    model: Model
    people: int
    of: int
    wright: WrightMap
    information: InformationCurve
    stems: Mapping[str, str]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScaleView:
    """`scaled` None has a `reason`, which says what is needed."""

    scaled: Scaled | None
    reason: str
    lens: Lens


def scale(desk: Desk, who: LearnerId | None, lens: Lens) -> ScaleView:
    """By the two-parameter model where there are people enough for it, else the one-parameter one. Raises as `scene` does."""
    with desk.uow.read() as tx:
        read = read_quiz(tx, scene(desk, tx, who, lens))
    return view(read, analysed(read, lens, models_of(lens)), lens)


def models_of(lens: Lens) -> tuple[Model, ...]:
    """The models to fit: none to all attempts, where somebody may stand twice."""
    return () if lens.which is Attempts.ALL else tuple(Model)


def view(read: Read, analysis: Analysis, lens: Lens) -> ScaleView:
    """The scale of what was read, by the models that `models_of` asked the analysis for."""
    models = analysis.models
    if not models:
        return ScaleView(None, "It is drawn of one attempt a learner: choose first or last attempts.", lens)
    fits = [one for one in models if isinstance(one, Fit)]
    if not fits:
        return ScaleView(None, next(one.reason for one in models if isinstance(one, NoFit)), lens)
    fit = fits[-1]
    scaled = Scaled(
        model=fit.model,
        people=fit.n,
        of=fit.of,
        wright=wright_map(fit),
        information=information_curve(fit, read.quiz.policy.pass_mark),
        stems={name: plain(question.stem) for name, question in read.questions.items()},
        left_out=fit.left_out,
    )
    return ScaleView(scaled, "", lens)
