"""The pages of a class, drawn for each role: what opens, what is offered, what is done from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from course.access.roles import CohortRole
from course.bootstrap import Process, build
from course.services.demo import Filled
from course.services.people.accounts import Credentials
from course.storage.stores.cohorts import Cohort, Member
from course.ui.pages import PAGES as ALL_PAGES
from tests.ui.drawing import draw

NOBODY_HERE = "There is no such page"
PAGES = ("teach", "assign", "assignment", "gradebook", "learner")
OPEN_TO = {"instructor": set(PAGES), "lead": set(PAGES) - {"assign"}, "learner": set(), "other": set()}


@dataclass
class ClassRoom:
    process: Process
    made: Filled
    people: dict[str, str]
    assignment: str

    def draw(self, page: str, role: str, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
        asked = {"c": self.made.cohort, "a": self.assignment, "l": self.made.learner, **query}
        return draw(self.process, self.people[role], page, monkeypatch, **asked)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassRoom]:
    process = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("room"))})
    process.prepare()
    made = process.demo.fill(6, 1)
    lead, other = (process.people.sign_up(None, Credentials(n, "seven green umbrellas"), n[0] * 43).id for n in ("lea", "oda"))
    with process.storage.write() as tx:
        tx.memberships.put(Member(made.cohort, lead, CohortRole.LEAD, process.clock()))
    elsewhere = process.people.sign_up(None, Credentials("eve", "seven green umbrellas"), "v" * 43).id
    with process.storage.write() as tx:
        tx.cohorts.add(Cohort("elsewhere", "A class elsewhere", process.clock()))
        tx.cohorts.add(Cohort("elsewhere-too", "Another class elsewhere", process.clock()))
        tx.memberships.put(Member("elsewhere", elsewhere, CohortRole.INSTRUCTOR, process.clock()))
        tx.memberships.put(Member("elsewhere-too", elsewhere, CohortRole.LEAD, process.clock()))
    people = {"instructor": made.instructor, "lead": lead, "learner": made.learner, "other": other, "elsewhere": elsewhere}
    assignment = process.classes.cohort(made.instructor, made.cohort).lines[1].assignment.id
    yield ClassRoom(process, made, people, assignment)
    process.storage.close()


def text(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", OPEN_TO)
def test_a_page_opens_to_its_roles_and_to_the_others_does_not_exist(
    room: ClassRoom, monkeypatch: pytest.MonkeyPatch, page: str, role: str
) -> None:
    app = room.draw(page, role, monkeypatch)
    opened = NOBODY_HERE not in text(app) and "Not open to you" not in text(app)
    assert opened == (page in OPEN_TO[role])
    if not opened:
        assert not app.button
        assert "Demo cohort" not in text(app)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_of_the_class_does_not_exist(room: ClassRoom, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    for query in ({"c": "none"}, {"a": "none", "l": "none"}):
        app = room.draw(page, "instructor", monkeypatch, **query)
        if "c" in query or page in ("assign", "assignment", "learner"):
            assert NOBODY_HERE in text(app), query


def test_a_lead_reads_and_changes_nothing(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in OPEN_TO["lead"]:
        assert [b.key for b in room.draw(page, "lead", monkeypatch).button] == [], page


def test_an_assignment_is_made_from_the_form_and_a_mistake_is_said(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    app = room.draw("assign", "instructor", monkeypatch, a="")
    app.text_input[0].set_value("Extra week")
    app.button[0].click().run()
    assert [e.value for e in app.error] == ["Choose at least one module or quiz."]
    due = next(t for t in app.text_input if t.label == "Due")
    due.set_value("tomorrow")
    app.button[0].click().run()
    assert [e.value for e in app.error] == ["The due date is `tomorrow`; write it like 2026-11-30 21:00."]


def test_a_grade_is_changed_on_the_page(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    app = room.draw("gradebook", "instructor", monkeypatch)
    app.text_input(key="change_share").set_value("85")
    app.button(key="change_now").click().run()
    assert [e.value for e in app.error] == ["Say why; the reason is kept with the change."]
    app.text_input(key="change_share").set_value("85")
    app.text_input(key="change_reason").set_value("Spoken exam")
    app.button(key="change_now").click().run()
    assert "is changed" in app.success[0].value
    assert "85*" in text(app)
    assert "Spoken exam" in text(app)


def test_names_are_never_markup(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    with room.process.storage.write() as tx:
        member = tx.memberships.get(room.made.cohort, room.made.learner)
        assert member is not None
        tx.memberships.put(Member(room.made.cohort, room.made.learner, CohortRole.LEARNER, member.since, listed="<b>Bo</b>"))
    for page in ("assignment", "gradebook", "learner"):
        shown = text(room.draw(page, "instructor", monkeypatch))
        assert "<b>Bo" not in shown
        assert "&lt;b&gt;Bo" in shown, page


EVERY_PAGE = tuple(spec.url for spec in ALL_PAGES)


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_the_ids_of_another_class_open_nothing_on_any_page(room: ClassRoom, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    """Somebody with a class of their own, so that the pages of a class are open to them, who knows every id of the other one."""
    view = room.process.classes.gradebook(room.made.instructor, room.made.cohort)
    with room.process.storage.read() as tx:
        attempt = next(a for row in view.rows for a in tx.attempts.of_learner(row.learner))
        title = room.process.classes.assignment(room.made.instructor, room.made.cohort, room.assignment).title
    forged = {"q": attempt.quiz, "quiz": attempt.quiz, "o": "channel-block", "group": "g", "other": room.made.cohort, "m": "pharmacology"}
    ids = {"a": str(attempt.id)} if page == "result" else {}
    app = room.draw(page, "elsewhere", monkeypatch, **forged, **ids)
    shown = text(app) + " ".join(str(e.value) for kind in ("markdown", "caption", "code", "text_input", "selectbox") for e in app.get(kind))
    secret = {row.name for row in view.rows} | {view.title} | ({title} if page in PAGES else set())
    assert not [word for word in secret if word in shown]
