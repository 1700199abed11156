"""Looking at a page as everybody meets it: at a desk and on a phone, light and dark, by every rule of WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from playwright.sync_api import Page

from tests.e2e.acts import PATIENCE, settled, switch_to
from tests.e2e.axe import COLOURS, report, violations
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.layout import too_wide

UPSTREAM: Final[dict[str, str]] = {}
"""What Streamlit draws and the course cannot mend: "rule selector", as axe names them, and why."""


class Findings:
    """Collects what is wrong in each state of a walk, so that one run tells all of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def look(self, state: str, keep_open: Callable[[], None] | None = None) -> None:
        """Look at the page as it is: at a desk by all rules and, in the other theme, at what colours can break; on a phone in that
        other theme by all rules again. The next look begins where this one ended, so that it has the themes the other way round.

        Begins and ends at a desk. `keep_open` opens again what a change of size closes.
        """
        first = "dark" if self.page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches") else "light"
        second: Literal["light", "dark"] = "light" if first == "dark" else "dark"
        self._lie(f"{state}, desk", DESK, keep_open)
        self._check(f"{state}, desk, {first}", None)
        drawn_in(self.page, second)
        self._check(f"{state}, desk, {second}", COLOURS)
        self._lie(f"{state}, phone", PHONE, keep_open)
        self._check(f"{state}, phone, {second}", None)
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]

    def tell(self) -> None:
        assert not self.found, "\n\n".join(self.found)

    def _lie(self, where: str, size: dict[str, int], keep_open: Callable[[], None] | None) -> None:
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(self.page)
        if keep_open is not None:
            keep_open()
        self.found += [f"{where}: {line}" for line in too_wide(self.page)]

    def _check(self, where: str, only: list[str] | None) -> None:
        broken = [v for v in map(_ours, violations(self.page, only=only)) if v["nodes"]]
        if broken:
            self.found.append(f"{where}:\n{report(broken)}")


def drawn_in(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Switch, and wait for the rerun that draws charts in the other theme: what is being drawn again is faded meanwhile."""
    switch_to(page, scheme)
    page.locator(f"#k-page.k-{scheme}").wait_for(state="attached", timeout=PATIENCE)


def _ours(violation: dict[str, Any]) -> dict[str, Any]:
    """The finding without the places that are listed as upstream."""
    nodes = [n for n in violation["nodes"] if not any(f"{violation['id']} {target}" in UPSTREAM for target in map(str, n["target"]))]
    return {**violation, "nodes": nodes}
