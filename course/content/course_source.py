"""course.yaml: what the course is, its modules in order, and the blueprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from course.content.formats import COURSE_FILE, read_file
from course.content.mentions import Mention, Target, listed
from course.diagnostics import Place, Report
from course.questions.nodes import Node


@dataclass(frozen=True, slots=True)
class CourseHead:
    """What course.yaml says, before the modules are known. `order` holds module ids."""

    id: str
    title: str
    neutral_title: str
    summary: str
    audience: str
    language: str
    licence: str
    order: tuple[str, ...]
    blueprint: Mapping[str, Mapping[str, int]]
    place: Place


def read_course(node: Node | None, report: Report, mentions: list[Mention]) -> CourseHead | None:
    """The head of the course, or None when the file does not say which course it is."""
    parsed = read_file(COURSE_FILE, node, report)
    if parsed is None:
        return None
    mentions.extend(Mention(Target.MODULE, scalar.text, scalar.place) for scalar in listed(node, "modules"))
    blueprint = parsed["blueprint"]
    places = getattr(blueprint, "places", {})
    mentions.extend(Mention(Target.OBJECTIVE, objective, places.get(objective, parsed.place)) for objective in blueprint)
    course = parsed["course"]
    if not course or course["id"] is None:
        return None
    return CourseHead(
        id=course["id"],
        title=course["title"],
        neutral_title=course["neutral_title"],
        summary=course["summary"],
        audience=course["audience"],
        language=course["language"],
        licence=course["licence"],
        order=tuple(parsed["modules"]),
        blueprint={objective: dict(levels) for objective, levels in blueprint.items()},
        place=parsed.place,
    )
