"""Every kind of input, drawn and read back: what a learner gives through it is the response that the question grades."""

from __future__ import annotations

import inspect
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from course.questions import TYPES, Question, QuestionType, base, by_name, grade
from course.questions.base import Control, Figure, Json, LongText, State, is_blank
from course.ui.components import pictures
from course.ui.components.controls import DRAWN
from course.ui.components.controls.long_text import NOTICE, aim
from course.ui.components.controls.passage import literal
from course.ui.components.controls.slider import grid
from tests.contract.listing import assert_listed
from tests.ui.working import fill
from tests.unit.questions.authored import question

KEY = "q"
every_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
both_ways = pytest.mark.parametrize("buffered", [True, False], ids=["with-a-button", "at-once"])
UNKEYED: dict[str, Json] = {"likert": "2", "essay": "The channel must open.\n\nThen it is blocked."}
TWO_PARTS = """\
id: two
type: case
text: A fictional person.
parts:
  - {id: sort, type: ordering, stem: Which came first?, items: [{id: x, text: X}, {id: y, text: Y}, {id: z, text: Z}]}
  - {id: guess, type: prediction, stem: How many?, answer: 30, distance: {full: 1, none: 10}, range: [0, 100]}
  - {id: name, type: short_text, stem: What is it?, accept: [ketamine]}
  - id: gaps
    type: cloze
    stem: Fill it in.
    text: One [[a]] and one [[b]].
    gaps: {a: {type: short_text, accept: [this]}, b: {type: short_text, accept: [that]}}
"""


def asked(authored: str, buffered: bool, before: object) -> None:
    """A page with one question, as a notebook (buffered) or a quiz asks it."""
    import streamlit as st

    from course.services.study.asking import question_view
    from course.ui.components import controls
    from tests.unit.questions.authored import question

    view = question_view(question(authored), seed=7, shuffle=True, points=1, folder="")

    def keep() -> None:
        st.session_state["kept"] = controls.response(view.controls, asking)
        st.session_state["times"] = st.session_state.get("times", 0) + 1

    asking = controls.Asking("q", "What is asked", None if buffered else keep)
    stored = st.session_state.setdefault("kept", before)
    if st.checkbox("Show it", value=True, key="shown"):
        controls.draw_all(view.controls, stored, asking)
    if st.button("Check", key="check"):
        st.session_state["sent"] = controls.response(view.controls, asking)


def asked_with_each(authored: str, befores: tuple[object, ...]) -> None:
    """A page that asks one question once for each stored answer, and notes what a button would send."""
    import streamlit as st

    from course.services.study.asking import question_view
    from course.ui.components import controls
    from tests.unit.questions.authored import question

    view = question_view(question(authored), seed=7, shuffle=True, points=1, folder="")
    sent = []
    for number, before in enumerate(befores):
        st.session_state["drawing"] = before
        asking = controls.Asking(f"q{number}", "What is asked", None)
        controls.draw_all(view.controls, before, asking)
        sent.append(controls.response(view.controls, asking))
    st.session_state["sent"] = sent


def ask(authored: str, *, buffered: bool = True, before: Json = None) -> AppTest:
    return run(AppTest.from_function(asked, args=(authored, buffered, before), default_timeout=20))


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception[0].value
    return app


def sent(app: AppTest) -> Json:
    """The response that the button sends."""
    app.button(key="check").click()
    return run(app).session_state["sent"]


def kept(app: AppTest) -> Json:
    """What was stored at once, after the last change."""
    return app.session_state["kept"]


def key_of(kind: QuestionType[Any]) -> Json:
    return UNKEYED.get(kind.name) or kind.key(question(kind.example).body)


def give(app: AppTest, found: Question, response: Json) -> None:
    fill(app, by_name(found.type).controls(found.body), response, KEY)


def test_every_kind_of_input_is_drawn() -> None:
    kinds = {c for _, c in inspect.getmembers(base, inspect.isclass) if issubclass(c, Control) and c is not Control}
    bare = sorted(kind.__name__ for kind in kinds - set(DRAWN))
    assert not bare, f"nothing draws {', '.join(bare)}: add a line to `DRAWN` in course/ui/components/controls/__init__.py"
    assert len(set(DRAWN.values())) == len(kinds)


def test_every_file_of_an_input_is_in_the_registry() -> None:
    folder = Path(inspect.getfile(next(iter(DRAWN.values())))).parent
    files = {p.name for p in folder.glob("*.py") if "def draw(" in p.read_text(encoding="utf-8")}
    listed = {Path(inspect.getfile(module)).name for module in DRAWN.values()}
    assert_listed(files, listed, "course/ui/components/controls", "`DRAWN` in its __init__.py")


