"""Rapid guesses: answers given faster than the question can be read. They say nothing about what somebody knows.

The rule is NT10: faster than a tenth of the question's mean time, and faster than ten seconds in any case. A question
needs ten timed answers before it applies. Rapid answers are left out of the statistics, as if not presented, and counted.

Source: Wise S.L. and Ma L. (2012) Setting response time thresholds for a CAT item pool: the normative threshold method,
Annual Meeting of the National Council on Measurement in Education.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from course.analytics.responses import Answer, Floats, Mask, Responses

SHARE: Final = 0.1
MOST: Final = 10.0
"""Seconds. No threshold is longer."""
TIMED: Final = 10


def thresholds(responses: Responses) -> Floats:
    """Seconds for each question below which an answer is a rapid guess; 0 where too few answers were timed."""
    count = len(responses.questions)
    if responses.seconds is None:
        return np.zeros(count)
    timed = (responses.state == Answer.ANSWERED) & (responses.seconds >= 0)
    n = np.bincount(responses.question[timed], minlength=count)
    total = np.bincount(responses.question[timed], responses.seconds[timed], minlength=count)
    return np.where(n >= TIMED, np.minimum(SHARE * total / np.maximum(n, 1), MOST), 0.0)


def rapid_guesses(responses: Responses) -> Mask:
    """Which rows are rapid guesses; none where nothing was timed."""
    if responses.seconds is None:
        return np.zeros(len(responses), dtype=bool)
    timed = (responses.state == Answer.ANSWERED) & (responses.seconds >= 0)
    rapid: Mask = timed & (responses.seconds < thresholds(responses)[responses.question])
    return rapid
