"""Content judged by the authoring rules: every finding of loading and of the rules, less what is silenced with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from course.content.authored import Authored
from course.content.loader import Loaded, in_order
from course.content.rules import RULES, Context, Rule
from course.content.rules.base import Waits
from course.content.silence import Silence, silences
from course.diagnostics import Finding, Severity, did_you_mean


def review(loaded: Loaded, *, today: date, release: bool = False, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """All findings by place. With `release` also those that only a release must be free of.

    A silence hides findings of its rule on the lines it covers; without a reason it hides nothing, and one that hides
    nothing is itself a warning.
    """
    applied = tuple(rule for rule in rules if release or not rule.release)
    faulty = {finding.place.path for finding in loaded.findings if finding.severity is Severity.ERROR}
    found = list(_found(applied, Context(loaded.authored, today), faulty))
    given = list(_silences(loaded.authored))
    judged = {(rule.code, s.place.path) for rule in applied for s in given if _judges(rule, s.place.path, faulty)}
    kept, warnings = _silenced(found, given, {rule.code for rule in rules}, judged)
    return tuple(in_order([*loaded.findings, *kept, *warnings], loaded.authored))


def _found(rules: Iterable[Rule], context: Context, faulty: set[str]) -> Iterator[Finding]:
    """What the rules find; the basic ones come first and add to `faulty`. What would only follow from a fault there is left out."""
    for rule in sorted(rules, key=lambda rule: not rule.basic):
        for finding in rule.check(context):
            if rule.basic:
                faulty.add(finding.place.path)
            if _judges(rule, finding.place.path, faulty):
                yield finding


def _judges(rule: Rule, path: str, faulty: set[str]) -> bool:
    match rule.waits:
        case Waits.NEVER:
            return True
        case Waits.FILE:
            return path not in faulty
        case Waits.COURSE:
            return not faulty


def _silences(authored: Authored) -> Iterator[Silence]:
    for path, source in authored.sources.items():
        if "check:" in source.text:
            yield from silences(path, source.lines)


def _silenced(
    found: list[Finding], given: list[Silence], known: set[str], judged: set[tuple[str, str]]
) -> tuple[list[Finding], list[Finding]]:
    """The findings that remain, and warnings about the silences themselves. A silence of a rule that did not judge its file today may wait."""
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
        elif silence not in used and (silence.code, silence.place.path) in judged:
            message, hint = f"nothing here breaks `{silence.code}`", "delete this silence"
        else:
            continue
        warnings.append(Finding("unused-silence", Severity.WARNING, silence.place, message, hint))
    return kept, warnings
