"""A quiz file: its policy with every default, its questions, and what it takes from others."""

from __future__ import annotations

import pytest

from course.content.mentions import Mention, Target
from course.content.quiz_source import AuthoredQuestion, QuizDraft, Use, read_quiz
from course.content.yaml_source import read_yaml
from course.diagnostics import Place, Report
from course.learning.policy import Behaviour, Counts, Kind, Moment, QuizPolicy

QUESTION = """
  - {id: q1, type: true_false, objective: o, stem: S, answer: true, explanation: E, cites: [a, b]}
"""


def read(block: str, questions: str = QUESTION, path: str = "quizzes/z.yaml") -> tuple[QuizDraft, Report, list[Mention]]:
    report, mentions = Report(), list[Mention]()
    data = f"schema: 1\nquiz: {{id: z, title: T, {block}}}\nquestions:{questions}".encode()
    draft = read_quiz(read_yaml(data, path, report), path, report, mentions)
    assert draft is not None
    return draft, report, mentions


def policy(block: str) -> QuizPolicy:
    draft, report, _ = read(block)
    assert report.findings == []
    assert draft.policy is not None
    return draft.policy


@pytest.mark.parametrize(
    ("kind", "behaviour", "certainty", "attempts", "counts", "explanation", "key"),
    [
        ("practice", Behaviour.IMMEDIATE, False, None, Counts.BEST, Moment.AFTER_QUESTION, Moment.AFTER_QUESTION),
        ("case", Behaviour.IMMEDIATE, False, 3, Counts.BEST, Moment.AFTER_QUESTION, Moment.AFTER_QUESTION),
        ("survey", Behaviour.IMMEDIATE, False, 3, Counts.BEST, Moment.AFTER_QUESTION, Moment.AFTER_QUESTION),
        ("pretest", Behaviour.DEFERRED, True, 1, Counts.FIRST, Moment.AFTER_POSTTEST, Moment.AFTER_POSTTEST),
        ("posttest", Behaviour.DEFERRED, True, 3, Counts.BEST, Moment.AFTER_ATTEMPT, Moment.AFTER_PASS),
        ("followup", Behaviour.DEFERRED, True, 3, Counts.BEST, Moment.AFTER_ATTEMPT, Moment.AFTER_PASS),
        ("checkpoint", Behaviour.DEFERRED, False, 3, Counts.BEST, Moment.AFTER_ATTEMPT, Moment.AFTER_PASS),
        ("exam", Behaviour.DEFERRED, False, 3, Counts.BEST, Moment.AFTER_CLOSE, Moment.AFTER_CLOSE),
    ],
)
def test_defaults_follow_from_the_kind(
    kind: str, behaviour: Behaviour, certainty: bool, attempts: int | None, counts: Counts, explanation: Moment, key: Moment
) -> None:
    found = policy(f"kind: {kind}")
    assert (found.kind, found.behaviour, found.certainty, found.attempts, found.counts) == (
        Kind(kind),
        behaviour,
        certainty,
        attempts,
        counts,
    )
    assert (found.reveal.explanation, found.reveal.key) == (explanation, key)
    assert (found.pass_mark, found.time_limit, found.grace, found.wait, found.sequential, found.seed) == (
        0.7,
        None,
        60,
        0,
        False,
        "attempt",
    )
    assert (found.shuffle_questions, found.shuffle_options, found.tries, found.mastery) == (True, True, (1, 0.5, 0.25), (3, 4))


