"""The questions of a quiz as the report prints them: without what would tell of fewer than five people."""

from __future__ import annotations

import re
from typing import Final

from course.analytics.flags import Flag
from course.analytics.items import Item
from course.analytics.statistic import Statistic
from course.analytics.suppression import FEWEST, share_shown
from course.interop.picture import plane
from course.interop.report import ReportPart
from course.services.insight import report_words as words
from course.services.insight.items import ItemsView
from course.services.study.wording import counted

_CHOSE: Final = re.compile(r"(?:Only )?(\d+|None) of (\d+) chose")


def questions(view: ItemsView) -> tuple[ReportPart, ...]:
    s = view.summary
    quiz = [
        ("Mean, points", s.mean),
        ("Alpha", s.alpha),
        ("Error of measurement, points", s.sem),
        ("Questions for alpha 0.8", s.questions_needed),
    ]
    whole = ReportPart(
        f"{view.title} as a whole", (f"{counted(s.n, 'attempt')}, {counted(s.questions, 'question')} that carry points.",), (),
        ("Number", "Value", "95% interval"),
        tuple((name, words.short(one, words.decimal).removesuffix(".00"), words.interval(one, words.decimal) or one.reason) for name, one in quiz), (4, 2, 5),
    )  # fmt: skip
    flags = {row.id: [_flag(f, row.item) for f in row.flags if _tells_of_enough(f.sentence)] for row in view.rows}
    placed = [
        (_placed(row.item.facility, row.item.facility.value), row.item.item_rest.value, bool(flags[row.id]))
        for row in view.rows
        if row.item.facility.value is not None and row.item.item_rest.value is not None
    ]
    marked = sum(bool(found) for found in flags.values())
    title = f"{marked} of {len(view.rows)} have a flag" if marked else "No question has a flag"
    alt = f"{len(placed)} questions; those with a flag are listed first in the table."
    table = tuple(
        (
            f"{row.stem} [{row.place}]", str(row.item.n), facility(row.item.facility), words.both(row.item.item_rest, words.decimal),
            " ".join(flags[row.id]) or "–",
        )
        for row in view.rows
    )  # fmt: skip
    questions = ReportPart(
        f"Questions of {view.title}", ("Each with its file and line. A flag is raised only when the 95% interval leaves no other reading.",),
        (plane(f"{title}, from {counted(s.n, 'attempt')}", alt, placed, "share of the points", "correlation with the other questions; diamonds have a flag"),) if len(placed) > 1 else (),
        ("Question", "Answers", "Share of the points", "Correlation", "Worth looking at"), table, (9, 3, 4, 5, 8), "Nothing was asked yet.",
    )  # fmt: skip
    return whole, questions


def _tells_of_enough(sentence: str) -> bool:
    """Whether a flag says nothing of so few people that they could be known."""
    found = _CHOSE.match(sentence)
    return found is None or share_shown(0 if found[1] == "None" else int(found[1]), int(found[2]))


def _flag(flag: Flag, item: Item) -> str:
    """A flag in words, without its numbers where they would tell of a few."""
    tells = flag.code in ("easy", "below-guessing") and _few_short(item.facility)
    return f"{flag.sentence.split(' (')[0]}." if tells else flag.sentence


def _few_short(share: Statistic) -> bool:
    """Whether the points are those of fewer than five, and more than nobody, who were right, or who were wrong."""
    return share.value is not None and any(1e-9 < part < FEWEST - 1e-9 for part in (share.value * share.n, (1 - share.value) * share.n))


def _placed(share: Statistic, value: float) -> float:
    """Where a share stands that may tell of five people at the least."""
    edge = FEWEST / share.n
    return min(max(value, edge), 1 - edge) if _few_short(share) else value


def facility(share: Statistic) -> str:
    """The share of the points; where it would tell of one to four people, a bound that holds five."""
    if share.value is None or not _few_short(share):
        return words.both(share, words.percent)
    return f"{'over' if share.value > 0.5 else 'under'} {words.percent(_placed(share, share.value))}"
