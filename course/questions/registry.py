"""Every question type, by name. A new type is one file and one line here."""

from __future__ import annotations

from typing import Any, Final

from course.questions.base import QuestionType
from course.questions.case import Case
from course.questions.categorise import Categorise
from course.questions.cloze import Cloze
from course.questions.essay import Essay
from course.questions.hotspot import Hotspot
from course.questions.likert import Likert
from course.questions.matching import Matching
from course.questions.matrix import Matrix
from course.questions.multiple_choice import MultipleChoice
from course.questions.numeric import Numeric
from course.questions.ordering import Ordering
from course.questions.prediction import Prediction
from course.questions.short_text import ShortText
from course.questions.single_choice import SingleChoice
from course.questions.true_false import TrueFalse

TYPES: Final[tuple[QuestionType[Any], ...]] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Numeric(),
    ShortText(),
    Cloze(),
    Matching(),
    Ordering(),
    Categorise(),
    Matrix(),
    Hotspot(),
    Prediction(),
    Case(),
    Likert(),
    Essay(),
)
_BY_NAME: Final = {kind.name: kind for kind in TYPES}


def by_name(name: str) -> QuestionType[Any]:
    """The type called `name`; KeyError when there is none."""
    return _BY_NAME[name]