def test_everything_that_can_be_authored_is_read() -> None:
    found = policy(
        "module: m, kind: exam, behaviour: interactive, attempts: unlimited, wait: 24 h, counts: mean, pass_mark: 0.5, time_limit: 20 min,"
        " grace: 90 s, navigation: sequential, shuffle: {options: false}, draw: [{take: 1, objectives: [o]}], seed: fixed, tries: [1, 0.2],"
        " unlock: [{passed: other}, {completed: m}, {handed_in: other, after: 30 d}], reveal: {key: never}"
    )
    assert (found.attempts, found.wait, found.counts, found.pass_mark, found.time_limit, found.grace) == (
        None,
        86400,
        Counts.MEAN,
        0.5,
        1200,
        90,
    )
    assert (found.sequential, found.shuffle_questions, found.shuffle_options, found.seed, found.tries) == (
        True,
        True,
        False,
        "fixed",
        (1, 0.2),
    )
    assert [draw.objectives for draw in found.draw] == [("o",)]
    assert [(u.passed, u.completed, u.handed_in, u.after) for u in found.unlock] == [
        ("other", None, None, 0),
        (None, "m", None, 0),
        (None, None, "other", 30 * 86_400),
    ]
    assert (found.reveal.key, found.reveal.score) == (Moment.NEVER, Moment.AFTER_ATTEMPT)


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("kind: exam, attempts: 0", "type"),
        ("kind: exam, attempts: often", "type"),
        ("kind: exam, pass_mark: 70", "type"),
        ("kind: exam, time_limit: 20", "type"),
        ("kind: exam, behaviour: mastery, certainty: true", "certainty"),
        ("kind: exam, tries: [1]", "unused-key"),
        ("kind: exam, mastery: {right: 1, of: 2}", "unused-key"),
        ("kind: exam, behaviour: mastery, mastery: {right: 3, of: 2}", "mastery"),
        ("kind: exam, draw: [{take: 1}]", "pool"),
        ("kind: exam, draw: [{take: 1, ids: [q1], tags: [t]}]", "pool"),
        ("kind: exam, unlock: [{}]", "condition"),
        ("kind: exam, unlock: [{passed: a, handed_in: b}]", "condition"),
        ("kind: exam, unlock: [{passed: a, after: 2 d}]", "condition"),
        ("kind: exam, reveal: {key: after_posttest}", "type"),
        ("kind: examination", "type"),
        ("kind: exam, colour: red", "unknown-key"),
        ("kind: exam, kind: case", "duplicate-key"),
    ],
)
def test_what_cannot_be_meant_is_an_error(block: str, code: str) -> None:
    _, report, _ = read(block)
    assert [finding.code for finding in report.errors] == [code]


def test_the_file_is_named_after_the_quiz() -> None:
    _, report, _ = read("kind: exam", path="quizzes/other.yaml")
    assert [(f.code, f.place.line) for f in report] == [("file-name", 2)]


def test_a_missing_title_costs_the_quiz_nothing_else() -> None:
    report = Report()
    data = b"schema: 1\nquiz: {id: z, kind: exam}\nquestions:" + QUESTION.encode()
    draft = read_quiz(read_yaml(data, "quizzes/z.yaml", report), "quizzes/z.yaml", report, [])
    assert draft is not None
    assert draft.policy is not None
    assert len(draft.entries) == 1
    assert [(f.code, f.message) for f in report] == [("missing-key", "the quiz block needs `title`")]


def test_broken_questions_are_counted_and_the_others_read() -> None:
    draft, report, _ = read(
        "kind: exam", QUESTION + "  - {id: q2, type: single_choic, stem: S}\n  - just text\n  - use: other/q9\n    points: 2\n"
    )
    assert [e.question.id if isinstance(e, AuthoredQuestion) else e for e in draft.entries] == [
        "q1", Use("other", "q9", 2, Place("quizzes/z.yaml", 7, 10))
    ]  # fmt: skip
    assert (draft.listed, draft.broken) == (4, {"q2"})
    assert [finding.code for finding in report] == ["unknown-type", "type"]


@pytest.mark.parametrize("name", ["q1", "other/", "/q1", "a/b/c", "Other/q1"])
def test_a_used_question_is_named_by_quiz_and_question(name: str) -> None:
    _, report, _ = read("kind: exam", f"\n  - use: {name}\n")
    assert [finding.code for finding in report] == ["type"]


def test_the_same_question_stands_once_in_a_quiz() -> None:
    _, report, _ = read("kind: exam", QUESTION + QUESTION.lstrip("\n") + "  - use: other/q1\n")
    assert [(f.code, f.place.line) for f in report] == [("duplicate-id", 5), ("duplicate-id", 6)]


def test_everything_named_is_mentioned_at_its_own_place() -> None:
    questions = """
  - id: c1
    type: case
    objective: o
    text: A story.
    parts:
      - {id: p1, type: single_choice, points: 1, stem: S, options: [{id: x, text: X, correct: true}, {id: y, text: Y, misconception: wrong}]}
    cites:
      - a
      - b
"""
    _, report, mentions = read("module: m, kind: exam, draw: [{take: 1, objectives: [o]}], unlock: [{passed: other}]", questions)
    assert [f.message for f in report.errors if f.code == "unknown-key"] == []
    found = {(m.target, m.id, m.place.line) for m in mentions}
    assert found == {
        (Target.MODULE, "m", 2),
        (Target.QUIZ, "other", 2),
        (Target.OBJECTIVE, "o", 2),
        (Target.OBJECTIVE, "o", 6),
        (Target.MISCONCEPTION, "wrong", 9),
        (Target.REFERENCE, "a", 11),
        (Target.REFERENCE, "b", 12),
    }
