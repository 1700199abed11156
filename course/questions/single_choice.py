"""One option out of several."""

from __future__ import annotations

from course.diagnostics import Report
from course.questions.base import ChooseOne, Control, Graded, Json, Samples, invalid, scored
from course.questions.choices import Choices, ChoiceType, known_option, read_choices, shuffle_for
from course.questions.scoring_rules import Rule, clipped
from course.questions.spec import Parsed


class SingleChoice(ChoiceType):
    """Asks for one option out of two or more; exactly one is marked `correct: true`.

    The answer is the option's id. The key scores 1, every other option 0. With `scoring: per_option` each option scores
    its own `fraction`, from -1 to 1; without one the key scores 1 and the others 0. Options may be shuffled unless every
    one of them is a number. `feedback` on an option is shown to those who chose it, `misconception` names the idea that
    choosing it betrays.
    """

    name = "single_choice"
    title = "Single choice"
    rules = (Rule.ALL_OR_NOTHING, Rule.PER_OPTION)
    example = """\
id: block-site
type: single_choice
objective: nmda-block
bloom: understand
difficulty: easy
stem: Where does ketamine act on the NMDA receptor?
options:
  - {id: pore, text: Inside the open channel, correct: true, feedback: Yes; the channel has to open first.}
  - id: agonist-site
    text: At the glutamate site
    misconception: competes-with-glutamate
    feedback: It does not compete with glutamate.
  - {id: outside, text: Outside the membrane, feedback: No such site is known.}
explanation: Ketamine enters the channel while it is open and blocks it from within.
cites: [zhang2021]
tests: [{response: pore, score: 1}, {response: outside, score: 0}]
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> Choices | None:
        body = read_choices(parsed, rule, report)
        if len(body.keys) > 1:
            second = [o for o in parsed["options"] if o["correct"]][1]
            report.error(
                "two-keys", f"`{second['id']}` is a second key", second.at("correct"), "one option is right; or use multiple_choice"
            )
        return body

    def grade(self, body: Choices, response: Json) -> Graded:
        if not known_option(response, body.fractions):
            return invalid("Choose one of the options shown.")
        return scored(clipped(body.fractions[response]))

    def controls(self, body: Choices) -> tuple[Control, ...]:
        return (ChooseOne("", "Your answer", body.shown, shuffle_for(o.text for o in body.options)),)

    def sample(self, body: Choices) -> Samples:
        return Samples(
            right=tuple(o.id for o in body.options if o.fraction >= 1),
            partial=tuple(o.id for o in body.options if 0 < o.fraction < 1),
            wrong=tuple(o.id for o in body.options if o.fraction <= 0),
            invalid=("no-such-option!", 1, [body.options[0].id], True),
        )

    def key(self, body: Choices) -> Json:
        return next(o.id for o in body.options if o.correct)

    def chosen(self, body: Choices, response: Json) -> tuple[str, ...]:
        return (response,) if known_option(response, body.fractions) else ()
