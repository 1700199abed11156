"""How a page lies in its window: nothing wider than it, nothing under something else."""

from __future__ import annotations

from playwright.sync_api import Page

_TOO_WIDE = """() => {
  const wide = [], seen = window.innerWidth;
  const scrolls = (el) => ['auto', 'scroll'].includes(getComputedStyle(el).overflowX);
  for (const el of document.querySelectorAll('html, .stApp *')) {
    const box = el.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const name = el.tagName.toLowerCase() + '.' + String(el.className && el.className.baseVal === undefined ? el.className : '').slice(0, 60);
    if (el.matches('html, .stMain') && el.scrollWidth > el.clientWidth) wide.push(`${name} scrolls by ${el.scrollWidth - el.clientWidth} px`);
    if (box.right > seen + 1 && box.left < seen && !el.matches('.k-sr, .k-sr *')) {
      let up = el.parentElement, kept = false;
      while (up && !up.matches('.stMain, html')) { if (scrolls(up) || getComputedStyle(up).overflowX === 'hidden') kept = true; up = up.parentElement; }
      if (!kept) wide.push(`${name} ends ${Math.round(box.right - seen)} px beyond the window`);
    }
  }
  return wide.slice(0, 6);
}"""

_UNDER = """(selector) => {
  const el = document.querySelector(selector), box = el.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top === el || el.contains(top) || (top && top.contains(el) && getComputedStyle(top).pointerEvents !== 'none') ? '' : top ? top.outerHTML.slice(0, 120) : 'nothing';
}"""


def too_wide(page: Page) -> list[str]:
    """What is wider than the window. The page scrolls inside Streamlit's main part, so the document alone tells nothing."""
    return [str(found) for found in page.evaluate(_TOO_WIDE)]


def covered_by(page: Page, selector: str) -> str:
    """What lies over the middle of the first such element; "" when nothing does."""
    return str(page.evaluate(_UNDER, selector))
