"""The named scoring rules (FORMAT section 3): pure functions from what was chosen to a share of 1.

Two families. A *choice* counts options: t right ones chosen, f wrong ones chosen, of c keys among k options. *Parts* count
items: r right, w answered wrong, of k; a blank item is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from course.diagnostics import Place, Report, did_you_mean


class Rule(StrEnum):
    """A scoring rule by its authored name."""

    ALL_OR_NOTHING = "all_or_nothing"
    EACH = "each"
    NET_CORRECT = "net_correct"
    COVERAGE = "coverage"
    PER_OPTION = "per_option"


def choice_score(rule: Rule, chosen: frozenset[str], keys: frozenset[str], fractions: Mapping[str, float]) -> float:
    """Score a set of chosen options. `fractions` holds every option of the question; its values matter to PER_OPTION only.

    - ALL_OR_NOTHING: 1 when exactly the keys are chosen, else 0.
    - EACH: share of the k options that are rightly ticked or rightly left.
    - NET_CORRECT: (t - f) / c, at least 0.
    - COVERAGE: (t / c)(t / n) with n = t + f; 0 when nothing is chosen.
    - PER_OPTION: sum of the chosen options' fractions, clipped to [-1, 1].
    """
    t, f, c, k = len(chosen & keys), len(chosen - keys), len(keys), len(fractions)
    match rule:
        case Rule.ALL_OR_NOTHING:
            return float(chosen == keys)
        case Rule.EACH:
            return (k - f - (c - t)) / k
        case Rule.NET_CORRECT:
            return max(0.0, (t - f) / c)
        case Rule.COVERAGE:
            return t * t / (c * (t + f)) if t else 0.0
        case Rule.PER_OPTION:
            return clipped(sum(fractions[option] for option in sorted(chosen)))


def parts_score(rule: Rule, right: float, wrong: float, total: int) -> float:
    """Score items of which `right` are right and `wrong` answered wrong; halves count when a part is half right.

    - ALL_OR_NOTHING: 1 when all are right, else 0.
    - EACH: r / k.
    - NET_CORRECT: (r - w) / k, at least 0.
    - COVERAGE: (r / k)(r / (r + w)); 0 when nothing is answered.

    Raises ValueError for PER_OPTION, which has no meaning for items; reading refuses it before.
    """
    match rule:
        case Rule.ALL_OR_NOTHING:
            return float(right >= total - 1e-9)
        case Rule.EACH:
            return right / total
        case Rule.NET_CORRECT:
            return max(0.0, (right - wrong) / total)
        case Rule.COVERAGE:
            return right * right / (total * (right + wrong)) if right else 0.0
        case Rule.PER_OPTION:
            raise ValueError("per_option scores options, not items")


def clipped(score: float) -> float:
    """A score kept within [-1, 1]."""
    return max(-1.0, min(1.0, score))


def rule_in_force(name: str, rules: tuple[str, ...], authored: str | None, place: Place, report: Report) -> str | None:
    """The rule a question of type `name` is scored by: the authored one, or the type's first. Reports unknown and refused names."""
    if authored is None:
        return rules[0] if rules else None
    if authored not in {rule.value for rule in Rule}:
        report.error("unknown-scoring", f"there is no scoring rule `{authored}`", place, did_you_mean(authored, rules or list(Rule)))
    elif authored not in rules:
        takes = "takes " + ", ".join(f"`{rule}`" for rule in rules) if rules else "is scored by its own rule; leave `scoring` out"
        report.error("refused-scoring", f"`{authored}` does not fit {name}", place, f"{name} {takes}")
    return authored
