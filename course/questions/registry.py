"""Every question type, by name. A new type is one file and one line here."""

from __future__ import annotations

from typing import Any, Final

from course.questions.base import QuestionType
from course.questions.matching import Matching
from course.questions.multiple_choice import MultipleChoice
from course.questions.numeric import Numeric
from course.questions.ordering import Ordering
from course.questions.single_choice import SingleChoice
from course.questions.true_false import TrueFalse

TYPES: Final[tuple[QuestionType[Any], ...]] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Numeric(),
    Ordering(),
    Matching(),
)
_BY_NAME: Final = {kind.name: kind for kind in TYPES}


def by_name(name: str) -> QuestionType[Any]:
    """The type called `name`; KeyError when there is none."""
    return _BY_NAME[name]
