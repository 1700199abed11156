"""The pages of a class, drawn for each role: what opens, what is offered, what is done from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from course.access.assignments import Assignment, Item, ItemKind, Late, LateKind, Target, TargetKind
from course.access.roles import CohortRole
from course.analytics.gradebook import Scale
from course.bootstrap import Process, build
from course.errors import Refused
from course.services.demo import Filled
from course.services.people.accounts import Credentials
from course.services.teach.class_book import EXEMPT
from course.services.teach.following import Follower
from course.storage.stores.cohorts import Cohort, Member
from course.storage.stores.gradebook import GradebookStore
from course.ui.pages import PAGES as ALL_PAGES
from course.ui.pages.instructor import moments
from course.ui.visit import Visit
from tests.ui.drawing import draw, text

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


def clock(shown: str) -> datetime:
    """What a clock on a wall shows, as a date field holds it."""
    return datetime.fromisoformat(shown)


def plain(app: AppTest) -> list[str]:
    """What was done, as it is read."""
    return [m.value.replace("\\", "") for m in app.success]


def follow(room: ClassRoom) -> tuple[Follower, ...]:
    return room.process.classes.follow(room.made.instructor, room.made.cohort, room.assignment).followers


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


def test_an_assignment_is_made_and_said_and_a_mistake_is_named_at_once(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[tuple[str, str]] = []
    monkeypatch.setattr(Visit, "go", lambda self, page, **query: went.append((page, query["c"])))
    app = room.draw("assign", "instructor", monkeypatch, a="")
    app.text_input(key="assign_title_").set_value("Extra week")
    app.button(key="assign_save").click().run()
    assert [e.value for e in app.error] == ["Choose at least one module or quiz."]
    app.multiselect[0].set_value([Item(ItemKind.MODULE, room.process.catalogue().course.modules[0].id)])
    app.datetime_input(key="assign_opens_").set_value(clock("2031-03-08 09:00"))
    app.datetime_input(key="assign_due_").set_value(clock("2031-03-07 21:00"))
    app.datetime_input(key="assign_closes_").set_value(clock("2031-03-06 21:00")).run()
    for sentence in ("It would be due before it opens.", "It would close before it opens.", "It would close before it is due."):
        assert sentence in text(app)
    app.datetime_input(key="assign_opens_").set_value(None)
    app.datetime_input(key="assign_closes_").set_value(None)
    app.button(key="assign_save").click().run()
    assert not app.error
    assert went == [("teach", room.made.cohort)]
    told = app.session_state["kept_done_sentence"]
    assert told.sentence == "“Extra week” is assigned to everybody (6 learners). It is due Fri 7 Mar 2031, 21:00 (UTC)."
    made = next(w.query["a"] for w in told.ways if w.page == "assignment")
    assert room.process.classes.assignment(room.made.instructor, room.made.cohort, made).due == datetime(2031, 3, 7, 21, 0, tzinfo=UTC)
    room.process.classes.withdraw(room.made.instructor, room.made.cohort, made)


def test_an_announcement_is_edited_in_its_place(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    service, who, here = room.process.classes, room.made.instructor, room.made.cohort
    number = service.announce(who, here, "Room", "Room 4")
    app = room.draw("teach", "instructor", monkeypatch)
    app.button(key=f"edit_announcement_{number}").click().run()
    assert app.text_input(key=f"edited_{number}_title").value == "Room"
    assert "announce_title" not in {field.key for field in app.text_input}, "one form at a time"
    app.text_area(key=f"edited_{number}_body").set_value("Room 5")
    app.button(key=f"edited_{number}_save").click().run()
    assert plain(app) == ["“Room” is changed: it stands on the start page of 6 learners, until you take it down."]
    assert next(a.body for a in service.announced(who, here) if a.id == number) == "Room 5"
    assert "Room 5" in text(app)
    assert "announce_title" in {field.key for field in app.text_input}
    app.button(key=f"edit_announcement_{number}").click().run()
    app.button(key=f"edited_{number}_leave").click().run()
    assert f"edit_announcement_{number}" in [b.key for b in app.button]
    service.take_down(who, here, number)


def test_the_audit_says_an_assignment_in_the_words_of_its_page(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    service, who, here = room.process.classes, room.made.instructor, room.made.cohort
    module = room.process.catalogue().course.modules[0]
    plain_one = Assignment("", here, "Told week", (Item(ItemKind.MODULE, module.id),))
    one = service.assign(who, plain_one)
    due, late = datetime(2031, 3, 7, 21, 0, tzinfo=UTC), Late(LateKind.PENALTY, 0.1, 0.5)
    before = service.assignment(who, here, one)
    service.save(who, replace(before, due=due, late=late, pass_mark=0.5, targets=(Target(TargetKind.PERSON, room.made.learner),)))
    service.save(who, replace(before, due=due, late=late, weight=2.0))
    lines = text(room.draw("audit", "instructor", monkeypatch))
    assert f">title: “Told week”; what: Module 1: {escape(module.title)}; for: everybody</td>" in lines
    assert (
        "due: no date to Fri 7 Mar 2031, 21:00 (UTC); late work: taken, at no cost to taken, less 10 % for each begun day, at least 50 %"
        in lines
    )
    name = next(f.name for f in follow(room) if f.learner == room.made.learner)
    assert f"for: everybody to {name};" in lines
    assert f"for: {name} to everybody; pass mark: 50 % to as the quiz has it; weight: 1 to 2</td>" in lines
    service.withdraw(who, here, one)
    assert "withdrawn: no to yes" in text(room.draw("audit", "instructor", monkeypatch))


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    assert moments.meant(clock("2027-03-28 03:30"), "Europe/Berlin", "The close") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    with pytest.raises(Refused, match="The close is at 02:30 on 2027-03-28, an hour that the clocks of Europe/Berlin skip"):
        moments.meant(clock("2027-03-28 02:30"), "Europe/Berlin", "The close")


def test_an_extension_names_whom_it_was_given_and_is_taken_back(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    app = room.draw("assignment", "instructor", monkeypatch)
    app.multiselect(key="allow_who").set_value([room.made.learner])
    app.button(key="allow_extend").click().run()
    assert [e.value for e in app.error] == ["Choose a new due date, a new close, or more attempts."]
    app.datetime_input(key="allow_due").set_value(clock("2031-03-07 21:00"))
    app.button(key="allow_extend").click().run()
    name = next(f.name for f in follow(room) if f.learner == room.made.learner)
    assert plain(app) == [f"1 extension given to {name}: due Fri 7 Mar 2031, 21:00."]
    app.button(key="allow_back").click().run()
    assert plain(app) == [f"1 extension taken back: {name}."]
    app.selectbox(key="allow_part").set_value("Everybody").run()
    app.button(key="allow_exempt").click().run()
    assert all(f.state == EXEMPT for f in follow(room))
    app.button(key="allow_count").click().run()
    assert plain(app)[0].startswith("It counts again for 6 learners: ")
    assert not any(f.state == EXEMPT for f in follow(room))


def test_a_reminder_is_offered_for_what_is_open_and_for_what_is_shut(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    open_now = next(
        line.assignment.id
        for line in room.process.classes.cohort(room.made.instructor, room.made.cohort).lines[::-1]
        if line.late and line.assignment.closes and line.assignment.closes > room.process.clock()
    )
    for one, shut in ((room.assignment, True), (open_now, False)):
        app = room.draw("assignment", "instructor", monkeypatch, a=one)
        app.selectbox(key="nudge_whom").set_value("Everybody").run()
        assert not app.exception
        assert ("it is closed: give an extension first" in text(app)) is shut
        assert "Open it in your mail program" in text(app)
        assert "It was due on" in app.code[0].value


def test_what_is_withdrawn_is_asked_for_first_and_comes_back(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(Visit, "go", lambda self, page, **query: went.append(page))
    before = room.process.classes.cohort(room.made.instructor, room.made.cohort).lines
    app = room.draw("assignment", "instructor", monkeypatch)
    app.button(key="withdraw").click().run()
    assert "leaves their list and the gradebook" in text(app)
    app.button(key="withdraw_no").click().run()
    app.button(key="withdraw").click().run()
    app.button(key="withdraw_yes").click().run()
    assert went == ["teach"]
    app = room.draw("teach", "instructor", monkeypatch)
    app.button(key="bring_back").click().run()
    assert "is handed out again" in plain(app)[0]
    assert room.process.classes.cohort(room.made.instructor, room.made.cohort).lines == before


def test_grades_of_ones_own_are_previewed_and_saved(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    app = room.draw("gradebook", "instructor", monkeypatch)
    app.selectbox(key="set_scale").set_value("Grades of your own").run()
    app.number_input(key="set_steps").set_value(2).run()
    app.text_input(key="set_label_0").set_value("distinction")
    app.number_input(key="set_least_0").set_value(50.0)
    app.text_input(key="set_label_1").set_value("pass")
    app.number_input(key="set_least_1").set_value(60.0).run()
    assert [e.value for e in app.error] == ["The steps of the scale must fall, the best first."]
    app.number_input(key="set_least_1").set_value(0.0).run()
    assert not app.error
    assert "distinction" in text(app)
    app.button(key="set_save").click().run()
    view = room.process.classes.gradebook(room.made.instructor, room.made.cohort)
    assert view.settings.scale == Scale((("distinction", 0.5), ("pass", 0.0)), "fail")
    assert {row.label for row in view.rows if row.total is not None} == {
        "distinction" if row.total >= 0.5 else "pass" for row in view.rows if row.total is not None
    }


def test_the_gradebook_page_reads_the_work_of_the_class_once(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is nearly all that the page of a large class costs."""
    reads = list[str]()
    work = GradebookStore.work

    def counted(store: GradebookStore, cohort: str, *rest: Mapping[str, int]) -> list[Sequence[float | None]]:
        reads.append(cohort)
        return work(store, cohort, *rest)

    monkeypatch.setattr(GradebookStore, "work", counted)
    app = room.draw("gradebook", "instructor", monkeypatch)
    assert reads == [room.made.cohort]
    app.number_input(key="set_drop").set_value(1).run()
    assert len(reads) > 1, "who would get what under other settings is computed"


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
