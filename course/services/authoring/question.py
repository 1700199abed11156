"""One question in every state, with all that its author wants beside it."""

from __future__ import annotations

from course.content.model import Catalogue, Quiz, Spot
from course.errors import NotFound
from course.learning.moments import Moment, moments
from course.questions import Question, by_name, draw
from course.services.authoring.answers import EVERYTHING, answer_line, answers_to, options_of
from course.services.authoring.contents import claims_on
from course.services.authoring.views import AnswerLine, FindingLine, Found, QuestionPreview
from course.services.study.asking import question_view
from course.services.study.desk import folder_of, the_quiz
from course.services.study.responses import plain


def question_preview(catalogue: Catalogue, found: Found, question_id: str, *, seed: int, quiz_id: str, moment_id: str) -> QuestionPreview:
    """`quiz_id` and `moment_id` name the moment as of which answers are shown; "" shows everything. Raises NotFound."""
    question = the_question(catalogue, question_id)
    home = next(q for q in catalogue.course.quizzes.values() if any(e.question.id == question_id and e.origin == q.id for e in q.entries))
    folder = folder_of(catalogue, home.module)
    variant = draw(question, seed)
    moment = the_moment(the_quiz(catalogue, quiz_id), moment_id) if quiz_id and moment_id else None
    drawn, ids = variant.question, [e.question.id for e in (the_quiz(catalogue, quiz_id) if quiz_id else home).entries]
    at = ids.index(question_id) if question_id in ids else -1
    taught = catalogue.taught_in.get(question_id)
    return QuestionPreview(
        id=question.id,
        type_title=by_name(question.type).title,
        place=question.place,
        objective=catalogue.objectives.get(question.objective or ""),
        bloom=question.bloom or "",
        difficulty=question.difficulty,
        points=question.points,
        seed=seed,
        values=dict(variant.values) if question.parameters is not None else None,
        asked=question_view(drawn, seed=seed, shuffle=True, points=question.points, folder=folder),
        answers=answers_to(question, drawn, folder, seed=seed, shows=moment.shown if moment is not None else EVERYTHING),
        options=options_of(drawn, catalogue),
        hints=drawn.hints,
        explanation=drawn.explanation,
        sources=tuple(catalogue.course.references[key] for key in question.cites if key in catalogue.course.references),
        claims=claims_on(catalogue, question.cites),
        asked_in=tuple(_asked_in(catalogue, question_id)),
        taught_in=Spot("the cell that teaches it", "preview", (("module", taught[0]), ("cell", taught[1]))) if taught is not None else None,
        findings=_findings(found, question_id),
        moment=moment,
        previous=ids[at - 1] if at > 0 else None,
        following=ids[at + 1] if 0 <= at < len(ids) - 1 else None,
    )


def graded(catalogue: Catalogue, question_id: str, response: object, *, seed: int) -> AnswerLine:
    """An answer that was tried out. Raises NotFound, and BadResponse for what is no answer at all."""
    drawn = draw(the_question(catalogue, question_id), seed).question
    return answer_line(drawn, "tried out here", plain(response), "", seed=seed)


def the_question(catalogue: Catalogue, question_id: str) -> Question:
    """Raises NotFound when the course has no such question."""
    found = catalogue.questions.get(question_id)
    if found is None:
        raise NotFound("The course has no such question.")
    return found


def the_moment(quiz: Quiz, moment_id: str) -> Moment:
    """Raises NotFound for a moment that does not come in this quiz."""
    found = next((m for m in moments(quiz.policy) if m.id == moment_id), None)
    if found is None:
        raise NotFound("This quiz has no such moment.")
    return found


def _asked_in(catalogue: Catalogue, question_id: str) -> list[Spot]:
    quizzes = [
        Spot(f"{quiz.title}, question {number}", "preview", (("quiz", quiz.id),))
        for quiz in catalogue.course.quizzes.values()
        for number, entry in enumerate(quiz.entries, 1)
        if entry.question.id == question_id
    ]
    cells = [
        Spot(f"Module {module.number}, cell {cell.number}", "preview", (("module", module.id), ("cell", cell.id)), cell.clinician)
        for module in catalogue.course.modules
        for cell in module.cells
        if cell.question == question_id
    ]
    return quizzes + cells


def _findings(found: Found, question_id: str) -> tuple[FindingLine, ...]:
    return tuple(line for line in found.lines or () if line.opens is not None and ("question", question_id) in line.opens.query)
