"""One profile becomes part of another: a guest's progress, or the person a roster named, comes into an account."""

from __future__ import annotations

from course.errors import Refused
from course.services.people.desk import Caller, Desk, locked
from course.services.people.more_time import reach_running
from course.services.study import rolling
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

SPLIT = "Both have an unfinished attempt at the same quiz. Hand one of them in first; nothing was changed."


def merge(desk: Desk, tx: Transaction, source: str, target: str) -> Learner:
    """Everything of `source` is `target`'s from now on, attempts numbered in the order they were begun; `source` is gone.

    The target keeps its own name and time zone; the longer extra time and a declared clinician view hold for both,
    for attempts that run as well.

    Raises:
        Refused: the source has an account, or both have an unfinished attempt at one quiz.
        NotFound: one of them does not exist.
    """
    if source == target:
        return locked(tx, target)
    first, second = sorted((source, target))
    locked(tx, first)
    locked(tx, second)
    gone, stays = locked(tx, source), locked(tx, target)
    if tx.accounts.get(source) is not None:
        raise Refused("That profile has an account of its own. Sign in there instead.")
    if tx.merging.both_at_work(source, target):
        raise Refused(SPLIT)
    merged = Learner(
        id=stays.id,
        created_at=min(gone.created_at, stays.created_at),
        name=stays.name or gone.name,
        clinician=gone.clinician or stays.clinician,
        extra_time=max(gone.extra_time, stays.extra_time),
        time_zone=stays.time_zone if stays.time_zone != "UTC" else gone.time_zone,
    )
    tx.sessions.revoke_all(source, desk.clock())
    tx.resume_links.use_all(source, desk.clock())
    tx.merging.move(source, target)
    rolling.renewed(tx, target)
    tx.people.save(merged)
    reach_running(desk, tx, Caller(target), target, merged.extra_time)
    return merged
