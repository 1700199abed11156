"""Writes docs/statistics.md from `course.analytics.definitions`: `python scripts/write_statistics_page.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from course.analytics.definitions import MASTERY, SECTIONS, Definition  # noqa: E402
from course.analytics.mastery_coverage import ANSWERS, PRINTED  # noqa: E402

HEAD = """\
# Statistics

Every number, its formula, its source, and what it needs to be shown. This page is written from
`course/analytics/definitions.py` by `make schema`; the code that computes stands beside it.

Each statistic carries n, how many answers or people it is from, and, where it is missing, the reason in a sentence.
Intervals are of 95 % unless another is named; variances use n - 1. An interval of a mean share ends at 0 and 1, beyond which
no share lies; where nobody differs there is none, for no spread is no certainty. Below 10 answers only counts are shown; from 10 to 29
statistics without flags; from 30 on flags, and only when the interval supports them.

```sh
python -m course item-analysis answers.csv                # everything, as JSON
python -m course item-analysis answers.csv --format csv   # one row a question
```

`answers.csv` is a long table, one row a question of an attempt, attempts in the order in which they were made:
`attempt,learner,question,score,max[,option][,state]`, score and max in points, `state` one of `answered`, `omitted`,
`not_reached`, `not_presented`. Omitted counts 0; not reached and not presented are missing, and so is an empty score,
which is one not graded yet. A right option is one that gave full points to everybody who chose it. `--attempts last` or
`all` takes others than the first of each learner. Facility is a share of 1; percentages are 0 to 100 where Moodle has
them so (discrimination, efficiency, weights, error ratio).

The tests compare with the Law School Admission Test, sections 6 and 7 (Bock and Lieberman 1970, computed in R), with
Moodle's own test case, and with SciPy. They stand in `tests/unit/analytics`.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for section in SECTIONS:
        parts.append(f"## {section.title}\n")
        if section.about:
            parts.append(f"{section.about}\n")
        parts.append("| what | how it is computed | needs | source |\n|---|---|---|---|")
        parts.append("\n".join(_row(each) for each in section.definitions) + "\n")
        if section is MASTERY:
            parts.append(_coverage())
    return "\n".join(parts)


def _coverage() -> str:
    """How often the intervals of mastery hold the truth, when the truth is another than assumed."""
    lines = [
        "How often the 80 % interval holds the true share, in per cent of simulated learners (the tests repeat it):\n",
        "| truth | " + " | ".join(f"after {answers} answers" for answers in ANSWERS) + " |",
        "|---|" + "---:|" * len(ANSWERS),
        *(f"| {name} | " + " | ".join(f"{share:g}" for share in shares) + " |" for name, shares in PRINTED.items()),
    ]
    return "\n".join(lines) + "\n"


def _row(each: Definition) -> str:
    return f"| {each.title} (`{each.name}`) | {each.computed} | {each.needs} | {each.source} |"


if __name__ == "__main__":
    (ROOT / "docs" / "statistics.md").write_text(page(), encoding="utf-8")
