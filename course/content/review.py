"""Content judged by the authoring rules: every finding of loading and of the rules, less what is silenced with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from course.content.authored import Authored
from course.content.loader import Loaded, in_order
from course.content.rules import RULES, Context, Rule
from course.content.silence import Silence, silences
from course.diagnostics import Finding, Severity, did_you_mean


def review(loaded: Loaded, *, today: date, release: bool = False, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """All findings by place. With `release` also those that only a release must be free of.

    A silence hides findings of its rule on the lines it covers; without a reason it hides nothing, and one that hides
    nothing is itself a warning.
    """
    applied = tuple(rule for rule in rules if release or not rule.release)
    context = Context(loaded.authored, today)
    found = [finding for rule in applied for finding in rule.check(context)]
    kept, warnings = _silenced(found, list(_silences(loaded.authored)), {rule.code for rule in rules}, {rule.code for rule in applied})
    return tuple(in_order([*loaded.findings, *kept, *warnings], loaded.authored))


def _silences(authored: Authored) -> Iterator[Silence]:
    for path, source in authored.sources.items():
        if "check:" in source.text:
            yield from silences(path, source.lines)


def _silenced(found: list[Finding], given: list[Silence], known: set[str], applied: set[str]) -> tuple[list[Finding], list[Finding]]:
    """The findings that remain, and warnings about the silences themselves. A silence of a rule not applied today may wait."""
    used: set[Silence] = set()
    kept = []
    for finding in found:
        hiding = [silence for silence in given if silence.reason and silence.covers(finding.code, finding.place)]
        used.update(hiding)
        if not hiding:
            kept.append(finding)
    warnings = []
    for silence in given:
        if silence.code not in known:
            message, hint = f"there is no rule `{silence.code}` to silence", did_you_mean(silence.code, known)
        elif not silence.reason:
            message, hint = f"silencing `{silence.code}` needs a reason after it", ""
        elif silence not in used and silence.code in applied:
            message, hint = f"nothing here breaks `{silence.code}`", "delete this silence"
        else:
            continue
        warnings.append(Finding("unused-silence", Severity.WARNING, silence.place, message, hint))
    return kept, warnings
