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
        """Look at the page as it is, in both sizes and both themes; in the second theme of a size at what colours can break.

        Begins and ends at a desk in the light. `keep_open` opens again what a change of size closes.
        """
        for place, size, schemes in (("desk", DESK, ("light", "dark")), ("phone", PHONE, ("dark", "light"))):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            settled(self.page)
            if keep_open is not None:
                keep_open()
            self.found += [f"{state}, {place}: {line}" for line in too_wide(self.page)]
            self._check(f"{state}, {place}, {schemes[0]}", None)
            drawn_in(self.page, schemes[1])  # type: ignore[arg-type]
            self._check(f"{state}, {place}, {schemes[1]}", COLOURS)
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]

    def tell(self) -> None:
        assert not self.found, "\n\n".join(self.found)

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
