"""Progress: modules with time, mastery and first tries by objective, every attempt, and the same as a file."""

from __future__ import annotations

from html import escape

import streamlit as st

from course.learning.attempts import AttemptState
from course.learning.mastery import FEWEST, MasteryState
from course.services.study.views import MasteryView, ModuleProgress, ObjectiveScore, PastAttempt, ProgressView
from course.services.study.wording import counted, lowered
from course.ui.charts import progress as charts
from course.ui.charts.figure import show, words
from course.ui.components import numbers, page
from course.ui.components.numbers import percent
from course.ui.pages.learner import grades
from course.ui.tokens import current
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    page.begin()
    view = visit.study.progress(visit.learner)
    handed_in = [a for a in view.attempts if a.submitted_at is not None]
    done = sum(m.completed_at is not None for m in view.modules)
    page.masthead(
        "",
        "Your progress",
        f"{done} of {len(view.modules)} modules done, {counted(view.minutes, 'minute')} of study, {counted(len(handed_in), 'quiz', 'quizzes')} handed in.",
    )
    if visit.learner is not None:
        grades.draw(visit.process.classes.own_grades(visit.learner))
    _modules(view.modules)
    _mastery(visit, view)
    _objectives(view.objectives)
    _scores(visit, handed_in)
    _attempts(visit, view.attempts)


def _modules(modules: tuple[ModuleProgress, ...]) -> None:
    page.section("Modules")
    page.table(
        ["Module", "Required cells", "Checkpoint", "Minutes"],
        [
            [
                f"{m.card.number}. {_notebook(m)}{page.meter(m.card.done, m.card.total, m.card.title + ': cells done')}",
                f"{m.card.done} of {m.card.total}",
                escape(m.card.checkpoint or "not taken"),
                str(m.minutes),
            ]
            for m in modules
        ],
        label="Progress by module",
        numeric=(3,),
    )


def _notebook(one: ModuleProgress) -> str:
    return f'<a href="module?m={escape(one.card.id)}" target="_self">{escape(one.card.title)}</a>'


def _mastery(visit: Visit, view: ProgressView) -> None:
    page.section("Mastery by objective", "How much of each objective you are likely to get right, and how sure that is.")
    begun = [one for one in view.mastery if one.answers]
    if not begun:
        page.empty("Not enough evidence yet.", f"Answer {FEWEST} different questions of an objective, and an estimate stands here.")
        return
    page.table(
        ["Objective", "State", "Expected share right", "Questions"],
        [_estimate(one, view) for one in begun],
        label="Mastery by objective",
        numeric=(2, 3),
    )
    rest = len(view.mastery) - len(begun)
    lines = [f"{counted(rest, 'objective')} not begun yet." if rest else "", _withheld(view.withheld)]
    page.fine(" ".join(filter(None, lines)))


def _estimate(one: MasteryView, view: ProgressView) -> list[str]:
    said = (
        numbers.definition_of("mastery"),
        numbers.definition_of("state"),
        f"From {counted(one.answers, 'answer')} to {one.questions} of the objective's {counted(one.of, 'question')}.",
        numbers.difficulties(*(view.calibration or ("", None))),
    )
    known = one.state is not MasteryState.UNKNOWN
    share = numbers.how(percent(one.share) if known else "–", said, small=f"80% interval {percent(one.low)} to {percent(one.high)}")
    state = one.state.value[0].upper() + one.state.value[1:]
    missing = f"<small>{escape(one.missing)}</small>" if one.missing else ""
    return [f"{escape(one.number)} {escape(one.text)}", state + missing, share, f"{one.questions} of {one.of}"]


def _withheld(many: int) -> str:
    """Why some answers do not count here yet."""
    if not many:
        return ""
    return f"{counted(many, 'answer')} {'does' if many == 1 else 'do'} not count here until you may see how {'it stands' if many == 1 else 'they stand'}."


