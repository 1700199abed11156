"""One quiz as a learner meets it: its rules, what is shown when, and the result at each moment, of an attempt that never was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from course.content.model import Catalogue, Quiz
from course.learning.attempts import Attempt, AttemptState, begin
from course.learning.moments import Moment, moments
from course.learning.policy import Behaviour
from course.learning.progress import Facts
from course.learning.responses import Response, ResponseKind
from course.learning.scoring import passes
from course.questions import Question, by_name
from course.questions.base import Json
from course.services.authoring.question import the_moment
from course.services.authoring.views import EntryLine, Found, QuizPreview
from course.services.study.asking import question_view
from course.services.study.assigned import Assigned
from course.services.study.beginning import drawn_entries, pinned_slots
from course.services.study.desk import as_asked, asked_at_once, the_quiz
from course.services.study.finishing import result_as_seen
from course.services.study.grading import Paper
from course.services.study.rules import rules_in_words
from course.services.study.standing import judged
from course.services.study.views import ResultView

_SOME_WRONG: Final = 4
"""In the attempt that passed, every fourth answer is wrong or partly right; in the one that did not, all but every fourth."""
_SEED: Final = 1


def quiz_preview(catalogue: Catalogue, found: Found, quiz_id: str, moment_id: str, now: datetime) -> QuizPreview:
    """`moment_id` "" shows no result. Raises NotFound for what the course does not have."""
    quiz = the_quiz(catalogue, quiz_id)
    moment = the_moment(quiz, moment_id) if moment_id else None
    opened = [dict(line.opens.query).get("question") for line in found.lines or () if line.opens is not None]
    return QuizPreview(
        id=quiz.id,
        title=quiz.title,
        description=quiz.description,
        kind=quiz.policy.kind,
        place=quiz.place,
        rules=rules_in_words(quiz.policy, quiz.policy.time_limit),
        moments=moments(quiz.policy),
        entries=tuple(
            EntryLine(
                number,
                entry.question.id,
                _asked(entry.question),
                by_name(entry.question.type).title,
                entry.question.objective or "",
                entry.points,
                entry.origin if entry.origin != quiz.id else "",
                opened.count(entry.question.id),
            )
            for number, entry in enumerate(quiz.entries, 1)
        ),
        drawn=asked_at_once(quiz),
        findings=tuple(line for line in found.lines or () if line.finding.place.path == quiz.path),
        moment=moment,
        result=_result(catalogue, quiz, moment, now) if moment is not None and moment.over else None,
    )


def _asked(question: Question) -> str:
    return question_view(question, seed=_SEED, shuffle=False, points=question.points, folder="").stem


def _result(catalogue: Catalogue, quiz: Quiz, moment: Moment, now: datetime) -> ResultView:
    """The page after an attempt that passed or did not, as the moment needs it."""
    fresh = begin(quiz.policy, learner="", number=1, seed=_SEED, key="", extra_time=1.0, now=now - timedelta(minutes=10))
    slots = pinned_slots(drawn_entries(quiz, quiz.policy, _SEED), _SEED)
    questions = {s.position: as_asked(catalogue.questions[s.question], s.variant) for s in slots}
    log = {
        s.position: [Response(s.position, now, _kind(quiz), answer)]
        for s in slots
        if (answer := _answer(questions[s.position], well=(s.position % _SOME_WRONG == 0) is not bool(moment.passed))) is not None
    }
    sheet = Paper(quiz.policy, slots, questions, log, over=True)
    attempt = _handed_in(fresh, sheet, now)
    found = judged(catalogue, Facts(answers={}, completed={}), (attempt,), {}, {}, now, Assigned())
    return result_as_seen(catalogue, attempt, sheet, (found, moment.shown), UTC)


def _kind(quiz: Quiz) -> ResponseKind:
    return ResponseKind.SAVED if quiz.policy.behaviour is Behaviour.DEFERRED else ResponseKind.CHECKED


def _handed_in(fresh: Attempt, sheet: Paper, now: datetime) -> Attempt:
    total = sheet.totals()
    state = AttemptState.SUBMITTED if total.pending else AttemptState.GRADED
    done = replace(fresh, state=state, submitted_at=now, submit_key="preview")
    if total.pending:
        return done
    passed = passes(total.fraction, fresh.policy.pass_mark)
    return replace(done, graded_at=now, points=total.points, max=total.max, fraction=total.fraction, passed=passed)


def _answer(question: Question, *, well: bool) -> Json:
    """The key, or the first answer that its type makes up which is not right; an essay's sample where nothing is."""
    kind = by_name(question.type)
    made = kind.sample(question.body)
    poor = [*made.wrong, *made.partial]
    return kind.key(question.body) if well or not poor else poor[0]
