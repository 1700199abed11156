import pytest

from course.questions import State, by_name
from course.questions.base import LongText, Scale
from tests.unit.questions.authored import codes, graded, question

FEEL = "{id: feel, type: likert, stem: I feel ready., scale: [{id: 1, text: Not at all}, {id: 2, text: Fully}]}"
WHY = """
id: why
type: essay
points: 4
stem: Explain.
words: {min: 30, max: 200}
rubric: [{id: block, text: Says open-channel block, points: 2}, {id: use, text: Says use-dependent, points: 2}]
"""


def test_a_step_of_agreement_is_recorded_not_scored():
    assert (graded(FEEL, "1").score, graded(FEEL, "1").state) == (None, State.RECORDED)
    assert question(FEEL).points == 0


@pytest.mark.parametrize("response", [1, "3", ["1"], True, {"id": "1"}])
def test_anything_but_a_step_is_invalid(response):
    assert (graded(FEEL, response).score, graded(FEEL, response).state) == (0, State.INVALID)


def test_a_scale_keeps_its_order():
    (control,) = by_name("likert").controls(question(FEEL).body)
    assert isinstance(control, Scale)
    assert [option.text for option in control.options] == ["Not at all", "Fully"]


@pytest.mark.parametrize("more", ["points: 1", "scoring: each", "floor: 0"])
def test_a_survey_question_has_nothing_to_score(more):
    assert codes(FEEL.replace("}]}", f"}}], {more}}}")) == ["unknown-key"]


def test_a_published_survey_question_needs_a_stem_alone():
    assert codes(FEEL, strict=True) == []


def test_an_essay_waits_for_a_person():
    assert (graded(WHY, "Because.").score, graded(WHY, "Because.").state) == (None, State.MANUAL)
    assert graded(WHY, "   ").state is State.OMITTED
    assert graded(WHY, ["Because."]).state is State.INVALID


def test_the_length_wished_for_is_told():
    assert by_name("essay").controls(question(WHY).body) == (LongText("", "Your answer", 30, 200),)


def test_the_rubric_is_shown_with_the_key_only():
    kind, body = by_name("essay"), question(WHY).body
    assert [x.text for x in kind.review(body, "Because.", reveal_key=False)] == ["Because."]
    assert [x.text for x in kind.review(body, "", reveal_key=True)] == ["Says open-channel block", "Says use-dependent"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("points: 4", "points: 5", ["rubric-sum"]),
        ("max: 200", "max: 20", ["empty-range"]),
        ("id: use", "id: block", ["duplicate-id"]),
        ("min: 30", "min: few", ["type"]),
    ],
)
def test_it_reports_an_essay_that_does_not_add_up(old, new, expected):
    assert codes(WHY.replace(old, new)) == expected


def test_the_levels_of_a_criterion_lead_up_to_its_points():
    example = by_name("essay").example
    block, use = question(example).body.rubric
    assert [(one.points, one.text) for one in block.levels] == [(0, "Not said"), (1, "Said without why"), (2, "Said with why")]
    assert use.levels == ()
    for old, new in (("{points: 1,", "{points: 2,"), ("{points: 2, text: Said", "{points: 1.5, text: Said")):
        assert codes(example.replace(old, new)) == ["rubric-levels"]


def test_an_essay_written_before_there_were_levels_keeps_its_version():
    assert "levels" not in str(question(WHY).canonical)
