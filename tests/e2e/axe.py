"""Accessibility, checked by axe-core in the open page: WCAG 2.0 to 2.2, levels A and AA, and best practice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.acts import settled

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that another theme can break: nothing but colours differs between light and dark."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def violations(page: Page, *, within: str | None = None, only: list[str] | None = None) -> list[dict[str, Any]]:
    """What axe finds wrong in the page, or in the part under a CSS selector; by all rules, or only by those named. The script
    goes in through the debugger, because the page's own policy refuses foreign scripts. Colours are looked at again when the
    page has come to rest: what is being redrawn is pale for a moment."""
    found = _run(page, within, only)
    if any(violation["id"] in COLOURS for violation in found):
        page.wait_for_timeout(1000)
        settled(page)
        found = _run(page, within, only)
    return found


def _run(page: Page, within: str | None, only: list[str] | None) -> list[dict[str, Any]]:
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "([within, type, values]) => axe.run(within || document, {runOnly: {type, values}, resultTypes: ['violations']})",
        [within, "rule" if only else "tag", only or TAGS],
    )
    return list(result["violations"])


def report(found: list[dict[str, Any]]) -> str:
    """The findings, one rule a paragraph, with the first places of each."""
    return "\n\n".join(_paragraph(v) for v in found)


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    found = violations(page, within=within)
    assert not found, f"{len(found)} accessibility rules broken on {page.url}\n\n{report(found)}"


def _paragraph(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}; {len(nodes)} places"]
    for node in nodes[:4]:
        lines.append(f"  {' '.join(map(str, node['target']))}")
        lines.append(f"    {node['html'][:160]}")
        summary = node.get("failureSummary", "").replace("\n", " ")
        lines.append(f"    {summary[:240]}")
    return "\n".join(lines)
