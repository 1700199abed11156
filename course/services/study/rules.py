"""The rules of a quiz in words, for the page before it, and what they made of an answer, for the page after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Final

from course.learning.certainty import LEVELS
from course.learning.interactive import Trying
from course.learning.policy import Behaviour, Counts, Kind, Moment, QuizPolicy, Reveal
from course.learning.reveal import in_words
from course.learning.rounds import CAP, Rounds, RoundState
from course.services.study.wording import counted, duration, number

_COUNTS: Final = {
    Counts.BEST: "Your best attempt counts.",
    Counts.LAST: "Your last attempt counts.",
    Counts.FIRST: "Your first attempt counts.",
    Counts.MEAN: "The mean of your attempts counts.",
}
_UNSCORED: Final = frozenset({Kind.PRACTICE, Kind.SURVEY})


def rules_in_words(policy: QuizPolicy, limit: float | None) -> tuple[str, ...]:
    """One sentence or two a rule. `limit`: the learner's own time limit in seconds, None for none."""
    return tuple(_rules(policy, limit))


def reveal_in_words(policy: QuizPolicy, *, scored: bool) -> tuple[str, ...]:
    """When a learner sees what. `scored`: something in the quiz has a right and a wrong. A survey says nothing before its end."""
    if policy.kind is not Kind.SURVEY:
        return in_words(policy.reveal)
    late = {f.name: _not_before_the_end(getattr(policy.reveal, f.name)) for f in fields(policy.reveal)}
    return in_words(Reveal(**late)) if scored else ("Nothing here is right or wrong.",)


def _not_before_the_end(moment: Moment) -> Moment:
    return Moment.AFTER_ATTEMPT if moment is Moment.AFTER_QUESTION else moment


def tries_in_words(found: Trying, credits: tuple[float, ...]) -> str:
    """What the tries at a question came to; "" when the first one, without a hint, was all there was."""
    if found.tries == 0 or (found.tries == 1 and found.hints == 0 and found.score is not None and found.score >= 1):
        return ""
    hints = f", {counted(found.hints, 'hint')} taken" if found.hints else ""
    worth = "" if found.score is None else f": {number(100 * found.score)}% of its points"
    return f"{counted(found.tries, 'try', 'tries')} of {len(credits)}{hints}{worth}."


def rounds_in_words(found: Rounds, needed: tuple[int, int]) -> str:
    """What the rounds of a question came to."""
    m, n = needed
    share = f"{found.right} of the last {n} rounds right, {m} needed"
    match found.state:
        case RoundState.MASTERED:
            return f"Mastered in {counted(found.asked, 'round')}."
        case RoundState.PASSED_OVER:
            return "Passed over." if found.score is None else f"Passed over after {counted(found.asked, 'round')}: {share}."
        case _:
            return f"Not mastered in {counted(found.asked, 'round')}: {share}."


def _rules(policy: QuizPolicy, limit: float | None) -> Iterator[str]:
    match policy.behaviour:
        case _ if policy.kind is Kind.SURVEY:
            yield "You may change your answers until you hand in."
        case Behaviour.IMMEDIATE:
            yield "You check each answer when you are ready; then it stands."
        case Behaviour.INTERACTIVE:
            shares = ", ".join(f"{number(100 * credit)}%" for credit in policy.tries)
            yield f"You have {counted(len(policy.tries), 'try', 'tries')} a question; a right answer earns {shares} of its points in turn."
            yield "Where there are hints, each says what it costs before you take it."
        case Behaviour.MASTERY:
            m, n = policy.mastery
            yield f"Each question comes back, never quite the same, until {m} of the last {n} answers were right, at most {CAP * n} times."
        case Behaviour.DEFERRED:
            pass
    if policy.certainty:
        right, wrong = (_marks(level.if_right for level in LEVELS), _marks(level.if_wrong for level in LEVELS))
        yield (
            f"With each answer you say how sure you are. That earns a mark of its own ({right} when right; {wrong} when wrong), "
            "beside your score and never in it."
        )
    if policy.sequential:
        yield "Questions come one after the other; there is no way back."
    if limit is not None:
        yield f"You have {duration(limit)} once you begin, also while the page is closed. Then what is saved is handed in."
    if policy.attempts != 1 and policy.wait:
        yield f"After handing in, the next attempt opens {duration(policy.wait)} later."
    if policy.attempts != 1 and policy.kind not in _UNSCORED:
        yield _COUNTS[policy.counts]


def _marks(values: Iterable[float]) -> str:
    return ", ".join(f"{value:+g}" if value else "0" for value in values)