def _objectives(objectives: tuple[ObjectiveScore, ...]) -> None:
    page.section("First tries", "Your first try at each question, practice and checkpoints together.")
    answered = [o for o in objectives if o.answered]
    if not answered:
        page.empty(
            "No answers to count yet.", "Answer a question in a notebook or hand in a checkpoint, and each objective gets a line here."
        )
        return
    low = min(answered, key=lambda o: (o.right / o.answered, -o.answered))
    title = f"Fewest right so far: {lowered(low.text)}" if low.right < low.answered else "Every first try so far was right"
    rows = "".join(
        f"<tr><th scope='row'>{escape(o.number)} {escape(o.text)}{page.meter(o.right, o.answered, o.text + ': first tries right')}</th>"
        f"<td class='n'>{o.right} of {o.answered}</td></tr>"
        for o in answered
    )
    st.html(
        f'<h3 class="k-figtitle">{escape(title)}</h3><p class="k-figsub">First tries right, of those answered. Few answers say little.</p>'
        f'<table class="k-rows k-byobj"><caption class="k-sr">First tries right by objective</caption><tbody>{rows}</tbody></table>'
    )


def _scores(visit: Visit, attempts: list[PastAttempt]) -> None:
    page.section("Scores over time")
    scored = sorted(
        (a for a in attempts if a.fraction is not None and a.submitted_at is not None), key=lambda a: a.submitted_at or a.started_at
    )
    if not scored:
        page.empty("No scores yet.", "Each quiz you hand in becomes a point here.")
        return
    points = [(visit.local(a.submitted_at or a.started_at), a.title, a.fraction or 0.0) for a in scored]
    last = points[-1]
    title = f"Your latest score is {last[2]:.0%}, in {last[1]}"
    show(
        charts.scores(points, current()),
        key="scores",
        title=title,
        head=words(title, "Share of the points in each quiz handed in, in order. The dotted line is 70%, what most checkpoints ask."),
        alt="Scores in order: " + ", ".join(f"{quiz} {share:.0%}" for _, quiz, share in points) + ".",
        table=(["When", "Quiz", "Score"], [[f"{at.day} {at:%B %Y, %H:%M}", quiz, f"{share:.0%}"] for at, quiz, share in points]),
    )


def _attempts(visit: Visit, attempts: tuple[PastAttempt, ...]) -> None:
    page.section("Every attempt")
    if not attempts:
        page.empty("No attempts yet.", "Checkpoints and tests you begin are listed here.")
        return
    page.table(
        ["Quiz", "When", "Score", "Minutes"],
        [[_name(a), _when(visit, a), _score(a), "–" if a.minutes is None else str(a.minutes)] for a in attempts],
        label="Every attempt",
        numeric=(2, 3),
    )
    st.html('<p class="k-fine"><a href="/download/attempts.csv" download>Download as CSV</a></p>')


def _name(attempt: PastAttempt) -> str:
    label = f"{escape(attempt.title)}, attempt {attempt.number}"
    if attempt.submitted_at is None:
        return f'<a href="quiz?q={escape(attempt.quiz)}" target="_self">{label}</a><small>{escape(attempt.state.value.replace("_", " "))}</small>'
    told = f"<small>{escape(attempt.notice)}</small>" if attempt.notice else ""
    return f'<a href="result?a={attempt.id}" target="_self">{label}</a>{told}'


def _when(visit: Visit, attempt: PastAttempt) -> str:
    at = visit.local(attempt.submitted_at or attempt.started_at)
    return f"{at.day} {at:%B %Y, %H:%M}"


def _score(attempt: PastAttempt) -> str:
    if attempt.state is AttemptState.VOIDED:
        return "voided"
    if attempt.points is None or attempt.max is None:
        return "–"
    word = "" if attempt.passed is None else "passed" if attempt.passed else "not passed"
    return f"{attempt.points:g} of {attempt.max:g}" + (f"<small>{word}</small>" if word else "")
