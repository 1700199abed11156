"""What of an answer may be shown now. The one gate between the key and a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, assert_never

from course.learning.policy import Moment, Reveal


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown: the score, whether it was right, feedback on the choice, the explanation, the key."""

    score: bool
    correctness: bool
    feedback: bool
    explanation: bool
    key: bool

    @property
    def anything_of_a_question(self) -> bool:
        """Whether a review of single questions has anything to say."""
        return self.correctness or self.feedback or self.explanation or self.key


NOTHING: Final = Shown(False, False, False, False, False)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What has happened so far. `answered`: this question was answered for good. `over`: the attempt was handed in.

    `passed`: any attempt at the quiz was passed. `closed`: no further attempt is possible. `posttest`: the learner has
    handed in the post-test.
    """

    answered: bool
    over: bool
    passed: bool
    closed: bool
    posttest: bool


def shown(reveal: Reveal, occasion: Occasion) -> Shown:
    """What the quiz's `reveal` rule allows on this occasion."""
    return Shown(
        score=_reached(reveal.score, occasion),
        correctness=_reached(reveal.correctness, occasion),
        feedback=_reached(reveal.feedback, occasion),
        explanation=_reached(reveal.explanation, occasion),
        key=_reached(reveal.key, occasion),
    )


def between_tries(allowed: Shown) -> Shown:
    """Of what may be shown of a settled question, that which may be shown while it can be tried again: nothing that tells the key."""
    return replace(allowed, explanation=False, key=False)


def in_words(reveal: Reveal, already: Shown = NOTHING) -> tuple[str, ...]:
    """When a learner sees what, one sentence a moment, soonest first; what is shown `already` is left out."""
    said = (
        ("your score", reveal.score, already.score),
        ("what was right", reveal.correctness, already.correctness),
        ("feedback", reveal.feedback, already.feedback),
        ("explanations", reveal.explanation, already.explanation),
        ("the right answers", reveal.key, already.key),
    )
    names = {name: moment for name, moment, seen in said if not seen}
    sentences = []
    for moment, when in _WORDS.items():
        listed = [name for name, m in names.items() if m is moment]
        if listed:
            sentences.append(f"{when}: {', '.join(listed)}.")
    return tuple(sentences)


_WORDS: Final = {
    Moment.AFTER_QUESTION: "After each question",
    Moment.AFTER_ATTEMPT: "When you hand in",
    Moment.AFTER_PASS: "Once you have passed",
    Moment.AFTER_CLOSE: "When no attempt is left",
    Moment.AFTER_POSTTEST: "After the closing test",
    Moment.NEVER: "Not shown",
}


def _reached(moment: Moment, occasion: Occasion) -> bool:
    match moment:
        case Moment.AFTER_QUESTION:
            return occasion.answered or occasion.over
        case Moment.AFTER_ATTEMPT:
            return occasion.over
        case Moment.AFTER_PASS:
            return occasion.over and occasion.passed
        case Moment.AFTER_CLOSE:
            return occasion.over and occasion.closed
        case Moment.AFTER_POSTTEST:
            return occasion.over and occasion.posttest
        case Moment.NEVER:
            return False
        case _:
            assert_never(moment)
