"""What a cohort's lead sees: distributions, questions, mastery, gain, who may need support."""

from course.services.insight.desk import Choices, Lens
from course.services.insight.insight import Insight

__all__ = ["Choices", "Insight", "Lens"]
