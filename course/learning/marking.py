"""From the log to the marks of an attempt, by how the quiz asks. The same log gives the same marks, always.

While an attempt runs, a mark is what would stand if nothing more were checked; once it is `over`, an answer that was saved
and not checked counts like one that was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from course.learning import certainty
from course.learning.interactive import Trying, hinted, tried
from course.learning.policy import Behaviour, QuizPolicy
from course.learning.responses import Response, ResponseKind, last_answer, last_checked, unchecked
from course.learning.rounds import Rounds, recorded, rounds
from course.learning.scoring import Answered, Mark, is_try, mark, right
from course.questions import Question, by_name
from course.questions.base import scored


@dataclass(frozen=True, slots=True)
class Asked:
    """One slot. `blank` is the question as it was asked, without an answer; `log` its part of the attempt's, in order.

    `again_of` is the position of the slot whose question this one asks again (behaviour `mastery`). `voided`: its question
    was withdrawn for everybody.
    """

    blank: Answered
    log: Sequence[Response] = ()
    again_of: int | None = None
    voided: bool = False


def marks(policy: QuizPolicy, asked: Mapping[int, Asked], *, over: bool) -> dict[int, Mark]:
    """Position -> the slot's mark. In `mastery` the first slot of a chain bears the chain's mark, the others their own."""
    found = {position: slot_mark(policy, one, over=over) for position, one in asked.items()}
    if policy.behaviour is Behaviour.MASTERY:
        for position, one in asked.items():
            if one.again_of is None and scorable(one.blank.question):
                found[position] = _chain_mark(one.blank.points, chain(policy, asked, position, over=over), found[position])
    return found


def slot_mark(policy: QuizPolicy, asked: Asked, *, over: bool) -> Mark:
    """The mark of one slot for itself."""
    if policy.behaviour is Behaviour.INTERACTIVE and not asked.blank.skipped:
        return _best(asked, trying(policy, asked, over=over))
    return last_mark(asked)


def last_mark(asked: Asked) -> Mark:
    """The mark of what stands in the inputs."""
    return _given(asked, last_answer(asked.log))


def checked_mark(asked: Asked) -> Mark | None:
    """The mark of the last try; None before the first."""
    last = last_checked(asked.log)
    return None if last is None else _given(asked, last)


def trying(policy: QuizPolicy, asked: Asked, *, over: bool) -> Trying:
    """How a question of an interactive quiz stands."""
    found, penalties = Trying(), [hint.penalty for hint in asked.blank.question.hints]
    for step in asked.log:
        if step.kind is ResponseKind.HINT:
            found = hinted(found, penalties[found.hints] if found.hints < len(penalties) else 0.0)
        elif step.kind is ResponseKind.CHECKED:
            found = _tried(found, _given(asked, step), policy)
    left = unchecked(asked.log) if over and not found.settled else None
    if left is not None and _counts(_given(asked, left)):
        found = _tried(found, _given(asked, left), policy)
    return found


def chain(policy: QuizPolicy, asked: Mapping[int, Asked], first: int, *, over: bool) -> Rounds:
    """How the rounds stand that began with the slot at `first`, in a mastery quiz. Withdrawn questions are no rounds."""
    mine = [one for position, one in sorted(asked.items()) if first in (position, one.again_of) and not one.voided]
    skipped = not mine or mine[-1].blank.skipped
    if not skipped and _answered(mine[-1], over=over) and _verdict(mine[-1], over=over) is None:
        return recorded(len(mine))
    return rounds([_verdict(one, over=over) for one in mine], skipped=skipped, needed=policy.mastery)


def marked(score: float, points: float) -> Mark:
    """The mark of a score that was reached over several answers; its state follows from it (FORMAT section 2)."""
    graded = scored(score)
    return Mark(graded.score, graded.state, points)


def scorable(question: Question) -> bool:
    """Whether answers to it are right or wrong at once: not what a person grades, not what is only recorded."""
    return by_name(question.type).key(question.body) is not None


def stated(asked: Asked, *, found: Mark) -> certainty.Stated | None:
    """The answer with its certainty, for calibration; None when there is no certainty, no try or no score."""
    last = last_answer(asked.log)
    verdict = right(found.state)
    if last is None or last.certainty is None or verdict is None or found.score is None or not _counts(found):
        return None
    return certainty.Stated(last.certainty, found.score, verdict)


def _chain_mark(points: float, found: Rounds, own: Mark) -> Mark:
    """The mark of a whole chain. One that was never answered keeps the mark of its first round, `own`."""
    if found.score is None:
        return Mark(None, None, points)
    if found.asked == 1 and not _counts(own):
        return own
    return marked(found.score, points)


def _verdict(asked: Asked, *, over: bool) -> bool | None:
    """Whether a round was answered rightly; None when it was not answered, or has no right and wrong."""
    found = _answered(asked, over=over)
    return None if found is None else right(found.state)


def _answered(asked: Asked, *, over: bool) -> Mark | None:
    """The mark that settles a round: of its check or, at the end, of what was saved."""
    if asked.blank.skipped:
        return None
    found, last = checked_mark(asked), last_mark(asked)
    return last if found is None and over and _counts(last) else found


def _best(asked: Asked, found: Trying) -> Mark:
    if found.tries == 0:
        return last_mark(asked) if not _counts(last_mark(asked)) else mark(asked.blank)
    if found.score is None:
        return last_mark(asked)
    return marked(found.score, asked.blank.points)


def _tried(found: Trying, got: Mark, policy: QuizPolicy) -> Trying:
    return tried(found, got.score, right=right(got.state) is True, credits=policy.tries)


def _given(asked: Asked, step: Response | None) -> Mark:
    return mark(replace(asked.blank, response=None if step is None else step.response))


def _counts(found: Mark) -> bool:
    return found.state is not None and is_try(found.state)