@every_type
@both_ways
def test_nothing_given_is_no_answer(kind: QuestionType[Any], buffered: bool) -> None:
    app = ask(kind.example, buffered=buffered)
    if kind.name == "ordering" and buffered:
        assert sorted(sent(app)) == sorted(key_of(kind)), "with a button, the order shown is what is sent"
    else:
        assert sent(app) is None
    assert kept(app) is None


@every_type
@both_ways
def test_the_key_given_through_the_inputs_is_right(kind: QuestionType[Any], buffered: bool) -> None:
    found, response = question(kind.example), key_of(kind)
    app = ask(kind.example, buffered=buffered)
    give(app, found, response)
    given = sent(app)
    graded = grade(found, given)
    if kind.name in UNKEYED:
        assert (given, graded.state) == (response, State.RECORDED if kind.name == "likert" else State.MANUAL)
    else:
        assert (graded.score, graded.state) == (1, State.RIGHT), given
    assert kept(app) == (None if buffered else given)


@every_type
def test_an_answer_is_found_again(kind: QuestionType[Any]) -> None:
    app = ask(kind.example)
    give(app, question(kind.example), key_of(kind))
    given = sent(app)
    assert sent(ask(kind.example, before=given)) == given
    assert sent(ask(kind.example, buffered=False, before=given)) == given


@every_type
def test_an_answer_that_fits_no_input_is_not_drawn(kind: QuestionType[Any]) -> None:
    found = question(kind.example)
    broken = (*kind.sample(found.body).invalid, {"no-such-part!": 1}, [None], [[]])
    app = AppTest.from_function(asked_with_each, args=(kind.example, broken), default_timeout=20)
    for _ in range(2):  # drawn, and drawn again with what the inputs hold then
        app.run()
        assert not app.exception, (app.session_state["drawing"], app.exception[0].value)
    assert len(app.session_state["sent"]) == len(broken)
    for before, again in zip(broken, app.session_state["sent"], strict=True):
        assert is_blank(again) or again == before or grade(found, again).state is not State.RIGHT, before


@every_type
def test_a_change_is_told_when_made_and_not_when_drawn_again(kind: QuestionType[Any]) -> None:
    found, response = question(kind.example), key_of(kind)
    app = ask(kind.example, buffered=False)
    first = _first_change(response)
    give(app, found, first)
    assert app.session_state["times"] >= 1
    before = app.session_state["times"]
    run(app)
    assert app.session_state["times"] == before


@pytest.mark.parametrize("name", ["ordering", "prediction", "hotspot"])
def test_an_input_drawn_afresh_forgets_what_was_given_before(name: str) -> None:
    kind = by_name(name)
    app = ask(kind.example)
    at_first = sent(app)
    give(app, question(kind.example), key_of(kind))
    assert sent(app) not in (None, at_first)
    for shown in (False, True):
        app.checkbox(key="shown").set_value(shown)
        run(app)
    assert sent(app) == at_first


def test_a_slider_nobody_moved_is_no_answer_until_it_is_kept() -> None:
    app = ask(by_name("prediction").example, buffered=False)
    assert app.slider(key="q_0").value == 200
    assert kept(app) is None
    app.button(key="q_0_keep").click()
    assert kept(run(app)) == 200
    assert not [b for b in app.button if b.key == "q_0_keep"]


def test_a_slider_moved_back_to_where_it_stood_is_an_answer() -> None:
    app = ask(by_name("prediction").example, buffered=False)
    for value in (201, 200):
        app.slider(key="q_0").set_value(value)
        run(app)
    assert kept(app) == 200


def test_an_order_nobody_moved_is_no_answer_until_it_is_kept() -> None:
    app = ask(by_name("ordering").example, buffered=False)
    shown = list(app.session_state["q_0"])
    app.button(key="q_0_keep").click()
    assert kept(run(app)) == shown


def test_an_answer_that_is_taken_back_is_none() -> None:
    app = ask(by_name("short_text").example, buffered=False)
    app.text_input(key="q_0").set_value("ketamine").run()
    app.text_input(key="q_0").set_value("  ").run()
    assert (kept(app), app.session_state["times"]) == (None, 2)


def test_parts_and_gaps_left_alone_are_left_out() -> None:
    app = ask(TWO_PARTS, buffered=False)
    app.text_input(key="q_2_0").set_value("Ketamine").run()
    assert kept(app) == {"name": "Ketamine"}
    app.text_input(key="q_3_0_1").set_value("that").run()
    assert kept(app) == {"name": "Ketamine", "gaps": {"b": "that"}}
    give(app, question(TWO_PARTS), by_name("case").key(question(TWO_PARTS).body))
    assert grade(question(TWO_PARTS), kept(app)).score == 1


