"""The quiz block to a `QuizPolicy`: defaults by kind (FORMAT section 1) and what may not stand together."""

from __future__ import annotations

from typing import Final

from course.diagnostics import Report
from course.learning.policy import (
    Behaviour,
    Counts,
    Draw,
    Kind,
    Moment,
    QuizPolicy,
    Reveal,
    Unlock,
    default_attempts,
    default_behaviour,
    default_reveal,
)
from course.questions.spec import Parsed

CERTAIN: Final = frozenset({Kind.PRETEST, Kind.POSTTEST, Kind.FOLLOWUP})
"""Kinds that ask for certainty unless told not to."""

_TRIES: Final = (1.0, 0.5, 0.25)
_MASTERY: Final = (3, 4)


def read_policy(block: Parsed, report: Report) -> QuizPolicy | None:
    """The rules of a quiz, or None when its id or kind is missing or bad (already reported)."""
    if not block["id"] or not block["kind"]:
        return None
    kind = Kind(block["kind"])
    behaviour = Behaviour(block["behaviour"]) if block["behaviour"] else default_behaviour(kind)
    _check(block, behaviour, report)
    certain_by_default = kind in CERTAIN and behaviour in (Behaviour.IMMEDIATE, Behaviour.DEFERRED)
    attempts = block["attempts"]
    shuffle = block["shuffle"] or {"questions": True, "options": True}
    mastery = block["mastery"]
    return QuizPolicy(
        quiz_id=block["id"],
        kind=kind,
        behaviour=behaviour,
        certainty=certain_by_default if block["certainty"] is None else block["certainty"],
        attempts=default_attempts(kind) if attempts is None else None if attempts == "unlimited" else int(attempts),
        wait=block["wait"],
        counts=Counts(block["counts"]) if block["counts"] else Counts.FIRST if kind is Kind.PRETEST else Counts.BEST,
        pass_mark=float(block["pass_mark"]),
        time_limit=block["time_limit"],
        grace=block["grace"],
        sequential=block["navigation"] == "sequential",
        shuffle_questions=shuffle["questions"],
        shuffle_options=shuffle["options"],
        draw=tuple(Draw(int(d["take"]), tuple(d["objectives"]), tuple(d["tags"]), tuple(d["ids"])) for d in block["draw"]),
        seed=block["seed"],
        tries=tuple(float(credit) for credit in block["tries"] or _TRIES),
        mastery=(int(mastery["right"]), int(mastery["of"])) if mastery else _MASTERY,
        unlock=tuple(Unlock(u["passed"], u["completed"], u["handed_in"], u["after"]) for u in block["unlock"]),
        reveal=_reveal(block, default_reveal(kind)),
    )


def _reveal(block: Parsed, default: Reveal) -> Reveal:
    """The authored moments over the default ones."""
    authored = block["reveal"] or {}

    def moment(name: str, fallback: Moment) -> Moment:
        return Moment(authored[name]) if authored.get(name) else fallback

    return Reveal(
        score=moment("score", default.score),
        correctness=moment("correctness", default.correctness),
        feedback=moment("feedback", default.feedback),
        explanation=moment("explanation", default.explanation),
        key=moment("key", default.key),
    )


def _check(block: Parsed, behaviour: Behaviour, report: Report) -> None:
    if block["certainty"] and behaviour not in (Behaviour.IMMEDIATE, Behaviour.DEFERRED):
        report.error("certainty", f"certainty is not asked in {behaviour} quizzes", block.at("certainty"))
    for key, needed in (("tries", Behaviour.INTERACTIVE), ("mastery", Behaviour.MASTERY)):
        if key in block.places and behaviour is not needed:
            report.error("unused-key", f"`{key}` counts only with `behaviour: {needed}`", block.at(key))
    if block["mastery"] and block["mastery"]["right"] > block["mastery"]["of"]:
        report.error("mastery", f"{block['mastery']['right']} right out of {block['mastery']['of']} cannot be", block.at("mastery"))
    if block["time_limit"] == 0:
        report.error("type", "a time limit must be longer than nothing", block.at("time_limit"), "leave it out for none")
    for draw in block["draw"]:
        filters = [name for name in ("objectives", "tags", "ids") if draw[name]]
        if len(filters) != 1:
            report.error("pool", "a pool names exactly one of `objectives`, `tags` and `ids`", draw.place)
    for condition in block["unlock"]:
        if sum(condition[name] is not None for name in ("passed", "completed", "handed_in")) != 1:
            report.error("condition", "a condition names one of `passed`, `completed` and `handed_in`", condition.place)
        elif condition["after"] and condition["handed_in"] is None:
            report.error("condition", "`after` counts from when a quiz was handed in: it needs `handed_in`", condition.at("after"))
