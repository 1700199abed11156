"""The authoring rules. A new rule is one file and one line in `RULES`; `content.review` applies them with the silences."""

from __future__ import annotations

from typing import Final

from course.content.rules.anchors import Anchors
from course.content.rules.base import Context, Rule
from course.content.rules.blueprint import Blueprint
from course.content.rules.checkpoint import WrongCheckpoint
from course.content.rules.claim_review import ClaimReview
from course.content.rules.clinical_dose import ClinicalDose
from course.content.rules.duplicate_question import DuplicateQuestion
from course.content.rules.figure_words import FigureWords
from course.content.rules.foreign_objective import ForeignObjective
from course.content.rules.help_numbers import HelpNumbers
from course.content.rules.notebook_question import NotebookQuestion
from course.content.rules.objective_unasked import ObjectiveUnasked
from course.content.rules.option_feedback import OptionFeedback
from course.content.rules.own_tests import OwnTests
from course.content.rules.past_review import PastReview
from course.content.rules.people_first import PeopleFirst
from course.content.rules.pictures import Pictures
from course.content.rules.pools import Pools
from course.content.rules.practice_leak import PracticeLeak
from course.content.rules.question_html import RawHtml
from course.content.rules.retracted_source import RetractedSource
from course.content.rules.unresolved import Unresolved
from course.content.rules.unused_claim import UnusedClaim
from course.content.rules.unused_source import UnusedSource

RULES: Final[tuple[Rule, ...]] = (
    Unresolved(),
    OwnTests(),
    DuplicateQuestion(),
    PracticeLeak(),
    NotebookQuestion(),
    WrongCheckpoint(),
    ForeignObjective(),
    Pools(),
    Anchors(),
    RawHtml(),
    FigureWords(),
    Pictures(),
    ClinicalDose(),
    PeopleFirst(),
    ObjectiveUnasked(),
    Blueprint(),
    OptionFeedback(),
    UnusedSource(),
    UnusedClaim(),
    PastReview(),
    ClaimReview(),
    HelpNumbers(),
    RetractedSource(),
)

__all__ = ["RULES", "Context", "Rule"]