def test_an_order_inside_a_case_does_not_begin_with_its_key() -> None:
    assert list(ask(TWO_PARTS).session_state["q_0_0"]) != ["x", "y", "z"]


def test_a_case_tells_its_story_before_it_asks() -> None:
    app = ask(by_name("case").example)
    assert "Robin is a fictional person of 24." in app.markdown[0].value
    assert "Part 1" in " ".join(h.proto.body for h in app.get("html"))


def test_a_gap_shows_its_number_and_what_was_put_in_it() -> None:
    app = ask(by_name("cloze").example, buffered=False)
    app.text_input(key="q_0_0").set_value("*GABA*").run()
    assert (
        ":blue-background[Gap\N{NO-BREAK SPACE}1: \\*GABA\\*] receptor in its :blue-background[Gap\N{NO-BREAK SPACE}2]"
        in app.markdown[0].value
    )
    assert [i.label for i in app.text_input] == ["Gap 1", "Gap 3, in h"]


def test_an_essay_says_who_reads_it() -> None:
    app = ask(by_name("essay").example)
    assert NOTICE in " ".join(h.proto.body for h in app.get("html"))
    assert "your own use" in NOTICE
    assert "Help" in NOTICE


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(0, 0, ""), (30, 0, "write 30 or more"), (0, 200, "write 200 or fewer"), (30, 200, "write 30 to 200")],
)
def test_it_says_how_much_to_write(least: int, most: int, words: str) -> None:
    assert aim(LongText("", "Your answer", least, most)) == words


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_a_slider_has_places_enough_and_no_more(low: float, span: float) -> None:
    step, decimals = grid(low, low + span)
    assert 20 <= (low + span - low) / step <= 1001
    assert round(step, decimals) == pytest.approx(step)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(0, 400, (1, 0)), (0, 1, (0.005, 3)), (0, 100, (1, 0)), (0, 5000, (50, 0)), (0.5, 4, (0.02, 2))]
)
def test_a_slider_counts_in_round_steps(low: float, high: float, expected: tuple[float, int]) -> None:
    assert grid(low, high) == pytest.approx(expected)


@given(st.text(max_size=50))
def test_what_was_typed_is_shown_letter_by_letter(typed: str) -> None:
    from markdown_it import MarkdownIt

    shown = literal(typed)
    inner = MarkdownIt("commonmark").parseInline(shown)[0].children or []
    assert {token.type for token in inner} <= {"text", "text_special", "softbreak"}
    assert not any(one != "\\" and other in ":[]$*_`<>" for one, other in pairwise(f" {shown}") if other != "_")


@pytest.mark.parametrize(
    ("sent_point", "point"),
    [([400, 300], [400, 300]), ((0.5, 600), [0.5, 600]), ([-3, 900], [0, 600]), ([1], None), ("ab", None), ([True, 1], None), (None, None)],
)
def test_a_point_is_taken_only_on_the_figure(sent_point: Any, point: Any) -> None:
    assert pictures.on_figure(sent_point, Figure("f.svg", "A figure", 800, 600)) == point
    assert pictures.on_figure([float("nan"), 1], Figure("f.svg", "A figure", 800, 600)) is None


def test_only_a_picture_in_the_folder_is_shown(tmp_path: Path) -> None:
    folder = tmp_path / "module"
    folder.mkdir()
    (folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (folder / "notes.txt").write_text("no picture", encoding="utf-8")
    (tmp_path / "b.svg").write_text("<svg/>", encoding="utf-8")
    assert pictures.source(folder, "a.svg").startswith("data:image/svg+xml;base64,")
    assert [pictures.source(folder, src) for src in ("../b.svg", "notes.txt", "missing.png", "", str(tmp_path / "b.svg"))] == [""] * 5
    assert pictures.source(None, "a.svg") == ""


def test_an_edited_picture_is_read_again(tmp_path: Path) -> None:
    import os

    path = tmp_path / "a.svg"
    path.write_text("<svg/>", encoding="utf-8")
    before = pictures.source(tmp_path, "a.svg")
    path.write_text("<svg id='new'/>", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert pictures.source(tmp_path, "a.svg") != before


def test_a_picture_shows_the_mark_and_its_words(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg/>", encoding="utf-8")
    figure = Figure("a.svg", 'A "tract" & more', 800, 600)
    shown = pictures.markup(figure, tmp_path, [400, 150])
    assert 'style="left:50.00%;top:25.00%"' in shown
    assert "A &quot;tract&quot; &amp; more" in shown
    assert "k-pin" not in pictures.markup(figure, tmp_path)
    assert pictures.markup(figure, None, [1, 1]) == f"<p>{pictures.missing(figure)}</p>"


def _first_change(response: Json) -> Json:
    """The answer to the first part alone."""
    return dict(list(response.items())[:1]) if isinstance(response, dict) else response
