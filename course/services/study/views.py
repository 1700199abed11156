"""What the student's pages draw: finished records, with nothing in them that may not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from course.content.model import Cell
from course.learning.attempts import AttemptState
from course.learning.certainty import AtLevel
from course.learning.continuing import StepKind
from course.learning.policy import Behaviour, Kind
from course.learning.progress import CellState, ModuleState
from course.learning.rounds import RoundState
from course.questions.base import Comment, Control, Figure, Json, Line, State


@dataclass(frozen=True, slots=True)
class Place:
    """A cell to go to, with the words of a link to it. `number` is the cell's display number."""

    module: str
    cell: str
    module_number: int
    number: int
    module_title: str
    title: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to ask. `controls` stand in the order to show; `folder` is where its figure's `src` starts."""

    id: str
    type: str
    stem: str
    notice: str
    figure: Figure | None
    folder: str
    controls: tuple[Control, ...]
    points: float


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What may be said about an answer now. Everything the reveal rule withholds is None or empty.

    `score` is a fraction of 1. `outcome` is the question's own feedback; `comments` are on what was chosen, and the lines
    carry the same words in their places. `key_shown`: lines name the key.
    """

    state: State | None
    score: float | None
    lines: tuple[Line, ...]
    outcome: str
    comments: tuple[Comment, ...]
    explanation: str
    cites: tuple[str, ...]
    key_shown: bool


@dataclass(frozen=True, slots=True)
class PracticeView:
    """A question asked in a notebook. `problem`: why the last answer was not taken ("" when it was).

    `question` is what the last try answered, `again` what is asked next: the same, but for numbers drawn afresh. `first` is the
    state of the first try, kept apart from later ones; None when withheld. `changed`: it was answered in an older version, so
    the old answer is not shown.
    """

    question: QuestionView
    again: QuestionView
    response: Json
    tries: int
    review: ReviewView | None
    first: State | None
    problem: str = ""
    changed: bool = False
    module_done_now: bool = False


@dataclass(frozen=True, slots=True)
class StageView:
    """One answered stage of a case. `review` None: the answer was not taken, and `problem` says why."""

    review: ReviewView | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as this learner sees it. `number` counts the cells shown; `quiz` is the title of a checkpoint's quiz."""

    cell: Cell
    number: int
    state: CellState
    done: bool
    new: bool
    practice: PracticeView | None
    checkpoint: CheckpointView | None


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A module's quiz in short. `best` in words, "" before the first result."""

    quiz: str
    title: str
    questions: int
    passed: bool
    best: str
    running: int | None
    """Id of an attempt that is running."""


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A notebook. `current` is the id of the next cell to work on, None when all is done. `minutes_left` is rounded up."""

    id: str
    number: int
    title: str
    summary: str
    content_notice: str
    cells: tuple[CellView, ...]
    done: int
    total: int
    minutes_left: int
    state: ModuleState
    current: str | None
    new_since: frozenset[str]
    previous: tuple[str, str] | None
    """Id and title of the module before."""
    following: tuple[str, str] | None
    """Id and title of the module after."""


@dataclass(frozen=True, slots=True)
class OpenedView:
    """How a module stands after cells were opened."""

    done: int
    total: int
    module_done_now: bool


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One result in the course of time."""

    at: datetime
    attempt: int
    title: str
    fraction: float
    passed: bool | None


@dataclass(frozen=True, slots=True)
class ContinueView:
    """Where to go on. `eyebrow` is "Module 2, cell 4 of 12"."""

    place: Place
    eyebrow: str
    minutes_left: int


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module in a list. `words` say how far it is; `checkpoint` is the best result in words ("" before)."""

    id: str
    number: int
    title: str
    summary: str
    minutes: int
    done: int
    total: int
    state: ModuleState
    words: str
    checkpoint: str
    new_cells: int


@dataclass(frozen=True, slots=True)
class StepView:
    """The one thing to do next, and why."""

    kind: StepKind
    title: str
    reason: str
    place: Place | None = None
    quiz: str | None = None
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class TestView:
    """The opening or closing test. `fraction` None until taken, or while it may not be shown."""

    __test__ = False  # not a test class, whatever pytest thinks

    quiz: str
    title: str
    taken: bool
    running: int | None
    may_begin: bool
    attempt: int | None
    fraction: float | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """The learner's own page. `by_day`: minutes on each of the last 84 days, oldest first."""

    name: str | None
    continue_at: ContinueView | None
    modules: tuple[ModuleCard, ...]
    scores: tuple[ScorePoint, ...]
    by_day: tuple[tuple[date, float], ...]
    minutes_this_week: int
    next_step: StepView
    pretest: TestView | None
    posttest: TestView | None
    started: bool
    """Whether the learner has done anything yet."""


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One attempt in a list. Points and `passed` are None while they may not be shown."""

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


@dataclass(frozen=True, slots=True)
class QuizIntroView:
    """The page before a quiz. `minutes`: the learner's own limit when `timed`, else about how long it takes.

    `reasons` say why it cannot be begun now; empty when it can, or when an attempt is `running`. `rules` say how it is asked
    and counted, `reveal` what will be shown when. `disclaimer`: say that a score is not a screening result.
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
    immediate: bool
    attempts_used: int
    attempts_left: int | None
    running: int | None
    may_begin: bool
    wait_until: datetime | None
    reasons: tuple[str, ...]
    past: tuple[PastAttempt, ...]
    rules: tuple[str, ...]
    reveal: tuple[str, ...]
    disclaimer: bool


