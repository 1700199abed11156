"""What every question type promises, checked on its own example; and that no type is left out of the registry."""

import importlib
import inspect
import pkgutil
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course.questions
from course.diagnostics import Report
from course.questions import TYPES, QuestionType, State, failing_tests, grade, read_question, restore
from course.questions.base import ChooseMany, ChooseOne, Pick, is_blank
from tests.contract.listing import assert_listed
from tests.unit.questions.authored import node

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["1e999", "1,200", "\ud800", "true"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | st.sampled_from(["value", "unit"]), inner, max_size=4)
    ),
    max_leaves=8,
)
every_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
keyed_types = pytest.mark.parametrize("kind", [kind for kind in TYPES if kind.name not in ("likert", "essay")], ids=lambda kind: kind.name)


def example(kind):
    report = Report()
    found = read_question(node(kind.example), report)
    assert [str(f) for f in report] == []
    assert found is not None
    return found


def test_every_type_in_the_folder_is_registered_once():
    defined = set()
    for module in pkgutil.iter_modules(course.questions.__path__):
        loaded = importlib.import_module(f"course.questions.{module.name}")
        for _, thing in inspect.getmembers(loaded, inspect.isclass):
            if issubclass(thing, QuestionType) and not inspect.isabstract(thing) and thing.__module__ == loaded.__name__:
                defined.add(thing)
    listed = [type(kind).__name__ for kind in TYPES]
    assert_listed((k.__name__ for k in defined), listed, "course/questions", "`TYPES` in course/questions/registry.py")
    assert len({kind.name for kind in TYPES}) == len(TYPES), "two question types have the same `name`"


@every_type
def test_a_type_documents_itself(kind):
    said = len(kind.__doc__ or "")
    assert said > 80, f"the docstring of `{kind.name}` is its text in docs/authoring.md: say what it asks, and how it is scored"
    assert kind.title, f"`{kind.name}` needs a `title`, which authors and learners read"
    bare = [name for name, field in kind.fields.items() if not field.doc]
    assert not bare, f"say in `fields` of `{kind.name}` what {', '.join(bare)} means"


@every_type
def test_the_example_loads_and_its_own_tests_hold(kind):
    found = example(kind)
    assert found.type == kind.name
    assert found.tests
    assert list(failing_tests(found)) == []


@keyed_types
def test_the_key_scores_1(kind):
    found = example(kind)
    assert (grade(found, kind.key(found.body)).score, grade(found, kind.key(found.body)).state) == (1, State.RIGHT)


@keyed_types
def test_the_samples_are_what_they_say(kind):
    found = example(kind)
    samples = kind.sample(found.body)
    assert samples.right
    assert samples.wrong
    assert samples.invalid
    assert {grade(found, r).score for r in samples.right} == {1}
    assert all(0 < grade(found, r).score < 1 and grade(found, r).state is State.PARTIAL for r in samples.partial)
    assert all(grade(found, r).score <= 0 and grade(found, r).state is State.WRONG for r in samples.wrong)


@every_type
def test_an_invalid_answer_is_told_what_to_mend(kind):
    found = example(kind)
    for response in kind.sample(found.body).invalid:
        graded = grade(found, response)
        assert (graded.state, graded.score) == (State.INVALID, 0), response
        assert graded.reason.endswith(".")


@every_type
@pytest.mark.parametrize("blank", [None, "", "  ", [], {}])
def test_a_blank_answer_is_omitted(kind, blank):
    graded = grade(example(kind), blank)
    assert (graded.score, graded.state) == (0, State.OMITTED)


def shaped_like(key):
    """JSON that resembles an answer: the same shape with other values, or anything."""
    if isinstance(key, dict):
        return st.dictionaries(
            st.sampled_from(sorted(key)) | st.text(max_size=3), st.one_of(*(shaped_like(v) for v in key.values())) | json_values
        )
    if isinstance(key, list):
        return st.lists(st.sampled_from(key) | json_values, max_size=len(key) + 1)
    return st.just(key) | json_values


@every_type
@settings(max_examples=100)
@given(data=st.data())
def test_any_json_is_graded_without_raising(kind, data):
    found = example(kind)
    response = data.draw(shaped_like(kind.key(found.body)) | json_values)
    graded = grade(found, response)
    kind.comments(found.body, response)
    kind.review(found.body, response, reveal_key=True)
    kind.review(found.body, response, reveal_key=False)
    kind.chosen(found.body, response)
    if graded.score is None:
        assert graded.state in (State.MANUAL, State.RECORDED)
        return
    assert -1 <= graded.score <= 1
    allowed = {State.RIGHT} if graded.score == 1 else {State.PARTIAL} if graded.score > 0 else {State.WRONG, State.OMITTED, State.INVALID}
    assert graded.state in allowed
    assert (graded.state is State.INVALID) == bool(graded.reason)
    if is_blank(response):
        assert graded.state is State.OMITTED


@every_type
def test_a_stored_question_grades_the_same(kind):
    found = example(kind)
    again = restore(found.canonical)
    assert again.version == found.version
    samples = kind.sample(found.body)
    for response in (*samples.right, *samples.partial, *samples.wrong, *samples.invalid):
        assert grade(again, response) == grade(found, response)


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind.name != "ordering"], ids=lambda kind: kind.name)
def test_the_order_of_options_does_not_change_a_score(kind):
    found = example(kind)
    turned = restore({key: turn(value) for key, value in found.canonical.items()})
    samples = kind.sample(found.body)
    for response in (*samples.right, *samples.partial, *samples.wrong):
        assert grade(turned, response) == grade(found, response)


def turn(value):
    """Lists of things with ids, the other way round, at any depth."""
    if isinstance(value, dict):
        return {key: turn(inner) for key, inner in value.items()}
    if isinstance(value, list) and value and all(isinstance(v, dict) and "id" in v for v in value):
        return [turn(v) for v in reversed(value)]
    return value


@keyed_types
def test_a_review_without_the_key_marks_none(kind):
    found = example(kind)
    for response in (*kind.sample(found.body).wrong, *kind.sample(found.body).partial, None):
        shown = kind.review(found.body, response, reveal_key=False)
        assert not any(line.key or line.right for line in shown)
        assert len(kind.review(found.body, response, reveal_key=True)) >= len(shown)


@every_type
def test_controls_name_each_value_once_and_hold_known_options(kind):
    found = example(kind)
    controls = kind.controls(found.body)
    assert len({control.name for control in controls}) == len(controls)
    assert all(control.label for control in controls)
    for control in controls:
        if isinstance(control, ChooseOne | ChooseMany | Pick):
            assert len({option.id for option in control.options}) == len(control.options) > 1


@every_type
def test_lines_and_controls_are_plain_data(kind):
    found = example(kind)
    for line in kind.review(found.body, kind.key(found.body), reveal_key=True):
        assert replace(line) == line
        assert all(isinstance(value, str | bool | State | None) for value in asdict(line).values())
