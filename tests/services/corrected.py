"""A course whose questions are mended, withdrawn and marked by hand: one quiz of three questions, or of two and an essay."""

from __future__ import annotations

from typing import Any

from course.content.model import Catalogue
from course.learning.attempts import Attempt
from course.learning.outline import CellKind
from course.learning.policy import Behaviour, Kind
from course.questions import Question
from tests.factories import catalogue, cell, module, question, quiz
from tests.services.classroom import Classroom

SIGNED: dict[str, Any] = {"apply": True, "by": "Ivo", "why": "The key was wrong."}
RUBRIC = [{"id": "block", "text": "Says that it blocks", "points": 3}, {"id": "use", "text": "Says that use matters", "points": 1}]


def keyed(question_id: str, key: str, **fields: Any) -> Question:
    """Options a to d with this key."""
    options = [{"id": i, "text": f"Option {i} of {question_id}", **({"correct": True} if i == key else {})} for i in "abcd"]
    return question(question_id, "single_choice", options=options, **fields)


def essay(**fields: Any) -> Question:
    """Worth 4 points, by a rubric of 3 and 1."""
    return question("why", "essay", **{"points": 4, "rubric": RUBRIC, **fields})


def course(*questions: Question, **policy: Any) -> Catalogue:
    """One module with a cell, a question in place (`in-place`) and a checkpoint `quiz` of these questions, in this order."""
    here = next((q for q in questions if q.id == "in-place"), keyed("in-place", "a"))
    asked = [q for q in questions if q.id != "in-place"]
    first = module(
        "first",
        [cell("intro"), cell("ask", CellKind.QUESTION, question="in-place"), cell("check", CellKind.CHECKPOINT, quiz="quiz")],
    )
    rules = {"shuffle_questions": False, "shuffle_options": False, "behaviour": Behaviour.DEFERRED, **policy}
    return catalogue([first], [quiz("quiz", asked, module="first", **rules), quiz("elsewhere", [here], Kind.PRACTICE, module="first")])


def three(key: str = "a", **policy: Any) -> Catalogue:
    """Three questions; `key` is that of the first."""
    return course(keyed("one", key), keyed("two", "a"), keyed("three", "a"), **policy)


def with_essay(**policy: Any) -> Catalogue:
    """Two questions and an essay of 4 points."""
    return course(keyed("one", "a"), keyed("two", "a"), essay(), **policy)


def take(room: Classroom, learner: str, *responses: Any) -> int:
    """Take `quiz` with these answers in order; None leaves a question out."""
    attempt = room.study.start(learner, "quiz", f"start-{room.seed}-{room.now}")
    for position, response in enumerate(responses, start=1):
        if response is not None:
            room.wait(seconds=1)
            room.study.save(learner, attempt, position, response)
    room.wait(seconds=1)
    room.study.submit(learner, attempt, f"submit-{attempt}")
    return attempt


def stored(room: Classroom, attempt: int) -> Attempt:
    with room.uow.read() as tx:
        found = tx.attempts.get(attempt)
    assert found is not None
    return found


def assert_recomputed(room: Classroom) -> None:
    """Everything that is stored about results follows from log, versions and decisions."""
    found = room.teach.recompute()
    assert (found.differing, found.unreadable) == ([], [])
