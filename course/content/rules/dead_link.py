"""Rule: a link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qs

from course.content.authored import Authored
from course.content.rules.base import Context, Rule, written
from course.diagnostics import Finding

_LINK: Final = re.compile(r"\]\(<?(?P<target>[^)\s>]*)[^)]*\)")


class DeadLink(Rule):
    """A link in a text leads to an `https://` address, or inside the course to what exists.

    Inside, write `module?m=ID` or `module?m=ID&cell=ID`, `glossary?term=ID` and `references?key=KEY`. Whether a page on
    the web still answers is not looked up.
    """

    code = "dead-link"

    def check(self, context: Context) -> Iterable[Finding]:
        for found, place in written(context.authored, _LINK, ("](",)):
            fault = _fault(found["target"], context.authored)
            if fault:
                yield self.finding(fault, place)


def _fault(target: str, authored: Authored) -> str:
    if target.startswith(("https://", "tel:", "#")) and len(target) > 8:
        return ""
    if target.startswith("http://"):
        return f"`{target[:60]}` is not secure; link to https"
    page, _, query = target.partition("?")
    asked = {key: values[-1] for key, values in parse_qs(query).items()}
    if page == "module":
        return _module_fault(asked.get("m", ""), asked.get("cell", ""), authored)
    if page == "glossary" and any(term.id == asked.get("term") for term in authored.glossary):
        return ""
    if page == "references" and asked.get("key") in authored.references:
        return ""
    return f"the link to `{target[:60]}` leads nowhere"


def _module_fault(name: str, cell: str, authored: Authored) -> str:
    module = next((module for module in authored.modules if module.id == name), None)
    if module is None:
        return f"the link leads to a module `{name}`, which does not exist"
    if cell and module.cell(cell) is None:
        return f"the link leads to a cell `{cell}`, which `{name}` does not have"
    return ""
