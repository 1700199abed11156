"""Before and after: what the cohort gained, as a whole and by objective, and who is missing from it."""

from __future__ import annotations

from html import escape

from course.analytics.gain import Gain
from course.services.insight.gain import Comparison
from course.services.study.wording import counted, lowered
from course.ui.charts import gain as charts
from course.ui.charts.figure import show, words
from course.ui.components import numbers, page
from course.ui.components.numbers import decimal, percent, signed_percent
from course.ui.pages.lead import filters
from course.ui.tokens import current
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit, quiz=False, which=False)
    if chosen is None:
        return
    view = visit.process.insight.gains(visit.caller.learner, chosen[1])
    page.masthead(
        "Before and after",
        "What the cohort gained, and what stayed",
        "First attempts of learners who took both tests; the others are counted.",
        compact=True,
    )
    if not view.comparisons:
        page.empty("There is nothing to compare.", "The course needs a test at the beginning and one after it.")
    for number, one in enumerate(view.comparisons):
        _comparison(one, number)
    filters.downloads(visit, view.lens, ("gain", "Before and after"))


def _comparison(one: Comparison, number: int) -> None:
    g = one.whole
    page.section(f"{one.before} / {one.after}", _what(one))
    if g.difference.value is not None:
        _numbers(one)
    page.fine(_alone(g))
    if g.difference.value is None:
        page.empty("Not enough pairs yet.", "A gain is drawn when ten learners or more have handed in both tests.")
        return
    _slopes(one, number)
    _objectives(one, number)


def _alone(g: Gain) -> str:
    """Who is missing from the pairs."""
    if not g.pairs and not g.only_after:
        return f"{counted(g.only_before, 'learner')} took the first test; nobody has taken the second yet."
    return (
        f"{counted(g.only_before, 'learner')} took the first test alone (drop-outs so far), {g.only_after} the second alone. "
        "They are in no number but these."
    )


def _what(one: Comparison) -> str:
    """Whose answers to what are compared, and how long after one another."""
    between = "" if one.days is None else f", {counted(round(one.days), 'day')} apart in the middle"
    shared = f" Over the {one.shared} questions that both ask." if one.shared else ""
    stayed = " A difference below 0 is what was lost since the closing test." if one.retention else ""
    return f"{counted(one.whole.pairs, 'pair')}{between}.{shared}{stayed}"


def _numbers(one: Comparison) -> None:
    g = one.whole
    cells = [
        ("Difference, percentage points", numbers.told(g.difference, "difference", signed_percent, what="pairs")),
        ("Before", numbers.told(g.before, "before", percent, what="pairs")),
        ("After", numbers.told(g.after, "after", percent, what="pairs")),
        ("Hedges' g", numbers.told(g.g_z, "g_z", decimal, what="pairs")),
        *(() if one.retention else (("Class gain", numbers.told(g.class_gain, "class_gain", decimal, what="pairs")),)),
        ("Stayed less dropped out, before", numbers.told(g.drop_out_difference, "drop_out_difference", signed_percent, what="learners")),
    ]
    page.table(["Number", "Value"], [[head, cell] for head, cell in cells], label="Gain", numeric=(1,))


def _slopes(one: Comparison, number: int) -> None:
    g = one.whole
    title = f"{numbers.shown(g.before, percent)} before, {numbers.shown(g.after, percent)} after"
    rose = sum(after > before for before, after in one.pairs)
    show(
        charts.slopes(one.pairs, g.before, g.after, current()),
        key=f"slopes_{number}",
        title=title,
        head=words(title, f"A thin line a learner, without names; the thick one is the mean. {rose} of {g.pairs} rose."),
        alt=f"Mean {numbers.shown(g.before, percent)} before and {numbers.shown(g.after, percent)} after; {rose} of {g.pairs} rose.",
        table=(["Learner", "Before", "After"], [[str(at), percent(a), percent(b)] for at, (a, b) in enumerate(one.pairs, start=1)]),
    )


def _objectives(one: Comparison, number: int) -> None:
    known = [o for o in one.by_objective if o.gain.difference.value is not None]
    if known:
        least = min(known, key=lambda o: o.gain.difference.value or 0.0)
        title = f"{'Least stayed' if one.retention else 'Least gained'}: {lowered(least.text)}"
        rows = [(f"{o.number} {o.text}", o.gain.difference) for o in known]
        show(
            charts.differences(rows, f"{least.number} {least.text}", current()),
            key=f"differences_{number}",
            title=title,
            head=words(
                title,
                f"Mean difference after less before, in percentage points, with 95% intervals, from {counted(one.whole.pairs, 'pair')}.",
            ),
            alt="; ".join(f"{name}: {numbers.shown(d, signed_percent)}" for name, d in rows) + ".",
            table=(
                ["Objective", "Difference", "95% interval", "Pairs"],
                [[name, numbers.shown(d, signed_percent), numbers.interval(d, signed_percent) or "–", str(d.n)] for name, d in rows],
            ),
        )
    page.table(
        ["Objective", "Pairs", "Before", "After", "Difference"],
        [
            [
                escape(f"{o.number} {o.text}"),
                numbers.count(o.gain.pairs, "Learners with both scores.", f"{o.gain.only_before} with the first alone, {o.gain.only_after} with the second alone."),
                numbers.told(o.gain.before, "before", percent, what="pairs"),
                numbers.told(o.gain.after, "after", percent, what="pairs"),
                numbers.told(o.gain.difference, "difference", signed_percent, what="pairs"),
            ]
            for o in one.by_objective
        ],
        label="Gain by objective",
        numeric=(1, 2, 3, 4),
    )  # fmt: skip
