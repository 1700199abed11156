"""A place on a figure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.authored import FIGURE
from course.questions.base import Comment, Control, Figure, Graded, Json, Line, Option, PickPoint, QuestionType, Samples, invalid, scored
from course.questions.choices import refuse_twins
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import Boolean, Number, Slug, Text
from course.questions.spec import Parsed

Point = tuple[float, float]

_SHAPES: Final = ("circle", "rectangle", "polygon")
_SLACK: Final = 1e-9
REGION: Final = Record(
    "a region",
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "text": Field(Text(), "the region's name, for the list beside the figure", required=True),
        "correct": Field(Boolean(), "true marks the key", default=False),
        "circle": Field(ListOf(Number(), least=3, most=3), "centre and radius: x, y, r"),
        "rectangle": Field(ListOf(Number(), least=4, most=4), "two corners: x0, y0, x1, y1"),
        "polygon": Field(ListOf(ListOf(Number(), least=2, most=2), least=3), "its corners: [x, y], in order"),
        "feedback": Field(Text(), "shown to those who chose it", default=""),
        "misconception": Field(Slug(), "the misconception that choosing it betrays", default=""),
    },
)
SIZED_FIGURE: Final = Record(
    "a figure", {**FIGURE, **{side: Field(FIGURE[side].spec, FIGURE[side].doc, required=True) for side in ("width", "height")}}
)


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the figure; `shape` is circle, rectangle or polygon, `numbers` its measures, flat."""

    id: str
    text: str
    correct: bool
    shape: str
    numbers: tuple[float, ...]
    feedback: str
    misconception: str

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside or on the edge."""
        x, y = point
        if self.shape == "circle":
            return math.hypot(x - self.numbers[0], y - self.numbers[1]) <= self.numbers[2] + _SLACK
        if self.shape == "rectangle":
            return self.numbers[0] <= x <= self.numbers[2] and self.numbers[1] <= y <= self.numbers[3]
        return in_polygon(point, self.corners)

    @property
    def corners(self) -> list[Point]:
        return list(zip(self.numbers[::2], self.numbers[1::2], strict=True))

    @property
    def middle(self) -> Point:
        """A point that stands for the region: the centre, or the first corner of a polygon (edges count as inside)."""
        if self.shape == "rectangle":
            return (self.numbers[0] + self.numbers[2]) / 2, (self.numbers[1] + self.numbers[3]) / 2
        return self.numbers[0], self.numbers[1]


@dataclass(frozen=True, slots=True)
class HotspotBody:
    figure: Figure
    regions: tuple[Region, ...]

    def hit(self, response: Json) -> Region | None:
        """The region that an id names, or the first that holds a point; None for neither."""
        if isinstance(response, str):
            return next((r for r in self.regions if r.id == response), None)
        return next((r for r in self.regions if _is_point(response) and r.holds((response[0], response[1]))), None)


class Hotspot(QuestionType[HotspotBody]):
    """Asks for a place on a figure.

    The answer is a point `[x, y]` in the figure's own pixels, origin top left, or the id of a region, as the list beside
    the figure gives it. A region is a `circle` [x, y, r], a `rectangle` [x0, y0, x1, y1] or a `polygon` [[x, y], ...]; edges
    belong to it, and where regions overlap the first listed one counts. A point in a region marked `correct: true` scores
    1, any other 0.
    """

    name = "hotspot"
    title = "Place on a figure"
    fields: ClassVar[Mapping[str, Field]] = {
        "figure": Field(SIZED_FIGURE, "the figure, with its size in its own pixels", required=True),
        "regions": Field(ListOf(REGION, least=2, unique="id"), "the places, first listed first", required=True),
    }
    example = """\
id: find-it
type: hotspot
objective: uropathy-spectrum
stem: Where does ketamine do most of the harm described here?
figure: {src: figures/tract.svg, alt: Urinary tract from kidney to bladder, width: 800, height: 600}
regions:
  - {id: bladder, text: Bladder, circle: [400, 300, 60], correct: true}
  - {id: kidney, text: Kidney, rectangle: [100, 80, 220, 200], feedback: Harmed later and more rarely.}
  - {id: ureter, text: Ureter, polygon: [[240, 200], [300, 200], [280, 280]]}
