import pytest

from course.questions import State, by_name
from course.questions.base import Comment, PickPoint
from course.questions.hotspot import in_polygon
from tests.unit.questions.authored import codes, graded, question

SPOT = """
id: spot
type: hotspot
figure: {src: figures/tract.svg, alt: Urinary tract, width: 800, height: 600}
regions:
  - {id: bladder, text: Bladder, circle: [400, 300, 60], correct: true}
  - {id: kidney, text: Kidney, rectangle: [100, 80, 220, 200], feedback: Later., misconception: kidney-first}
  - {id: ureter, text: Ureter, polygon: [[240, 200], [300, 200], [280, 280]]}
  - {id: around, text: Around the bladder, circle: [400, 300, 100]}
"""


@pytest.mark.parametrize(
    ("response", "score", "chosen"),
    [
        ("bladder", 1, ("bladder",)),
        ([410, 300], 1, ("bladder",)),
        ([460, 300], 1, ("bladder",)),
        ([460.5, 300], 0, ("around",)),
        ([500, 300], 0, ("around",)),
        ([500.1, 300], 0, ()),
        ("kidney", 0, ("kidney",)),
        ([100, 80], 0, ("kidney",)),
        ([220, 200], 0, ("kidney",)),
        ([270, 200], 0, ("ureter",)),
        ([275, 240], 0, ("ureter",)),
        ([0, 0], 0, ()),
        ([-5, 9000], 0, ()),
    ],
)
def test_edges_are_inside_and_the_first_listed_region_wins(response, score, chosen):
    assert graded(SPOT, response).score == score
    assert by_name("hotspot").chosen(question(SPOT).body, response) == chosen


@pytest.mark.parametrize(
    "response", ["Bladder", "spleen", [1], [1, 2, 3], ["400", "300"], [True, 1], [float("nan"), 1], [10**400, 1], 5, {"x": 1}]
)
def test_what_is_no_place_is_invalid(response):
    assert graded(SPOT, response).state is State.INVALID


def test_the_control_has_the_figure_and_the_list():
    (control,) = by_name("hotspot").controls(question(SPOT).body)
    assert isinstance(control, PickPoint)
    assert (control.figure.width, control.figure.alt) == (800, "Urinary tract")
    assert [option.id for option in control.options] == ["bladder", "kidney", "ureter", "around"]


def test_a_review_marks_the_region_hit_and_hides_the_key():
    kind, body = by_name("hotspot"), question(SPOT).body
    assert [(x.text, x.chosen, x.key) for x in kind.review(body, [150, 100], reveal_key=False)][:2] == [
        ("Bladder", False, False),
        ("Kidney", True, False),
    ]
    assert [x.key for x in kind.review(body, "kidney", reveal_key=True)] == [True, False, False, False]
    assert kind.review(body, [0, 0], reveal_key=False)[-1].text == "Another place"
    assert kind.comments(body, [150, 100]) == (Comment("kidney", "Later.", "kidney-first"),)


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((1, 1), True),
        ((2, 0), True),
        ((0, 2), True),
        ((2, 2), True),
        ((3, 3), True),
        ((3, 2.9), True),
        ((2, 3), False),
        ((5, 1), False),
        ((-1, 0), False),
    ],
)
def test_a_polygon_with_a_notch_holds_its_edges(point, inside):
    assert in_polygon(point, [(0, 0), (4, 0), (4, 4), (2, 2), (0, 4)]) is inside


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (", correct: true", "", ["no-key"]),
        ("circle: [400, 300, 60], ", "", ["one-shape"]),
        ("circle: [400, 300, 60]", "circle: [400, 300, 60], rectangle: [1, 1, 2, 2]", ["one-shape"]),
        ("[400, 300, 60]", "[400, 300, 0]", ["empty-region"]),
        ("[400, 300, 60]", "[400, 300]", ["too-few"]),
        ("[100, 80, 220, 200]", "[220, 80, 100, 200]", ["empty-region"]),
        ("[[240, 200], [300, 200], [280, 280]]", "[[240, 200], [300, 200]]", ["too-few"]),
        ("[400, 300, 60]", "[900, 300, 60]", ["outside-figure"]),
        ("width: 800, ", "", ["missing-key"]),
        ("text: Kidney", "text: bladder", ["same-text"]),
        ("id: kidney", "id: bladder", ["duplicate-id"]),
    ],
)
def test_it_reports_regions_that_make_no_question(old, new, expected):
    assert old in SPOT
    assert codes(SPOT.replace(old, new)) == expected
