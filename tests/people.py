"""The people of the tests, each with a place in the story. Import them by name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from course.storage.stores.people import Learner

ARRIVED: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

ANN: Final = Learner("a0000000-0000-4000-8000-000000000001", ARRIVED, "Ann")
"""A learner."""
BEA: Final = Learner("b0000000-0000-4000-8000-000000000002", ARRIVED, "Bea", extra_time=1.5, time_zone="Pacific/Auckland")
"""A learner with half as much time again, far east."""
CAI: Final = Learner("c0000000-0000-4000-8000-000000000003", ARRIVED, "Cai", clinician=True)
"""A learner who declared to be a health professional."""
GUS: Final = Learner("90000000-0000-4000-8000-000000000004", ARRIVED)
"""A guest without a name, who saved something once."""
EVERYBODY: Final = (ANN, BEA, CAI, GUS)