@dataclass(frozen=True, slots=True)
class TriesView:
    """The tries at a question of an interactive quiz. `worth`: the share of its points that a right answer earns now.

    `hints` are the texts of those taken; `hint_costs` the share that the next one costs, None when there is none to take.
    """

    used: int
    left: int
    worth: float | None
    hints: tuple[str, ...]
    hint_costs: float | None


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
    `round` in mastery quizzes.
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


@dataclass(frozen=True, slots=True)
class AttemptView:
    """A running attempt. `over`: it takes no more answers and its slots are left out; show the result.

    `answered` counts the questions at which nothing is left to do. `here`: the position to show where the order is fixed.
    `seconds_left` counts to the deadline, `closes_in` to the end of the grace (None: untimed). `saved` is a line such as
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
    seconds_left: int | None
    closes_in: int | None
    saved: str
    asks_certainty: bool
    sequential: bool
    immediate: bool


@dataclass(frozen=True, slots=True)
class SavedView:
    """An answer is stored. `problem`: it is kept but cannot be read as an answer yet."""

    position: int
    saved_at: datetime
    answered: bool
    problem: str
    words: str


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """How many of an objective's questions were answered right. `questions`: how many there are in the course."""

    id: str
    number: str
    text: str
    module: str
    right: int
    answered: int
    questions: int


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One criterion of a rubric with the points given for it, of how many."""

    text: str
    points: float
    of: float


@dataclass(frozen=True, slots=True)
class HandMarkView:
    """What a grader gave for an answer. `lines` and `comment` are empty while feedback is withheld. `note`: it may still change."""

    points: float
    of: float
    lines: tuple[RubricLine, ...]
    comment: str
    note: str


@dataclass(frozen=True, slots=True)
class ResultItem:
    """One question looked back at; in a mastery quiz, one round of it. `taught_in`: where the course teaches it.

    `number` counts the questions, `round` the rounds of this one (None: it is asked once). `note`: what tries, hints or rounds
    made of the answer, "" when there is nothing to say. `notice`: that the question was withdrawn or its answer graded again.
    `hand_mark`: what a person gave, None where nobody did or nothing is final.
    """

    number: int
    round: int | None
    position: int
    question: QuestionView
    response: Json
    skipped: bool
    flagged: bool
    certainty: int | None
    points: float | None
    note: str
    notice: str
    review: ReviewView
    hand_mark: HandMarkView | None
    taught_in: Place | None


@dataclass(frozen=True, slots=True)
class ConfidenceView:
    """Certainty against accuracy. `mark` of at most `most`; `right` of `answered`; `unstated` answers named no certainty.

    `brier`, `levels` and `certain_and_wrong` say something of single questions and are left out while that is withheld.
    """

    mark: float
    most: float
    answered: int
    right: int
    unstated: int
    brier: float | None
    levels: tuple[AtLevel, ...]
    certain_and_wrong: tuple[ResultItem, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A handed-in attempt. Points, `fraction` and `passed` are None while the score may not be shown (`score_shown`).

    `items` are empty unless something about single questions may be shown; `withheld` says what comes when. `pending`: a
    person still has to grade something. `by_clock`: the time ran out and what was saved was handed in. `confidence`: where
    certainty was asked. `notices` say when and why the result changed after it was first there.
    """

    id: int
    quiz: str
    title: str
    kind: Kind
    module: str | None
    number: int
    state: AttemptState
    submitted_at: datetime
    by_clock: bool
    pending: bool
    score_shown: bool
    points: float | None
    max: float | None
    fraction: float | None
    passed: bool | None
    pass_mark: float
    minutes: int | None
    by_objective: tuple[ObjectiveScore, ...]
    confidence: ConfidenceView | None
    notices: tuple[str, ...]
    items: tuple[ResultItem, ...]
    withheld: tuple[str, ...]
    attempts_left: int | None
    may_begin: bool
    next_step: StepView
    disclaimer: bool


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """A module with time spent in it."""

    card: ModuleCard
    minutes: int
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Everything the learner has done. Objectives count first tries whose correctness may be shown."""

    modules: tuple[ModuleProgress, ...]
    objectives: tuple[ObjectiveScore, ...]
    attempts: tuple[PastAttempt, ...]
    by_day: tuple[tuple[date, float], ...]
    minutes: int
