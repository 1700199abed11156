"""The student's numbers and steps in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from math import ceil
from textwrap import shorten
from typing import Final

from course.content.markdown import plain
from course.content.model import Catalogue, Cell, Objective
from course.learning.attempts import Attempt, AttemptState
from course.learning.continuing import NextStep, StepKind
from course.learning.events import Spot
from course.learning.outline import CellKind
from course.learning.policy import Unlock
from course.questions.base import State
from course.services.study.views import ObjectiveScore, Place, StepView
from course.simulation import simulation

_LISTED: Final = 90
"""Letters of a question in a module's contents."""


def number(value: float) -> str:
    """At most two decimals, none when there are none: 5, 4.5, 0.33."""
    return f"{round(value, 2):g}"


def best_in_words(attempts: Sequence[Attempt]) -> str:
    """The best graded result, "5 of 6"; "" before there is one."""
    graded = [a for a in attempts if a.state is AttemptState.GRADED and a.fraction is not None]
    best = max(graded, key=lambda a: a.fraction or 0.0, default=None)
    return "" if best is None or best.points is None or best.max is None else f"{number(best.points)} of {number(best.max)}"


def counted(many: int, one: str, several: str | None = None) -> str:
    """ "1 cell", "2 cells"."""
    return f"{many} {one if many == 1 else several or one + 's'}"


def lowered(text: str) -> str:
    """A sentence as it goes on behind a colon: with a small letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]


def minutes(value: float) -> int:
    """Whole minutes, a begun one counted."""
    return ceil(value - 1e-9)


def clock_time(at: datetime, zone: tzinfo) -> str:
    """Hour and minute where the learner is."""
    return at.astimezone(zone).strftime("%H:%M")


def duration(seconds: float) -> str:
    """ "20 minutes", "1 hour 30 minutes", "2 days"."""
    whole = timedelta(seconds=ceil(seconds))
    hours, rest = divmod(whole.seconds // 60 + (whole.seconds % 60 > 0), 60)
    parts = [counted(n, word) for n, word in ((whole.days, "day"), (hours, "hour"), (rest, "minute")) if n]
    return " ".join(parts) or "no time"


def title_of(condition: Unlock, catalogue: Catalogue) -> str:
    """The title of the quiz or module that opens something."""
    if quiz_id := condition.passed or condition.handed_in:
        quiz = catalogue.course.quizzes.get(quiz_id)
        return quiz.title if quiz is not None else quiz_id
    module = catalogue.module(condition.completed or "")
    return module.title if module is not None else condition.completed or ""


def locked(condition: Unlock, catalogue: Catalogue) -> str:
    """What has to be done first."""
    title = title_of(condition, catalogue)
    if condition.passed is not None:
        return f"Pass “{title}” first."
    return f"Hand in “{title}” first." if condition.handed_in is not None else f"Finish the module “{title}” first."


def place(catalogue: Catalogue, spot: Spot | None, *, clinician: bool = False) -> Place | None:
    """A link to a cell; None when the course has no such cell any more."""
    module = catalogue.module(spot.module) if spot is not None else None
    cell = module.cell(spot.cell) if module is not None and spot is not None else None
    if module is None or cell is None:
        return None
    shown = [c.id for c in module.cells if clinician or not c.clinician or c.id == cell.id]
    return Place(module.id, cell.id, module.number, shown.index(cell.id) + 1, module.title, cell_title(cell))


def cell_title(cell: Cell) -> str:
    """A cell's name in lists and links: its title, or what its kind is about. "" for a checkpoint, which its quiz names."""
    if cell.title:
        return cell.title
    match cell.kind:
        case CellKind.QUESTION:
            return "A question for you"
        case CellKind.FIGURE:
            return cell.figure.title if cell.figure else "A figure"
        case CellKind.SIMULATION if cell.simulation:
            return simulation(cell.simulation.name).title
        case CellKind.EVIDENCE:
            return plain(cell.body.strip().partition("\n\n")[0])
        case _:
            return cell.kind.value.capitalize() if cell.kind is not CellKind.CHECKPOINT else ""


def contents_title(cell: Cell, catalogue: Catalogue) -> str:
    """A cell's name in its module's contents, where several questions stand together: there each begins as it asks. A parametric
    question asks differently each time, and has its common name."""
    question = catalogue.questions.get(cell.question or "")
    if cell.title or question is None or question.parameters is not None:
        return cell_title(cell)
    return shorten(plain(question.stem), _LISTED, placeholder=" …")


def objective_score(objective: Objective, states: Sequence[State], questions: int) -> ObjectiveScore:
    """The answers to an objective's questions, counted. `states` are of answers that have a right and a wrong."""
    right, partly = states.count(State.RIGHT), states.count(State.PARTIAL)
    return ObjectiveScore(objective.id, objective.number, objective.text, objective.module, right, partly, len(states), questions)


def step_view(step: NextStep, catalogue: Catalogue, *, clinician: bool = False) -> StepView:
    """The next step with its title and reason."""
    there = place(catalogue, step.spot, clinician=clinician)
    quiz = catalogue.course.quizzes.get(step.quiz) if step.quiz is not None else None
    name = quiz.title if quiz is not None else ""
    module = there.module_title if there is not None else ""
    title, reason = {
        StepKind.FINISH_ATTEMPT: (f"Finish “{name}”", "You have begun it; your answers are saved."),
        StepKind.PRETEST: (f"Start with “{name}”", "Answering before you read shows later how much you have learned. It does not count."),
        StepKind.READ: (there.title or module if there is not None else "", f"The next cell of “{module}”; you go on where you stopped."),
        StepKind.CHECKPOINT: (f"Take “{name}”", f"You have done every other cell of “{module}”."),
        StepKind.RETRY_CHECKPOINT: (
            f"Try “{name}” again",
            "It is not passed yet; look again at the cells behind the questions you missed.",
        ),
        StepKind.NEW_CELLS: (f"See what is new in “{module}”", "This cell was added after you finished the module."),
        StepKind.POSTTEST: (f"Take “{name}”", "You have finished every module; compare with where you began."),
        StepKind.FOLLOWUP: (f"Take “{name}”", "Time has passed since the closing test; the same questions show what stayed with you."),
        StepKind.ALL_DONE: ("You have finished the course", "Nothing is left to do; every notebook stays open to you."),
    }[step.kind]
    return StepView(step.kind, title, reason, there, step.quiz, step.attempt)
