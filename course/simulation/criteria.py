"""Counting the criteria of a use disorder in a fictional person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from course.simulation.base import Audience, Basis, Chart, Measure, Outcome, Simulation
from course.simulation.parameters import several

CRITERIA: Final[Mapping[str, str]] = {
    "larger-amounts": "Taking more, or for longer, than intended",
    "cut-down": "Wanting to cut down, or trying to, without success",
    "time-spent": "Spending much time getting it, using it or getting over it",
    "craving": "Feeling craving, a strong want for it",
    "role-failure": "Failing in duties at work, school or home",
    "relationships": "Carrying on although it harms relationships",
    "activities-given-up": "Giving up, or cutting back, activities that mattered",
    "hazardous-use": "Using again and again where that is physically dangerous",
    "use-despite-harm": "Carrying on while knowing that it harms body or mind",
    "tolerance": "Needing more for the same effect",
}
BANDS: Final = ((6, "severe"), (4, "moderate"), (2, "mild"), (0, "none"))
"""From how many criteria on."""


@dataclass(frozen=True, slots=True)
class Met:
    """The criteria that the person in the story meets."""

    met: tuple[str, ...] = several("Criteria met", CRITERIA)


class Criteria(Simulation[Met]):
    """Number of DSM-5 criteria met, and the severity that goes with it.

    Ketamine is listed with the phencyclidine class: ten criteria, withdrawal not among them. 0-1 none, 2-3 mild, 4-5
    moderate, 6 or more severe. It belongs to a named person who does not exist, never to the reader.
    """

    name = "criteria"
    title = "Counting to a severity"
    audience = Audience.LAY
    basis = Basis.LITERATURE
    sources = ("dsmpcp",)
    checked = "Read in several published restatements, which agree; the manual itself has not been read yet."
    leaves_out = (
        "The other half of the rule: all within 12 months, with significant impairment or distress. It leaves out whatever a conversation "
        "would bring. It is an exercise on a person who does not exist, not a test and not a diagnosis."
    )
    parameters: ClassVar[type[Met]] = Met
    measures = (Measure("count", "Criteria met", "of 10", 0, 10), Measure("severity", "Severity", ""))
    chart = Chart.TALLY
    named_person = True

    def run(self, given: Met) -> Outcome:
        count = len(given.met)
        return Outcome({}, {"count": count, "severity": severity(count)})

    def words(self, given: Met, outcome: Outcome) -> str:
        count, band = outcome.summary["count"], outcome.summary["severity"]
        told = "below the threshold of two" if band == "none" else f"{band}, if they meet the rest of the rule"
        return f"{count} of ten criteria: {told}."


def severity(count: int) -> str:
    """none, mild, moderate or severe."""
    return next(word for least, word in BANDS if count >= least)
