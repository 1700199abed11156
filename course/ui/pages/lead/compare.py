"""Two cohorts side by side: differences with intervals, never a ranking. `?other=cohort`."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from course.access.permissions import Action, may
from course.analytics.drift import Drift, DriftClass
from course.services.insight.compare import CompareView, Drifted
from course.services.study.wording import counted
from course.ui.charts import gain as charts
from course.ui.charts.figure import show, words
from course.ui.components import closed, numbers, page
from course.ui.components.numbers import decimal, percent, signed_percent
from course.ui.components.source_link import source_link
from course.ui.pages.lead import filters
from course.ui.tokens import current
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit)
    if chosen is None:
        return
    choices, lens = chosen
    if not may(visit.actor, Action.INSIGHT_COMPARE, cohort=lens.cohort):
        closed.draw(visit)
        return
    others = {c.id: c.title for c in choices.cohorts if c.id != lens.cohort and may(visit.actor, Action.INSIGHT_COMPARE, cohort=c.id)}
    if not others:
        page.masthead("Compare", "There is no other cohort", "You can compare cohorts that you lead; this is the only one.", compact=True)
        return
    other = query("other") if query("other") in others else next(iter(others))
    filters.select("Compare with", "other", others, other)
    view = visit.process.insight.compare(visit.caller.learner, lens, other)
    page.masthead(
        "Compare",
        f"{view.here} and {view.there}",
        "Differences have intervals; who is in a cohort, and when it learned, differs too.",
        compact=True,
    )
    _quizzes(view)
    _drift(visit, view)
    filters.downloads(visit, lens, ("compare", "Quizzes"), *([("drift", "Questions that changed")] if view.drifted else []), other=other)


def _quizzes(view: CompareView) -> None:
    page.section("Quizzes", filters.in_words(view.lens))
    if not view.quizzes:
        page.empty("No quiz in common yet.", "A quiz that both cohorts handed in is compared here.")
        return
    drawn = [q for q in view.quizzes if q.difference.value is not None]
    rows = [(q.title, q.difference) for q in drawn]
    clear = [title for title, d in rows if d.low is not None and d.high is not None and (d.low > 0 or d.high < 0)]
    if rows:
        title = f"Surely different in {len(clear)} of {len(rows)}" if clear else "No difference is sure"
        show(
            charts.differences(rows, clear[0] if clear else "", current()),
            key="compared",
            title=title,
            head=words(
                title,
                f"Mean share of {view.here} less that of {view.there}, in percentage points, with 95% intervals. "
                f"From {_people([q.here.n for q in drawn])} here and {_people([q.there.n for q in drawn])} there.",
            ),
            alt="; ".join(f"{name}: {numbers.shown(d, signed_percent)}" for name, d in rows) + ".",
            table=(
                ["Quiz", "Difference", "95% interval", "People"],
                [
                    [
                        q.title,
                        numbers.shown(q.difference, signed_percent),
                        numbers.interval(q.difference, signed_percent) or "–",
                        f"{q.here.n} and {q.there.n}",
                    ]
                    for q in drawn
                ],
            ),
        )
    page.table(
        ["Quiz", view.here, view.there, "Difference, percentage points"],
        [
            [
                escape(q.title),
                numbers.how(numbers.shown(q.here, percent), (f"Mean share of the points, t interval. From {q.here.n} people.", q.here.reason), small=numbers.interval(q.here, percent)),
                numbers.how(numbers.shown(q.there, percent), (f"Mean share of the points, t interval. From {q.there.n} people.", q.there.reason), small=numbers.interval(q.there, percent)),
                numbers.how(
                    numbers.shown(q.difference, signed_percent),
                    (f"Mean of {view.here} less mean of {view.there}, Welch's interval. From {q.difference.n} people.", q.difference.reason),
                    small=numbers.interval(q.difference, signed_percent),
                ),
            ]
            for q in view.quizzes
        ],
        label="Quizzes of both cohorts",
        numeric=(1, 2, 3),
    )  # fmt: skip


def _people(counts: list[int]) -> str:
    """How many in each of the rows."""
    least, most = min(counts), max(counts)
    return counted(most, "person", "people") if least == most else f"{least} to {most} people"


def _drift(visit: Visit, view: CompareView) -> None:
    page.section(
        "Questions that changed", f"People matched on the other questions; {view.there} is taken for the earlier cohort. Clearest first."
    )
    if not view.drifted:
        page.empty("Nothing to compare.", "Questions of the chosen quiz that five people of each cohort answered are listed here.")
        return
    page.table(
        ["Question", "Changed", "Answers", "Odds ratio", "Delta"],
        [_drifted(visit, row, view) for row in view.drifted],
        label="Drift of questions",
        numeric=(2, 3, 4),
    )


def _drifted(visit: Visit, row: Drifted, view: CompareView) -> list[str]:
    d = row.drift
    link = escape(urlencode(filters.address(view.lens, q=row.id)))
    return [
        f'<a href="/insight-question?{link}" target="_self">{escape(row.stem)}</a><small>{source_link(visit, view.lens.cohort, row.id, row.place)}</small>',
        _changed(d),
        numbers.count(d.earlier + d.later, f"{d.later} in {view.here}, {d.earlier} in {view.there}."),
        numbers.told(d.odds_ratio, "odds_ratio", decimal),
        numbers.told(d.delta, "delta", decimal),
    ]


def _changed(d: Drift) -> str:
    """What the class of a drift says; opened, the class and how it is computed."""
    if d.drift_class is None or d.delta.value is None:
        return numbers.how("–", (d.delta.reason,))
    way = "easier" if d.delta.value < 0 else "harder"
    said = {DriftClass.A: "not surely", DriftClass.B: way, DriftClass.C: f"much {way}"}[d.drift_class]
    return numbers.how(said, (f"Class {d.drift_class.value}.", *numbers.reasons(d.delta, "delta", decimal)))
