"""A quiz file to a `QuizDraft`: its policy with every default filled in, its questions, and what it brings from others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from course.content.formats import read_file
from course.content.mentions import Mention, Owner, Target, listed
from course.content.quiz_format import QUIZ, QUIZ_FILE, USE
from course.content.quiz_policy import read_policy
from course.diagnostics import Place, Report
from course.learning.policy import QuizPolicy
from course.questions import Question, read_question
from course.questions.nodes import Mapped, Node, Scalar, Sequence
from course.questions.scalar_specs import SLUG
from course.questions.spec import BAD, Parsed

_DEEPEST: Final = 4
"""Levels below a question at which an option may stand."""


@dataclass(frozen=True, slots=True)
class Use:
    """`- use: quiz/question`: a question that another quiz defines. `points` None: what it is worth there."""

    quiz: str
    question: str
    points: float | None
    place: Place


@dataclass(frozen=True, slots=True)
class AuthoredQuestion:
    """A question where it is defined, with the node it was read from."""

    question: Question
    node: Mapped
    quiz: str


@dataclass(frozen=True, slots=True)
class QuizDraft:
    """One quiz file, read; what it uses is still to be found. `policy` is None when the quiz block is unusable.

    `listed` counts the entries of `questions`, broken ones too; `broken` are the ids of those that could not be read.
    """

    id: str
    path: str
    title: str
    description: str
    module: str | None
    policy: QuizPolicy | None
    draws: tuple[Place, ...]
    entries: tuple[AuthoredQuestion | Use, ...]
    listed: int
    broken: frozenset[str]
    place: Place


def read_quiz(node: Node | None, path: str, report: Report, mentions: list[Mention]) -> QuizDraft | None:
    """A quiz file; None when it is not even a mapping. A broken question is reported and the others are read."""
    parsed = read_file(QUIZ_FILE, node, report)
    if parsed is None:
        return None
    stem = PurePosixPath(path).stem
    block = QUIZ.read(parsed["quiz"], report) if parsed["quiz"] is not None else BAD
    policy = read_policy(block, report) if isinstance(block, Parsed) else None
    quiz_id = block["id"] if isinstance(block, Parsed) and block["id"] else stem
    place = block.at("id") if isinstance(block, Parsed) else Place(path, 1, 1)
    if quiz_id != stem:
        report.error("file-name", f"the quiz `{quiz_id}` must stand in `{quiz_id}.yaml`, not in `{PurePosixPath(path).name}`", place)
    if isinstance(block, Parsed):
        mentions.extend(_quiz_mentions(parsed["quiz"], block, quiz_id))
    entries, count = _entries(parsed["questions"], quiz_id, report, mentions)
    return QuizDraft(
        id=quiz_id,
        path=path,
        title=(block["title"] if isinstance(block, Parsed) else None) or quiz_id,
        description=block["description"] if isinstance(block, Parsed) else "",
        module=block["module"] if isinstance(block, Parsed) else None,
        policy=policy,
        draws=tuple(draw.place for draw in block["draw"]) if isinstance(block, Parsed) else (),
        entries=entries,
        listed=count,
        broken=_names(parsed["questions"]) - {e.question.id if isinstance(e, AuthoredQuestion) else e.question for e in entries},
        place=place,
    )


def _entries(node: Node | None, quiz_id: str, report: Report, mentions: list[Mention]) -> tuple[tuple[AuthoredQuestion | Use, ...], int]:
    if node is None:
        return (), 0
    if not isinstance(node, Sequence):
        report.error("type", "`questions` must be a list", node.place)
        return (), 0
    if not node.items:
        report.error("too-few", "a quiz needs at least one question", node.place)
    entries: list[AuthoredQuestion | Use] = []
    seen: set[str] = set()
    for item in node.items:
        entry = _entry(item, quiz_id, report, mentions)
        if entry is None:
            continue
        name = entry.question.id if isinstance(entry, AuthoredQuestion) else entry.question
        if name in seen:
            place = entry.question.places["id"] if isinstance(entry, AuthoredQuestion) else entry.place
            report.error("duplicate-id", f"`{name}` stands twice in this quiz", place)
            continue
        seen.add(name)
        entries.append(entry)
    return tuple(entries), len(node.items)


def _names(node: Node | None) -> frozenset[str]:
    """The ids written in `questions`, of whatever can be read as one."""
    items = (item.get("id") for item in node.items if isinstance(item, Mapped)) if isinstance(node, Sequence) else ()
    return frozenset(name.text for name in items if isinstance(name, Scalar))


def _entry(item: Node, quiz_id: str, report: Report, mentions: list[Mention]) -> AuthoredQuestion | Use | None:
    if isinstance(item, Mapped) and item.get("use") is not None:
        return _use(item, report)
    question = read_question(item, report)
    if isinstance(item, Mapped):
        name = item.get("id")
        mentions.extend(_question_mentions(item, Owner(quiz=quiz_id, question=name.text if isinstance(name, Scalar) else None)))
    return AuthoredQuestion(question, item, quiz_id) if question is not None and isinstance(item, Mapped) else None


def _use(item: Mapped, report: Report) -> Use | None:
    parsed = USE.read(item, report)
    if parsed is BAD:
        return None
    quiz, _, question = parsed["use"].partition("/")
    if not (SLUG.match(quiz) and SLUG.match(question)):
        report.error("type", f"`{parsed['use']}` must be `quiz-id/question-id`", parsed.at("use"))
        return None
    return Use(quiz, question, parsed["points"], parsed.at("use"))


def _quiz_mentions(node: Node, block: Parsed, quiz_id: str) -> Iterator[Mention]:
    owner = Owner(quiz=quiz_id)
    if block["module"]:
        yield Mention(Target.MODULE, block["module"], block.at("module"), owner)
    for condition in block["unlock"]:
        for name in ("passed", "handed_in"):
            if condition[name]:
                yield Mention(Target.QUIZ, condition[name], condition.at(name), owner)
        if condition["completed"]:
            yield Mention(Target.MODULE, condition["completed"], condition.at("completed"), owner)
    draws = node.get("draw") if isinstance(node, Mapped) else None
    for draw in draws.items if isinstance(draws, Sequence) else ():
        yield from (Mention(Target.OBJECTIVE, s.text, s.place, owner) for s in listed(draw, "objectives"))


def _question_mentions(node: Mapped, owner: Owner) -> Iterator[Mention]:
    """Sources and objective of a question, and the misconceptions its options name, wherever the type keeps them."""
    for entry in node.entries:
        key, value = entry.key.text, entry.value
        if key == "cites" and isinstance(value, Sequence):
            yield from (Mention(Target.REFERENCE, s.text, s.place, owner) for s in value.items if isinstance(s, Scalar))
        elif key == "objective" and isinstance(value, Scalar) and SLUG.match(value.text):
            yield Mention(Target.OBJECTIVE, value.text, value.place, owner)
        elif key != "tests":
            yield from (Mention(Target.MISCONCEPTION, s.text, s.place, owner) for s in _misconceptions(value, 0))


def _misconceptions(node: Node, depth: int) -> Iterator[Scalar]:
    """The ids under `misconception` in the entries of a list, also inside the parts of a case and the gaps of a cloze."""
    if isinstance(node, Scalar) or depth > _DEEPEST:
        return
    children = node.items if isinstance(node, Sequence) else tuple(entry.value for entry in node.entries)
    for child in children:
        named = child.get("misconception") if isinstance(child, Mapped) else None
        if isinstance(named, Scalar) and SLUG.match(named.text):
            yield named
        if not isinstance(child, Scalar):
            yield from _misconceptions(child, depth + 1)
