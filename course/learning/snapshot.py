"""A quiz's rules as plain data and back: an attempt pins the rules it began under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from course.learning.policy import Behaviour, Counts, Draw, Kind, Moment, QuizPolicy, Reveal, Unlock


def policy_to_json(policy: QuizPolicy) -> dict[str, Any]:
    """Plain data that `policy_from_json` reads back to an equal policy."""
    return asdict(policy)


def policy_from_json(data: Mapping[str, Any]) -> QuizPolicy:
    """The policy that was stored. Raises KeyError or ValueError on data that `policy_to_json` did not make."""
    return QuizPolicy(
        quiz_id=data["quiz_id"],
        kind=Kind(data["kind"]),
        behaviour=Behaviour(data["behaviour"]),
        certainty=data["certainty"],
        attempts=data["attempts"],
        wait=data["wait"],
        counts=Counts(data["counts"]),
        pass_mark=data["pass_mark"],
        time_limit=data["time_limit"],
        grace=data["grace"],
        sequential=data["sequential"],
        shuffle_questions=data["shuffle_questions"],
        shuffle_options=data["shuffle_options"],
        draw=tuple(Draw(d["take"], *(tuple(d[key]) for key in ("objectives", "tags", "ids"))) for d in data["draw"]),
        seed=data["seed"],
        tries=tuple(data["tries"]),
        mastery=(data["mastery"][0], data["mastery"][1]),
        unlock=tuple(Unlock(u["passed"], u["completed"], u.get("handed_in"), u.get("after", 0.0)) for u in data["unlock"]),
        reveal=Reveal(**{name: Moment(moment) for name, moment in data["reveal"].items()}),
    )
