"""The pages on which people mark and correct, drawn for each role: what opens, what is offered, what is done from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from course.access.roles import CohortRole, SiteRole
from course.bootstrap import Process, build
from course.learning.attempts import AttemptState
from course.services.demo import Filled
from course.services.people.accounts import Credentials
from course.storage.stores.cohorts import Member
from course.ui.pages import PAGES as ALL
from tests.ui.drawing import draw, text
from tests.ui.written import ANSWER, content, write

NOBODY_HERE = "There is no such page"
PAGES = ("marking", "mark", "corrections", "attempt")
OPEN_TO: dict[str, set[str]] = {
    "instructor": set(PAGES),
    "second": set(PAGES),
    "lead": {"attempt"},
    "learner": set(),
    "other": set(),
    "admin": {"corrections"},
}


@dataclass
class Desk:
    """A demo class with three essays in it, two instructors, a lead and an admin; `attempts` are those of the essays."""

    process: Process
    made: Filled
    people: dict[str, str]
    attempts: list[int]

    def draw(self, page: str, role: str, monkeypatch: pytest.MonkeyPatch, number: int = 0, **query: str) -> AppTest:
        asked = {"c": self.made.cohort, "a": str(self.attempts[number]), "n": "1", **query}
        return draw(self.process, self.people[role], page, monkeypatch, **asked)

    def state(self, number: int) -> AttemptState:
        with self.process.storage.read() as tx:
            found = tx.attempts.get(self.attempts[number])
        assert found is not None
        return found.state


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    process = build({"COURSE_DATA_DIR": str(folder / "data"), "COURSE_CONTENT": str(content(folder / "content"))})
    process.prepare()
    made = process.demo.fill(5, 1)
    people = {
        name: process.people.sign_up(None, Credentials(name, "seven green umbrellas", name.title()), name[0] * 43).id
        for name in ("lead", "second", "other", "admin")
    }
    with process.storage.write() as tx:
        for name, role in (("lead", CohortRole.LEAD), ("second", CohortRole.INSTRUCTOR)):
            tx.memberships.put(Member(made.cohort, people[name], role, process.clock()))
        tx.roles.grant(people["admin"], SiteRole.ADMIN, process.clock())
    people |= {"instructor": made.instructor, "learner": made.learner}
    rows = process.classes.gradebook(made.instructor, made.cohort).rows
    learners = [made.learner, *(r.learner for r in rows if r.learner != made.learner)][:3]
    attempts = []
    for learner in learners:
        attempts.append(process.study.start(learner, "written", "k"))
        process.study.save(learner, attempts[-1], 1, ANSWER)
        process.study.save(learner, attempts[-1], 2, "false")
        process.study.submit(learner, attempts[-1], "s")
    yield Desk(process, made, people, attempts)
    process.storage.close()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", OPEN_TO)
def test_a_page_opens_to_its_roles_and_to_the_others_does_not_exist(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, page: str, role: str
) -> None:
    app = desk.draw(page, role, monkeypatch)
    opened = NOBODY_HERE not in text(app) and "Not open to you" not in text(app)
    assert opened == (page in OPEN_TO[role])
    if not opened:
        assert not app.button
        assert "Demo cohort" not in text(app)


def test_the_menu_names_them_to_whoever_may(desk: Desk) -> None:
    def named(role: str) -> set[str]:
        actor = desk.process.people.actor(desk.people[role])
        return {spec.url for spec in ALL if spec.stands_in_menu(actor)} & set(PAGES)

    assert {role: named(role) for role in OPEN_TO} == {
        "instructor": {"marking"}, "second": {"marking"}, "lead": set(), "learner": set(), "other": set(), "admin": {"corrections"},
    }  # fmt: skip


@pytest.mark.parametrize("query", [{"c": "none"}, {"a": "999999"}, {"a": "x"}, {"n": "7"}])
def test_what_is_not_there_to_mark_looks_like_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    assert NOBODY_HERE in text(desk.draw("mark", "instructor", monkeypatch, **query)) or "c" not in query
    assert "in the pore" not in text(desk.draw("mark", "instructor", monkeypatch, **query))


def test_an_answer_stands_beside_its_rubric_and_what_to_do_when_somebody_discloses(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk.draw("mark", "instructor", monkeypatch, 2)
    shown = text(app)
    assert "<p>It sits in the pore.</p><p>&lt;b&gt;The pore" in shown
    assert "emergency procedure" in shown
    assert [n.label for n in app.number_input] == ["Says that it blocks the open channel (0 to 3)"]
    assert [(r.label, r.options) for r in app.radio] == [
        ("Says that the block grows with use (0 to 1)", ["**0** Nothing of it", "**0.5** Names it", "**1** Says why"])
    ]


def test_what_is_begun_is_there_again_when_the_page_is_opened_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk.draw("mark", "instructor", monkeypatch, 2)
    app.number_input[0].set_value(2).run()
    app.text_area[0].set_value("Half of it.").run()
    again = desk.draw("mark", "instructor", monkeypatch, 2)
    assert (again.number_input[0].value, again.radio[0].value, again.text_area[0].value) == (2, None, "Half of it.")
    assert "you have begun" in text(desk.draw("marking", "instructor", monkeypatch))
    assert "Demo instructor has begun" in text(desk.draw("marking", "second", monkeypatch))


def test_marking_from_the_queue_to_the_result(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "0 of 3" in text(desk.draw("marking", "instructor", monkeypatch))
    app = desk.draw("mark", "instructor", monkeypatch)
    save = next(b for b in app.button if b.label == "Save and next")
    app.number_input[0].set_value(3)
    save.click().run()
    assert [e.value for e in app.error] == ["Points for `use` are missing; give 0 where nothing is earned."]
    assert desk.state(0) is AttemptState.SUBMITTED
    app.radio[0].set_value(0.5)
    next(b for b in app.button if b.label == "Save and next").click().run()
    assert not app.exception
    assert "3\\.5 of 4 points" in app.success[0].value
    assert app.query_params["a"] == str(desk.attempts[1]), "the next one"
    assert desk.state(0) is AttemptState.GRADED
    queue = text(desk.draw("marking", "instructor", monkeypatch))
    assert "1 of 3" in queue
    assert "mean 88% of the points" in queue
    assert "was marked by a person" in text(draw(desk.process, desk.made.learner, "", monkeypatch))


def test_somebody_elses_mark_in_the_meantime_is_said_and_nothing_is_overwritten(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk.draw("mark", "second", monkeypatch, 1)
    desk.process.grading.give(desk.made.instructor, desk.made.cohort, desk.attempts[1], 1, {"block": 0, "use": 0}, seen=0)
    app.number_input[0].set_value(3)
    app.radio[0].set_value(1.0)
    next(b for b in app.button if b.label == "Save and next").click().run()
    assert "marked this answer while you had it open" in app.error[0].value
    assert "Somebody else has marked this answer since you opened it" in text(app)
    assert "hidden so that yours stands for itself" in text(app)
    assert len(desk.process.grading.answer(desk.people["second"], desk.made.cohort, desk.attempts[1], 1).view.marks) == 1
    next(b for b in app.button if b.label == "I have looked at it").click().run()
    assert (app.number_input[0].value, app.radio[0].value) == (3, 1), "what was typed is still there"
    next(b for b in app.button if b.label == "Save and next").click().run()
    assert "Marks differ" in text(desk.draw("marking", "second", monkeypatch))
    assert "Marks differ" in text(desk.draw("marking", "second", monkeypatch, state="Marks differ"))


def test_names_are_hidden_until_an_instructor_shows_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    name = next(
        r.name for r in desk.process.classes.gradebook(desk.made.instructor, desk.made.cohort).rows if r.learner == desk.made.learner
    )
    app = desk.draw("marking", "instructor", monkeypatch)
    assert name not in text(app)
    app.button(key="marking_names").click().run()
    assert name in text(app)
    app.button(key="marking_names").click().run()
    assert name not in text(app)


def test_a_question_is_graded_again_after_a_dry_run_and_with_a_reason(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk.draw("corrections", "instructor", monkeypatch, q="written-true")
    app.button(key="regrade_try").click().run()
    assert "Nothing changes" in text(app)
    write(desk.process.catalogue.root, key="false")
    desk.process.catalogue.reload()
    app = desk.draw("corrections", "instructor", monkeypatch, q="written-true")
    assert not any(b.key == "void_try" for b in app.button), "withdrawing is for admins"
    app.button(key="regrade_try").click().run()
    assert "<b>3</b><span>gain" in text(app)
    app.button(key="regrade_store").click().run()
    assert "learners whose result changes read the reason" in app.error[0].value
    app.text_input(key="regrade_why").set_value("The key was wrong.")
    app.button(key="regrade_store").click().run()
    assert "3 attempts" in app.success[0].value
    assert "The key was wrong." in text(draw(desk.process, desk.made.learner, "result", monkeypatch, a=str(desk.attempts[0])))


def test_a_question_is_withdrawn_and_counts_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.process.storage.read() as tx:
        slot = next(s for a in tx.attempts.of_learner(desk.made.learner) for s in tx.attempts.slots(a.id) if s.score == 0)
    app = desk.draw("corrections", "admin", monkeypatch, c="everybody", q=slot.question)
    app.button(key="void_try").click().run()
    assert "Who moves from what to what" in text(app)
    app.button(key="void_store").click().run()
    assert "learners whose result changes read the reason" in app.error[0].value
    app.text_input(key="void_why").set_value("Unclear.")
    app.button(key="void_store").click().run()
    assert "Stored" in app.success[0].value
    assert "Unclear." in text(app)
    app.button(key="undo_try").click().run()
    app.text_input(key="undo_why").set_value("It is fine.")
    app.button(key="undo_store").click().run()
    assert desk.process.grading.choices(desk.people["admin"], None).withdrawn == ()
    told = text(desk.draw("attempt", "lead", monkeypatch, a=str(_attempt_with(desk, slot.question))))
    assert f"{slot.question} withdrawn for everybody" in told
    assert "Admin" in told


def test_an_attempts_result_is_changed_where_its_history_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.process.storage.read() as tx:
        attempt = next(a for a in tx.attempts.of_learner(desk.made.learner) if a.state is AttemptState.GRADED and a.max)
    app = desk.draw("attempt", "instructor", monkeypatch, a=str(attempt.id))
    app.text_input(key=f"points_{attempt.id}").set_value("a lot")
    app.button(key="change_now").click().run()
    assert [e.value for e in app.error] == ["Write the points as a number, for example 2.5."]
    app.text_input(key=f"points_{attempt.id}").set_value("0,5")
    app.text_input(key=f"why_{attempt.id}").set_value("Oral <exam>.")
    app.button(key="change_now").click().run()
    assert f"to 0\\.5 of {attempt.max:g}" in app.success[0].value
    assert "Oral &lt;exam&gt;." in text(app)
    assert "Oral &lt;exam&gt;." in text(draw(desk.process, desk.made.learner, "result", monkeypatch, a=str(attempt.id)))
    assert not desk.draw("attempt", "lead", monkeypatch, a=str(attempt.id)).button
    app.text_input(key=f"why_{attempt.id}").set_value("Another learner was meant.")
    app.button(key="change_back").click().run()
    with desk.process.storage.read() as tx:
        assert tx.attempts.get(attempt.id) == attempt


def test_an_attempt_is_voided_and_brought_back_on_its_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.process.storage.read() as tx:
        attempt = next(a for a in tx.attempts.of_learner(desk.made.learner) if a.state is AttemptState.GRADED and a.max)
    asked = {"a": str(attempt.id)}
    app = desk.draw("attempt", "instructor", monkeypatch, **asked)
    app.button(key="void_now").click().run()
    assert "Say why" in app.error[0].value
    app.text_input(key=f"void_why_{attempt.id}").set_value("Another <person> sat there.")
    app.button(key="void_now").click().run()
    assert "is voided and counts nowhere" in app.success[0].value
    assert "voided, it counts nowhere" in text(app)
    for page, query in (("result", asked), ("quiz", {"q": attempt.quiz}), ("progress", {})):
        seen = text(draw(desk.process, desk.made.learner, page, monkeypatch, **query))
        assert "Another &lt;person&gt; sat there." in seen, page
    assert not desk.draw("attempt", "lead", monkeypatch, **asked).button
    app.text_input(key=f"void_why_{attempt.id}").set_value("It was somebody else.")
    app.button(key="void_now").click().run()
    assert "counts again" in app.success[0].value
    with desk.process.storage.read() as tx:
        assert tx.attempts.get(attempt.id) == attempt


def _attempt_with(desk: Desk, question: str) -> int:
    with desk.process.storage.read() as tx:
        return next(a.id for a in tx.attempts.of_learner(desk.made.learner) if any(s.question == question for s in tx.attempts.slots(a.id)))


def test_every_attempt_of_the_learner_page_leads_to_what_was_decided(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = text(desk.draw("learner", "lead", monkeypatch, l=desk.made.learner))
    assert f"attempt?c={desk.made.cohort}&amp;a={desk.attempts[0]}" in page
    assert "In your own words, attempt 1" in text(desk.draw("attempt", "lead", monkeypatch))


def test_a_changed_grade_stands_on_the_learners_page_also_once_it_is_taken_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one = desk.process.classes.cohort(desk.made.instructor, desk.made.cohort).lines[1].assignment.id
    for share, why in ((0.75, "Spoken exam."), (None, "Another learner was meant.")):
        desk.process.classes.override(desk.made.instructor, desk.made.cohort, one, desk.made.learner, share, why)
    shown = text(desk.draw("learner", "lead", monkeypatch, l=desk.made.learner))
    assert "75% to what the answers came to" in shown
    assert "Spoken exam." in shown
    assert "changed: Another learner" not in shown
