"""The preview as it is drawn: for teachers and authors everything, for learners a page that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from course.access.roles import Actor, SiteRole
from course.bootstrap import Process, build
from course.learning.outline import CellKind
from course.questions.base import State
from course.services.authoring import PREFIX, Tried
from course.services.people.accounts import Credentials
from course.ui.pages import PAGES
from course.ui.visit import Visit
from tests.ui.drawing import draw

SPEC = next(spec for spec in PAGES if spec.url == "preview")
QUESTION = "ph-site"
KEY = "Inside the channel, between gate and filter"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, dict[str, str]]]:
    process = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("preview"))})
    process.prepare()
    people = {
        name: process.people.sign_up(None, Credentials(name, "seven green umbrellas"), name.ljust(43, "x")).id for name in ("ann", "tess")
    }
    with process.storage.write() as tx:
        tx.roles.grant(people["tess"], SiteRole.TEACHER, process.clock())
    yield process, people
    process.storage.close()


def words(app: AppTest) -> str:
    """Everything the page sends, as far as it is text."""
    return "\n".join(
        [
            *(h.proto.body for h in app.get("html")),
            *(m.value for m in app.markdown),
            *(c.value for c in app.caption),
            *(b.label for b in app.button),
        ]
    )


@pytest.mark.parametrize("query", [{}, {"question": QUESTION}, {"module": "pharmacology"}, {"quiz": "pharmacology", "moment": "passed"}])
def test_to_a_learner_there_is_no_such_page(
    hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch, query: dict[str, str]
) -> None:
    process, people = hall
    text = words(draw(process, people["ann"], "preview", monkeypatch, **query))
    assert "There is no such page" in text
    assert KEY not in text


def test_a_page_that_is_reached_all_the_same_is_refused_by_its_service(
    hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    process, people = hall
    monkeypatch.setattr(type(SPEC), "opens_to", lambda *_, **__: True)
    text = words(draw(process, people["ann"], "preview", monkeypatch, question=QUESTION, state="right"))
    assert "There is no such page" in text
    assert KEY not in text


def test_a_teacher_chooses_from_the_whole_course(hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    process, people = hall
    text = words(draw(process, people["tess"], "preview", monkeypatch))
    for module in process.catalogue().course.modules:
        assert f"preview?module={module.id}" in text
    for quiz in process.catalogue().course.quizzes:
        assert f"preview?quiz={quiz}" in text
    assert "Look now" in text


@pytest.mark.parametrize(
    ("state", "said"),
    [("", "Check the answer"), ("right", "Yes. It lay in the central cavity"), ("wrong", "Not quite."), ("invalid", "made up by its type")],
)
def test_a_question_is_drawn_in_every_state(
    hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch, state: str, said: str
) -> None:
    process, people = hall
    text = words(draw(process, people["tess"], "preview", monkeypatch, question=QUESTION, state=state))
    assert said.lower() in text.lower()
    assert "quizzes/pharmacology.yaml:" in text
    assert "references?key=zhang2021" in text


def test_an_answer_can_be_tried_out(hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    process, people = hall
    app = draw(process, people["tess"], "preview", monkeypatch, question=QUESTION)
    app.button(key="preview_check").click().run()
    assert [w.value for w in app.warning] == ["Choose or write an answer first."]
    app.radio[0].set_value("glutamate-site").run()
    app.button(key="preview_check").click().run()
    assert not app.exception, app.exception
    assert "Tried out here, score 0" in words(app)


def test_one_question_of_every_type_is_drawn(hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    process, people = hall
    by_type = {question.type: question.id for question in process.catalogue().questions.values()}
    for question in by_type.values():
        draw(process, people["tess"], "preview", monkeypatch, question=question, state="wrong")


@pytest.mark.parametrize("state", ["fresh", "right"])
def test_a_module_has_all_its_cells_open_and_their_lines_beside_them(
    hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    process, people = hall
    module = process.catalogue().course.modules[0]
    monkeypatch.setattr("course.ui.components.browser.go_to", lambda *_, **__: None)
    text = words(draw(process, people["tess"], "preview", monkeypatch, module=module.id, state=state))
    for cell in module.cells:
        assert (f"{cell.place.path}:{cell.place.line}" in text) is not cell.clinician
        if cell.question and not cell.clinician:
            assert f"preview?question={cell.question}" in text


def test_a_figure_is_drawn_where_the_author_is_or_when_it_is_asked_for(
    hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    process, people = hall
    monkeypatch.setattr("course.ui.components.browser.go_to", lambda *_, **__: None)
    module = process.catalogue().course.modules[0]
    figures = [cell for cell in module.cells if cell.kind is CellKind.FIGURE and cell.figure and not cell.clinician]
    app = draw(process, people["tess"], "preview", monkeypatch, module=module.id)
    assert len(app.get("plotly_chart")) == 0
    assert [b.label for b in app.button if b.label == "Draw this figure"] == ["Draw this figure"] * len(figures)
    assert figures[0].figure is not None
    assert figures[0].figure.alt in words(app).replace("&#x27;", "'")
    next(b for b in app.button if b.label == "Draw this figure").click().run()
    assert len(app.get("plotly_chart")) == 1
    near = draw(process, people["tess"], "preview", monkeypatch, module=module.id, cell=figures[-1].id)
    assert len(near.get("plotly_chart")) == 1


def test_a_link_that_was_clicked_leads_on_without_a_reload(hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser says where the link leads; the next run goes there, once."""
    process, people = hall
    went: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(Visit, "go", lambda self, page, **query: went.append((page, query)))
    app = draw(process, people["tess"], "preview", monkeypatch)
    app.session_state["kept_preview_asked_for"] = {"question": QUESTION, "state": "right"}
    app.run()
    app.run()
    assert went == [("preview", {"question": QUESTION, "state": "right"})]


def test_a_result_is_drawn_as_of_its_moment(hall: tuple[Process, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    process, people = hall
    failed = words(draw(process, people["tess"], "preview", monkeypatch, quiz="pharmacology", moment="not-passed"))
    passed = words(draw(process, people["tess"], "preview", monkeypatch, quiz="pharmacology", moment="passed"))
    assert "Not passed yet" in failed
    assert "the answer</em>" not in failed
    assert "You passed" in passed
    assert "the answer</em>" in passed


def test_authors_need_no_account_and_learners_of_the_same_course_see_no_menu() -> None:
    nobody = Actor()
    assert SPEC.opens_to(nobody, author=True)
    assert not SPEC.opens_to(nobody)
    assert not any(spec.opens_to(nobody, author=True) for spec in PAGES if spec.actions and spec.url != "preview")


def test_a_case_is_rehearsed_stage_by_stage(hall: tuple[Process, dict[str, str]]) -> None:
    process, people = hall
    module = process.catalogue().module("pharmacology")
    assert module is not None
    cell = next(c for c in module.cells if c.kind is CellKind.CASE)
    question = process.catalogue().questions[cell.question or ""]
    tried = Tried()
    rehearsal = process.authoring.rehearsal(people["tess"], tried)
    for number, part in enumerate(question.body.parts):
        rehearsal.answer_stage("", module.id, cell.id, part.id, part.kind.key(part.body))
        assert len(tried.steps.get(question.id, {})) == (number + 1) % len(question.body.parts)
    view = rehearsal.module(None, module.id, clinician=False)
    practice = next(c.practice for c in view.cells if c.cell.id == f"{PREFIX}{cell.id}")
    assert practice is not None
    assert practice.review is not None
    assert practice.review.state is State.RIGHT
