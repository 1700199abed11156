"""The authoring rules. A new rule is one file and one line in `RULES`; `content.review` applies them with the silences."""

from __future__ import annotations

from typing import Final

from course.content.rules.absolute_words import AbsoluteWords
from course.content.rules.all_or_none import AllOrNone
from course.content.rules.anchors import Anchors
from course.content.rules.base import Context, Rule
from course.content.rules.blueprint import Blueprint
from course.content.rules.case_stage import CaseStage
from course.content.rules.checkpoint import WrongCheckpoint
from course.content.rules.circular_order import CircularOrder
from course.content.rules.claim_limits import ClaimLimits
from course.content.rules.claim_review import ClaimReview
from course.content.rules.clang_cue import ClangCue
from course.content.rules.clinical_dose import ClinicalDose
from course.content.rules.content_notice import ContentNotice
from course.content.rules.dead_link import DeadLink
from course.content.rules.double_negative import DoubleNegative
from course.content.rules.duplicate_question import DuplicateQuestion
from course.content.rules.evidence_caveat import EvidenceCaveat
from course.content.rules.feedback_verdict import FeedbackVerdict
from course.content.rules.figure_sample import FigureSample
from course.content.rules.figure_words import FigureWords
from course.content.rules.foreign_objective import ForeignObjective
from course.content.rules.gives_away import GivesAway
from course.content.rules.grammar_cue import GrammarCue
from course.content.rules.help_numbers import HelpNumbers
from course.content.rules.hint_tells import HintTells
from course.content.rules.key_length import KeyLength
from course.content.rules.key_longest import KeyLongest
from course.content.rules.key_position import KeyPosition
from course.content.rules.long_sentence import LongSentence
from course.content.rules.negative_stem import NegativeStem
from course.content.rules.no_checkpoint import NoCheckpoint
from course.content.rules.notebook_question import NotebookQuestion
from course.content.rules.objective_thin import ObjectiveThin
from course.content.rules.objective_unasked import ObjectiveUnasked
from course.content.rules.objective_unplanned import ObjectiveUnplanned
from course.content.rules.option_count import OptionCount
from course.content.rules.option_feedback import OptionFeedback
from course.content.rules.outcome_feedback import OutcomeFeedback
from course.content.rules.overlapping_options import OverlappingOptions
from course.content.rules.overstatement import Overstatement
from course.content.rules.own_tests import OwnTests
from course.content.rules.past_review import PastReview
from course.content.rules.people_first import PeopleFirst
from course.content.rules.picture_contrast import PictureContrast
from course.content.rules.picture_words import PictureWords
from course.content.rules.pictures import Pictures
from course.content.rules.pools import Pools
from course.content.rules.practice_leak import PracticeLeak
from course.content.rules.prediction_key import PredictionKey
from course.content.rules.question_html import RawHtml
from course.content.rules.rationale import Rationale
from course.content.rules.reading_grade import ReadingGrade
from course.content.rules.repeated_start import RepeatedStart
from course.content.rules.retracted_source import RetractedSource
from course.content.rules.routes import Routes
from course.content.rules.same_options import SameOptions
from course.content.rules.self_diagnosis import SelfDiagnosis
from course.content.rules.source_address import SourceAddress
from course.content.rules.source_unknown import SourceUnknown
from course.content.rules.sourcing import Sourcing
from course.content.rules.stem_asks import StemAsks
from course.content.rules.stigma_words import StigmaWords
from course.content.rules.superseded_source import SupersededSource
from course.content.rules.told_at_once import ToldAtOnce
from course.content.rules.true_share import TrueShare
from course.content.rules.uncited import Uncited
from course.content.rules.undefined_term import UndefinedTerm
from course.content.rules.undrawn_question import UndrawnQuestion
from course.content.rules.unlinked_term import UnlinkedTerm
from course.content.rules.unordered_numbers import UnorderedNumbers
from course.content.rules.unreachable_cell import UnreachableCell
from course.content.rules.unresolved import Unresolved
from course.content.rules.untested_question import UntestedQuestion
from course.content.rules.unused_claim import UnusedClaim
from course.content.rules.unused_misconception import UnusedMisconception
from course.content.rules.unused_source import UnusedSource
from course.content.rules.unused_term import UnusedTerm
from course.content.rules.use_advice import UseAdvice
from course.content.rules.vague_key import VagueKey

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
    ToldAtOnce(),
    PredictionKey(),
    CaseStage(),
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
    CircularOrder(),
    UnreachableCell(),
    NoCheckpoint(),
    DeadLink(),
    ObjectiveThin(),
    ObjectiveUnplanned(),
    UndrawnQuestion(),
    UnusedTerm(),
    UnusedMisconception(),
    UntestedQuestion(),
    KeyLongest(),
    KeyLength(),
    KeyPosition(),
    TrueShare(),
    AllOrNone(),
    NegativeStem(),
    DoubleNegative(),
    AbsoluteWords(),
    VagueKey(),
    GrammarCue(),
    ClangCue(),
    SameOptions(),
    OverlappingOptions(),
    UnorderedNumbers(),
    OptionCount(),
    Rationale(),
    OutcomeFeedback(),
    GivesAway(),
    StemAsks(),
    RepeatedStart(),
    FeedbackVerdict(),
    HintTells(),
    ReadingGrade(),
    LongSentence(),
    UndefinedTerm(),
    UnlinkedTerm(),
    StigmaWords(),
    Overstatement(),
    Routes(),
    Sourcing(),
    UseAdvice(),
    SelfDiagnosis(),
    ContentNotice(),
    PictureWords(),
    PictureContrast(),
    FigureSample(),
    Uncited(),
    SupersededSource(),
    SourceAddress(),
    SourceUnknown(),
    ClaimLimits(),
    EvidenceCaveat(),
)

__all__ = ["RULES", "Context", "Rule"]
