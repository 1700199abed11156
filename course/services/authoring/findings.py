"""What `check` finds in the content that is served: kept by whoever loads it, or worked out once when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock

from course.content.beside import opens_at
from course.content.model import Catalogue
from course.diagnostics import Finding
from course.services.authoring.views import FindingLine, Found


class Findings:
    """The findings of the present snapshot.

    `known` gives them where every load judges the content (for authors), None elsewhere; `judge` works them out, which
    takes seconds.
    """

    def __init__(
        self,
        catalogue: Callable[[], Catalogue],
        known: Callable[[], tuple[Finding, ...] | None],
        judge: Callable[[], tuple[Finding, ...]],
    ) -> None:
        self._catalogue, self._known, self._judge = catalogue, known, judge
        self._lock = Lock()
        self._of: Catalogue | None = None
        self._found: tuple[Finding, ...] = ()

    def now(self) -> Found:
        """What is known without looking."""
        found = self._known()
        if found is None:
            found = self._found if self._of is self._catalogue() else None
        return Found(None if found is None else lines(self._catalogue(), found))

    def look(self) -> Found:
        """Look, once for every snapshot; whoever asks meanwhile waits for the same answer."""
        with self._lock:
            catalogue = self._catalogue()
            if self._known() is None and self._of is not catalogue:
                self._found = self._judge()
                self._of = catalogue
        return self.now()


def lines(catalogue: Catalogue, findings: Iterable[Finding]) -> tuple[FindingLine, ...]:
    """Each with where it opens."""
    listed = tuple(findings)
    opens = opens_at(catalogue, listed)
    return tuple(FindingLine(finding, opens.get(finding)) for finding in listed)
