"""docs/rules.md, made from the rules themselves and from the bad examples that their tests hold."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Final

from course.content import silence
from course.content.rules import RULES, Rule

_HEAD: Final = """# Authoring rules

<!-- Made by `make schema` from the rules and their tests; do not edit. -->

Beside the format, `python -m course check` applies these rules. An error makes it exit 1; a warning does not. A code stands
in brackets at the end of a finding. Under each rule stands what its author reads: the line that breaks it, and the message.
What would only follow from another error (a pool without its broken question) is held back until that is mended.
"""
_BLOCK: Final = re.compile(r"^\S.* \[(?P<code>[a-z-]+)\]\n(?: +\S.*\n?)*", re.MULTILINE)


def rules_page(findings: Mapping[str, str]) -> str:
    """docs/rules.md as it must be. `findings` are the texts that `check` writes about each rule's bad example, by its code."""
    return "\n".join([*_lines(findings)]).rstrip() + "\n"


def _lines(findings: Mapping[str, str]) -> Iterator[str]:
    yield _HEAD
    doc = (inspect.getdoc(silence) or "").partition("\n\n")[2]
    yield f"{doc} A silence without a reason hides nothing; one that hides nothing is a warning.\n"
    yield f"There are {len(RULES)} rules.\n"
    for rule in RULES:
        yield from _rule(rule, findings.get(rule.code, ""))


def _rule(rule: Rule, findings: str) -> Iterator[str]:
    when = ", only with `--release`" if rule.release else ""
    yield f"## `{rule.code}`\n"
    yield f"*{str(rule.severity).capitalize()}{when}.* {inspect.getdoc(rule) or ''}\n"
    shown = next((found[0].rstrip() for found in _BLOCK.finditer(findings) if found["code"] == rule.code), "")
    if shown:
        yield f"```text\n{shown}\n```\n"