explanation: The lining of the bladder is in contact longest.
cites: [winst2012]
tests:
  - {response: bladder, score: 1}
  - {response: [410, 300], score: 1}
  - {response: [460, 300], score: 1}
  - {response: [0, 0], score: 0}
  - {response: kidney, score: 0}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> HotspotBody | None:
        refuse_twins(parsed["regions"], report)
        figure = Figure(**parsed["figure"])
        regions = [_read_region(region, figure, report) for region in parsed["regions"]]
        if not any(region["correct"] for region in parsed["regions"]):
            report.error("no-key", "no region is marked `correct: true`", parsed.at("regions"))
        return HotspotBody(figure, tuple(r for r in regions if r is not None))

    def grade(self, body: HotspotBody, response: Json) -> Graded:
        region = body.hit(response)
        if region is None and not _is_point(response):
            return invalid("Choose a place on the figure, or one from the list.")
        return scored(float(region is not None and region.correct))

    def controls(self, body: HotspotBody) -> tuple[Control, ...]:
        return (PickPoint("", "Your answer: a place on the figure, or one from the list", body.figure, self.options(body)),)

    def sample(self, body: HotspotBody) -> Samples:
        responses: list[Json] = [r.id for r in body.regions] + [list(r.middle) for r in body.regions]
        right = [r for r in responses if self.grade(body, r).score == 1]
        wrong = [r for r in responses if r not in right]
        return Samples(tuple(right), (), tuple(wrong), ("no-such-region!", [1], [1, 2, 3], ["1", "2"], [True, False], 5, {"x": 1, "y": 2}))

    def key(self, body: HotspotBody) -> Json:
        return next(r.id for r in body.regions if r.correct)

    def comments(self, body: HotspotBody, response: Json) -> tuple[Comment, ...]:
        region = body.hit(response)
        return (Comment(region.id, region.feedback, region.misconception),) if region and (region.feedback or region.misconception) else ()

    def review(self, body: HotspotBody, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        """One line a region, and one more for a point beside them all."""
        hit = body.hit(response)
        lines = [
            Line(r.text, r is hit, reveal_key and r.correct, comment=r.feedback if reveal_key or r is hit else "") for r in body.regions
        ]
        return (*lines, Line("Another place", True, False)) if hit is None and _is_point(response) else tuple(lines)

    def options(self, body: HotspotBody) -> tuple[Option, ...]:
        return tuple(Option(r.id, r.text) for r in body.regions)

    def chosen(self, body: HotspotBody, response: Json) -> tuple[str, ...]:
        region = body.hit(response)
        return (region.id,) if region else ()


def in_polygon(point: Point, corners: Sequence[Point]) -> bool:
    """Whether a point lies inside a polygon or on its edge (even-odd rule)."""
    inside = False
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if _on_segment(point, (ax, ay), (bx, by)):
            return True
        if (ay > point[1]) != (by > point[1]) and point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _on_segment(point: Point, a: Point, b: Point) -> bool:
    length = math.dist(a, b)
    return math.dist(a, point) + math.dist(point, b) <= length + _SLACK * max(1.0, length)


def _read_region(region: Parsed, figure: Figure, report: Report) -> Region | None:
    given = [shape for shape in _SHAPES if region[shape] is not None]
    if len(given) != 1:
        report.error("one-shape", f"the region `{region['id']}` needs one of `circle`, `rectangle` and `polygon`", region.place)
        return None
    shape = given[0]
    numbers = tuple(float(n) for part in region[shape] for n in (part if isinstance(part, list) else [part]))
    if (shape == "circle" and numbers[2] <= 0) or (shape == "rectangle" and (numbers[0] >= numbers[2] or numbers[1] >= numbers[3])):
        report.error("empty-region", f"the {shape} of `{region['id']}` holds no point", region.at(shape))
    places = [numbers[:2]] if shape == "circle" else list(zip(numbers[::2], numbers[1::2], strict=True))
    if any(not (0 <= x <= figure.width and 0 <= y <= figure.height) for x, y in places):
        report.warning(
            "outside-figure", f"`{region['id']}` reaches outside the figure", region.at(shape), "sizes are the picture's own pixels"
        )
    return Region(region["id"], region["text"], region["correct"], shape, numbers, region["feedback"], region["misconception"])


def _is_point(response: Json) -> bool:
    if not isinstance(response, list) or len(response) != 2:
        return False
    return all(isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < 1e9 for n in response)
