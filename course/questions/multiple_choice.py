"""Any number of options out of several."""

from __future__ import annotations

from typing import TypeGuard

from course.diagnostics import Report
from course.questions.base import ChooseMany, Control, Graded, Json, Samples, invalid, scored
from course.questions.choices import Choices, ChoiceType, read_choices, shuffle_for
from course.questions.scoring_rules import Rule, choice_score
from course.questions.spec import Parsed


class MultipleChoice(ChoiceType):
    """Asks for every option that is right; at least one is a key and at least one is not.

    The answer is a list of option ids, in any order. Scoring, by name (t keys and f others chosen, of c keys and k options):
    `net_correct` (the default) max(0, (t - f)/c); `each` the share of options rightly ticked or left; `coverage`
    (t/c)(t/(t + f)); `all_or_nothing`; `per_option` the sum of the chosen options' `fraction`, kept within -1 and 1, where
    keys without one share 1 equally. An id given twice, or unknown, makes the answer invalid.
    """

    name = "multiple_choice"
    title = "Multiple choice"
    rules = (Rule.NET_CORRECT, Rule.ALL_OR_NOTHING, Rule.EACH, Rule.COVERAGE, Rule.PER_OPTION)
    example = """\
id: bladder-signs
type: multiple_choice
objective: uropathy-spectrum
scoring: coverage
stem: Which of these belong to the bladder symptoms described with repeated use?
options:
  - {id: urgency, text: Urgency, correct: true, feedback: One of the earliest.}
  - {id: frequency, text: Frequency, correct: true}
  - {id: jaundice, text: Jaundice, feedback: It points to the bile ducts.}
explanation: Urgency and frequency come from an irritated bladder; jaundice comes from blocked bile ducts.
cites: [winst2012]
tests:
  - {response: [urgency, frequency], score: 1}
  - {response: [urgency], score: 0.5}
  - {response: [jaundice], score: 0}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> Choices | None:
        body = read_choices(parsed, rule, report)
        if len(body.keys) == len(body.options):
            report.error("no-distractor", "every option is a key", parsed.at("options"), "add an option that is not right")
        return body

    def grade(self, body: Choices, response: Json) -> Graded:
        if not _is_choice(response, body):
            return invalid("Tick the options shown, each at most once.")
        return scored(choice_score(body.rule, frozenset(response), body.keys, body.fractions))

    def controls(self, body: Choices) -> tuple[Control, ...]:
        return (ChooseMany("", "Your answer: tick all that apply", body.shown, shuffle_for(o.text for o in body.options)),)

    def sample(self, body: Choices) -> Samples:
        keys = [o.id for o in body.options if o.correct]
        others = [o.id for o in body.options if not o.correct]
        tries = ([keys[0]], [*keys, others[0]], keys[:-1], [keys[0], others[0]])
        return Samples(
            right=(keys, keys[::-1]),
            partial=tuple(t for t in tries if t and 0 < (self.grade(body, t).score or 0) < 1),
            wrong=tuple(t for t in (others, others[:1]) if (self.grade(body, t).score or 0) <= 0),
            invalid=(["no-such-option!"], keys[0], [keys[0], keys[0]], [1], {"id": keys[0]}, 3),
        )

    def chosen(self, body: Choices, response: Json) -> tuple[str, ...]:
        return tuple(o.id for o in body.options if o.id in response) if _is_choice(response, body) else ()


def _is_choice(response: Json, body: Choices) -> TypeGuard[list[str]]:
    if not isinstance(response, list) or not all(isinstance(r, str) for r in response):
        return False
    return len(set(response)) == len(response) and set(response) <= set(body.fractions)
