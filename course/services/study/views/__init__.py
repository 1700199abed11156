"""What the student's pages draw: finished records, with nothing in them that may not be shown."""

from course.services.study.views.asking import Place, QuestionView, ReviewView, TellingView
from course.services.study.views.attempts import AttemptView, PastAttempt, QuizIntroView, RoundView, SavedView, SlotView, TriesView
from course.services.study.views.due import AnnouncementView, DueItem, DueView
from course.services.study.views.home import ByHandView, ContinueView, HomeView, ModuleCard, ScorePoint, StepView, TestView
from course.services.study.views.notebook import AnsweredView, CellView, CheckpointView, ModuleView, PracticeView, StageView
from course.services.study.views.results import (
    ConfidenceView,
    HandMarkView,
    MasteryView,
    ModuleProgress,
    ObjectiveScore,
    ProgressView,
    ResultItem,
    ResultView,
    RubricLine,
)

__all__ = [
    "AnnouncementView",
    "AnsweredView",
    "AttemptView",
    "ByHandView",
    "CellView",
    "CheckpointView",
    "ConfidenceView",
    "ContinueView",
    "DueItem",
    "DueView",
    "HandMarkView",
    "HomeView",
    "MasteryView",
    "ModuleCard",
    "ModuleProgress",
    "ModuleView",
    "ObjectiveScore",
    "PastAttempt",
    "Place",
    "PracticeView",
    "ProgressView",
    "QuestionView",
    "QuizIntroView",
    "ResultItem",
    "ResultView",
    "ReviewView",
    "RoundView",
    "RubricLine",
    "SavedView",
    "ScorePoint",
    "SlotView",
    "StageView",
    "StepView",
    "TellingView",
    "TestView",
    "TriesView",
]
