"""Small courses, made in code: questions, quizzes, modules and a catalogue of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from course.content.model import Catalogue, Cell, Course, Help, Module, Objective, Quiz, QuizEntry
from course.diagnostics import Place, Report
from course.learning.outline import CellKind, CellOutline, ModuleOutline, Outline
from course.learning.policy import Counts, Kind, QuizPolicy, default_attempts, default_behaviour, default_reveal
from course.questions import Question, read_question
from course.questions.nodes import from_json

HERE = Place("made-in-a-test")


def question(question_id: str, kind: str = "single_choice", **fields: Any) -> Question:
    """A question of any type from its authored fields; fails the test when they do not make one."""
    report = Report()
    authored = {
        "id": question_id,
        "type": kind,
        "objective": "aim",
        "stem": f"Stem of {question_id}?",
        "explanation": f"Explanation of {question_id}.",
        "cites": ["source"],
        **fields,
    }
    made = read_question(from_json({k: v for k, v in authored.items() if v is not None}), report)
    assert made is not None, [f.message for f in report]
    return made


def single_choice(question_id: str, *, options: int = 4, **fields: Any) -> Question:
    """Options a, b, c, ...; the key is `a`; every option has feedback of its own."""
    letters = "abcdefgh"[:options]
    made = [
        {
            "id": i,
            "text": f"Option {i} of {question_id}",
            "feedback": f"Feedback on {i} of {question_id}.",
            **({"correct": True} if i == "a" else {}),
        }
        for i in letters
    ]
    return question(question_id, "single_choice", **{"options": made, **fields})


def multiple_choice(question_id: str, **fields: Any) -> Question:
    """Options a to d; the keys are `a` and `b`."""
    made = [{"id": i, "text": f"Option {i} of {question_id}", **({"correct": True} if i in "ab" else {})} for i in "abcd"]
    return question(question_id, "multiple_choice", **{"options": made, **fields})


def numeric(question_id: str, answer: float = 12, **fields: Any) -> Question:
    return question(question_id, "numeric", **{"answer": answer, "tolerance": {"abs": 0.5}, "unit": "h", **fields})


def ordering(question_id: str, **fields: Any) -> Question:
    """Items one, two, three, four, in that order."""
    return question(
        question_id, "ordering", **{"items": [{"id": i, "text": f"Item {i}"} for i in ("one", "two", "three", "four")], **fields}
    )


def policy(quiz_id: str, kind: Kind = Kind.CHECKPOINT, **changes: Any) -> QuizPolicy:
    """The rules of FORMAT section 1 for this kind, with changes."""
    made = QuizPolicy(
        quiz_id=quiz_id,
        kind=kind,
        behaviour=default_behaviour(kind),
        certainty=kind in (Kind.PRETEST, Kind.POSTTEST, Kind.FOLLOWUP),
        attempts=default_attempts(kind),
        wait=0.0,
        counts=Counts.FIRST if kind is Kind.PRETEST else Counts.BEST,
        pass_mark=0.7,
        time_limit=None,
        grace=60.0,
        sequential=False,
        shuffle_questions=True,
        shuffle_options=True,
        draw=(),
        seed="attempt",
        tries=(1.0, 0.5, 0.25),
        mastery=(3, 4),
        unlock=(),
        reveal=default_reveal(kind),
    )
    return replace(made, **changes)


def quiz(quiz_id: str, questions: Iterable[Question], kind: Kind = Kind.CHECKPOINT, *, module: str | None = None, **changes: Any) -> Quiz:
    entries = tuple(QuizEntry(q, q.points, quiz_id) for q in questions)
    return Quiz(quiz_id, f"Quiz {quiz_id}", "", module, policy(quiz_id, kind, **changes), entries, f"quizzes/{quiz_id}.yaml", HERE)


def cell(cell_id: str, kind: CellKind = CellKind.READ, **fields: Any) -> Cell:
    """A cell; its number is given by `module`."""
    return Cell(id=cell_id, kind=kind, number=0, title=f"Title of {cell_id}", body=f"Body of {cell_id}.", place=HERE, **fields)


def module(module_id: str, cells: Sequence[Cell], *, number: int = 1) -> Module:
    numbered = tuple(replace(c, number=position) for position, c in enumerate(cells, start=1))
    aims = (Objective("aim", "Name the aim.", "understand", module_id, f"{number}.1"),)
    return Module(
        module_id, number, f"0{number}-{module_id}", f"Module {module_id}", "Summary.", 10, aims, (), numbered, None, None, "", HERE
    )


def catalogue(modules: Sequence[Module], quizzes: Sequence[Quiz], *, taught_in: Mapping[str, tuple[str, str]] | None = None) -> Catalogue:
    """A snapshot of this course, as the loader would make it."""
    by_id = {q.id: q for q in quizzes}
    course = Course(
        "test-course", "A course", "Health course", "", "", "en", "", tuple(modules), by_id, {}, {}, (), {}, Help(None, "", ()), {}
    )
    return Catalogue(
        course=course,
        outline=Outline(tuple(_outline(m) for m in modules), {q.id: q.policy for q in quizzes}),
        findings=(),
        questions={e.question.id: e.question for q in quizzes for e in q.entries},
        objectives={o.id: o for m in modules for o in m.objectives},
        taught_in=taught_in or {},
        cited_by={},
    )


def small_course(**checkpoint: Any) -> Catalogue:
    """Two modules. The first: two cells to read, a question, one for clinicians, a checkpoint of three questions (pass mark
    0.7, `checkpoint` changes its rules). The second: one cell. A pre-test and a post-test share their questions."""
    practice = single_choice("p-one")
    checks = [single_choice("c-one"), single_choice("c-two"), single_choice("c-three", notice="About an overdose.")]
    anchors = [single_choice("t-one"), single_choice("t-two")]
    first = module(
        "first",
        [
            cell("intro"),
            cell("ask", CellKind.QUESTION, question="p-one"),
            cell("dose", clinician=True),
            cell("more"),
            cell("extra", optional=True),
            cell("check", CellKind.CHECKPOINT, quiz="check-first"),
        ],
    )
    second = module("second", [cell("only")], number=2)
    quizzes = [
        quiz("practice-first", [practice], Kind.PRACTICE, module="first"),
        quiz("check-first", checks, module="first", **checkpoint),
        quiz("opening", anchors, Kind.PRETEST),
        quiz("closing", anchors, Kind.POSTTEST),
    ]
    return catalogue([first, second], quizzes, taught_in={"c-one": ("first", "intro"), "p-one": ("first", "intro")})


def _outline(made: Module) -> ModuleOutline:
    cells = tuple(
        CellOutline(
            c.id, c.kind, not c.optional, c.clinician, c.question, c.quiz, c.simulation is not None and c.simulation.asked is not None, 2.0
        )
        for c in made.cells
    )
    return ModuleOutline(made.id, cells, next((c.quiz for c in made.cells if c.kind is CellKind.CHECKPOINT), None))
