"""Authors' slips, made by the hundred: reading reports them and never raises."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.diagnostics import Report
from course.questions import TYPES, grade, read_question, restore
from course.questions.nodes import NOWHERE, Entry, Mapped, Node, Scalar, Sequence
from tests.unit.questions.authored import node

scalars = st.builds(
    Scalar,
    st.sampled_from(["", "no", "true", "1e3", "-1", ".nan", "a", "{{x}}", "[[a]]", "("]) | st.text(max_size=5),
    st.booleans(),
    st.just(NOWHERE),
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.builds(Sequence, st.lists(inner, max_size=3).map(tuple), st.just(NOWHERE))
        | st.builds(Mapped, st.lists(st.builds(Entry, scalars, inner), max_size=3).map(tuple), st.just(NOWHERE))
    ),
    max_leaves=5,
)


@st.composite
def mangled(draw: st.DrawFn, whole: Node) -> Node:
    """The node with one spot dropped, doubled or replaced by anything."""
    if isinstance(whole, Scalar) or not _children(whole) or draw(st.integers(0, 5)) == 0:
        return draw(anything)
    index = draw(st.integers(0, len(_children(whole)) - 1))
    way = draw(st.sampled_from(["drop", "double", "within", "within", "within"]))
    children = list(whole.items if isinstance(whole, Sequence) else whole.entries)
    if way == "drop":
        del children[index]
    elif way == "double":
        children.append(children[index])
    elif isinstance(whole, Sequence):
        children[index] = draw(mangled(children[index]))
    else:
        children[index] = Entry(children[index].key, draw(mangled(children[index].value)))
    return type(whole)(tuple(children), whole.place)


def _children(whole: Node) -> tuple[object, ...]:
    return whole.items if isinstance(whole, Sequence) else whole.entries if isinstance(whole, Mapped) else ()


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mangled_question_gives_findings_or_still_works(kind, data):
    whole = data.draw(mangled(node(kind.example)))
    report = Report()
    found = read_question(whole, report, strict=False)
    if found is None:
        assert report.errors
        return
    again = restore(found.canonical)
    key = type_of(found).key(found.body)
    assert again.version == found.version
    assert grade(again, key) == grade(found, key)
    assert type_of(found).sample(found.body)
    for response in (key, None, "x", {"a": "b"}):
        type_of(found).review(found.body, response, reveal_key=False)


def type_of(question):
    return next(kind for kind in TYPES if kind.name == question.type)
