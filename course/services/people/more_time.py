"""Extra time that reaches attempts which run already: their deadlines move with the person's factor, to later only."""

from __future__ import annotations

from course.access.permissions import Action
from course.learning.attempts import lengthened
from course.services.people.desk import Caller, Desk, note
from course.storage.unit_of_work import Transaction


def reach_running(desk: Desk, tx: Transaction, who: Caller, learner: str, factor: float, cohort: str | None = None) -> int:
    """Give the learner's running attempts the time that `factor` gives them; how many end later now.

    Works inside the caller's transaction, which holds the learner's row. Each moved deadline is a line of the audit.
    """
    now, moved = desk.clock(), 0
    for before in tx.attempts.timed(learner):
        after = lengthened(before, factor, now)
        if after is before or before.deadline is None or after.deadline is None:
            continue
        tx.attempts.save(after)
        moved += 1
        old, new = ({"ends": end.isoformat(timespec="seconds")} for end in (before.deadline, after.deadline))
        note(desk, tx, who, Action.MEMBER_EXTRA_TIME, cohort=cohort, person=learner, subject=f"attempt:{before.id}", before=old, after=new)
    return moved
