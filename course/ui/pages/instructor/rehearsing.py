"""A visit to what a learner will see: cells and results work as for them, nothing is stored, and links stay in the preview."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from course.services.authoring import Rehearsal, Tried
from course.services.study.cells import Cells
from course.ui.visit import Visit

_STAYS: Final = {
    "problem": ("Every state of this question", {"q": "question"}),
    "quiz": ("", {"q": "quiz"}),
    "module": ("", {"m": "module", "cell": "cell"}),
}
"""Pages of learners -> the words of the link here ("" for the same), and what their parameters are called in a preview."""


@dataclass(frozen=True, slots=True)
class Rehearsing(Visit):
    """A visit whose notebook is a rehearsal."""

    rehearsal: Rehearsal | None = None
    wide: bool = False
    """Whether cells for health professionals are looked at."""

    @property
    def notebook(self) -> Cells:
        assert self.rehearsal is not None, "a rehearsal is made with one"
        return self.rehearsal

    @property
    def clinician(self) -> bool:
        return self.wide

    def begin(self) -> str:
        return ""

    def link(self, page: str, label: str, *, icon: str | None = None, **query: str) -> None:
        words, names = _STAYS.get(page, ("", None))
        if names is None:
            Visit.link(self, page, label, icon=icon, **query)
        else:
            Visit.link(self, "preview", words or label, icon=icon, **{names[name]: value for name, value in query.items()})

    def go(self, page: str, **query: str) -> None:
        names = _STAYS.get(page, ("", None))[1]
        if names is None:
            Visit.go(self, page, **query)
        else:
            Visit.go(self, "preview", **{names[name]: value for name, value in query.items()})


def rehearsing(visit: Visit, tried: Tried, *, clinician: bool) -> Rehearsing:
    """The same visit, as a rehearsal."""
    rehearsal = visit.process.authoring.rehearsal(visit.caller.learner, tried)
    return Rehearsing(**{f.name: getattr(visit, f.name) for f in fields(Visit)}, rehearsal=rehearsal, wide=clinician)
