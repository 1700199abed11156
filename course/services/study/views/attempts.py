"""A quiz before it begins, and an attempt while it runs. Nothing in it that may not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from course.learning.attempts import AttemptState
from course.learning.policy import Behaviour, Kind, Unlock
from course.learning.rounds import RoundState
from course.questions.base import Json
from course.services.study.views.asking import QuestionView, ReviewView, TellingView


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One attempt in a list. Points and `passed` are None while they may not be shown. `notice`: that it is voided and why, else ""."""

    id: int
    quiz: str
    title: str
    number: int
    state: AttemptState
    started_at: datetime
    submitted_at: datetime | None
    points: float | None
    max: float | None
    fraction: float | None
    passed: bool | None
    minutes: int | None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class QuizIntroView:
    """The page before a quiz. `minutes`: the learner's own limit when `timed`, else about how long it takes.

    `reasons` say why it cannot be begun now; empty when it can, or when an attempt is `running`. `rules` say how it is asked
    and counted, `reveal` what will be shown when. `disclaimer`: say that a score is not a screening result. `assigned`: what an
    instructor's assignment says about it. `first`: the quizzes and modules that open it and are not done yet, with their titles.
    """

    id: str
    title: str
    description: str
    kind: Kind
    module: str | None
    questions: int
    minutes: int
    timed: bool
    pass_mark: float
    asks_certainty: bool
    attempts_left: int | None
    running: int | None
    may_begin: bool
    wait_until: datetime | None
    reasons: tuple[str, ...]
    past: tuple[PastAttempt, ...]
    rules: tuple[str, ...]
    reveal: tuple[str, ...]
    disclaimer: bool
    assigned: tuple[str, ...] = ()
    first: tuple[tuple[Unlock, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TriesView:
    """The tries at a question of an interactive quiz. `worth`: the share of its points that a right answer earns now.

    `hints` are the texts of those taken; `hint_costs` the share that the next one costs, None when there is none to take.
    `earned`: what they came to, once nothing is left to try and as far as it may be said.
    """

    used: int
    left: int
    worth: float | None
    hints: tuple[str, ...]
    hint_costs: float | None
    earned: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """The rounds of a question in a mastery quiz: `right` of the last `of` were right, `needed` are. `may_go_on`: ask again."""

    number: int
    right: int
    of: int
    needed: int
    state: RoundState
    may_go_on: bool


@dataclass(frozen=True, slots=True)
class SlotView:
    """One question of an attempt; in a mastery quiz, the present round of one.

    `number` counts the questions from 1, `position` is what the services know it by. `problem`: why the saved answer cannot
    be read, "" when it can or there is none. `done`: nothing is left to do at it. `behind`: the order is fixed and the learner
    has gone on. `asks_certainty`: the quiz asks it, and the question has a right and a wrong. `tries` in interactive quizzes,
    `round` in mastery quizzes. `telling` for a case: until it is settled, `question` holds the parts that are told and no others.
    """

    number: int
    position: int
    question: QuestionView
    response: Json
    certainty: int | None
    saved_at: datetime | None
    answered: bool
    done: bool
    problem: str
    flagged: bool
    skipped: bool
    may_change: bool
    may_check: bool
    behind: bool
    asks_certainty: bool
    review: ReviewView | None
    tries: TriesView | None = None
    round: RoundView | None = None
    telling: TellingView | None = None


@dataclass(frozen=True, slots=True)
class AttemptView:
    """A running attempt. `over`: it takes no more answers and its slots are left out; show the result.

    `answered` counts the questions at which nothing is left to do. `here`: the position of the question the learner worked on
    last, in whichever browser; None before the first step. Where the order is fixed (`sequential`), the one to show.
    `seconds_left` counts to the deadline (`ends_at`), `closes_in` to the end of the grace (None: untimed). `saved` is a line such as
    "3 of 10 answered, saved 14:02".
    """

    id: int
    quiz: str
    title: str
    kind: Kind
    behaviour: Behaviour
    number: int
    state: AttemptState
    over: bool
    slots: tuple[SlotView, ...]
    here: int | None
    answered: int
    ends_at: datetime | None
    seconds_left: int | None
    closes_in: int | None
    saved: str
    asks_certainty: bool
    sequential: bool


@dataclass(frozen=True, slots=True)
class SavedView:
    """An answer is stored. `problem`: it is kept but cannot be read as an answer yet. `attempt` holds it already."""

    position: int
    saved_at: datetime
    answered: bool
    problem: str
    words: str
    attempt: AttemptView
