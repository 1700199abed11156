"""The pages about people, drawn for each role: what opens, what is offered, and what does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from course.access.roles import CohortRole, SiteRole
from course.bootstrap import Process, build
from course.services.people import OPERATOR, Caller, Learner
from course.services.people.accounts import Credentials
from course.storage.stores.cohorts import Cohort
from course.ui.pages import PAGES
from tests.ui.drawing import DRAWN, draw

WORDS = "seven green umbrellas"
NOBODY_HERE = "There is no such page"


@dataclass
class School:
    """A cohort with somebody of each role, and one that none of them but the admin may see."""

    process: Process
    ivo: Caller
    cohort: Cohort
    other: Cohort
    people: dict[str, Caller]

    def draw(self, page: str, role: str, monkeypatch: pytest.MonkeyPatch, cohort: Cohort | None = None) -> AppTest:
        """The page as somebody of this role sees it, at the address of this cohort."""
        return draw(self.process, self.people[role].learner, page, monkeypatch, **({} if cohort is None else {"c": cohort.id}))

    def person(self, who: Caller) -> Learner | None:
        with self.process.storage.read() as tx:
            return tx.people.get(who.learner or "")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    process = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("school"))})
    process.prepare()

    def somebody(login: str, role: SiteRole | None = None) -> Caller:
        who = Caller(process.people.sign_up(None, Credentials(login, WORDS, login.title()), f"cookie of {login}").id)
        if role is not None:
            process.site.set_role(OPERATOR, who.learner or "", role, has=True)
        return who

    ivo = somebody("ivo", SiteRole.TEACHER)
    cohort, other = process.cohorts.create(ivo, "Group B"), process.cohorts.create(ivo, "Hidden")
    people = {"admin": somebody("ada", SiteRole.ADMIN), "teacher": somebody("tia", SiteRole.TEACHER), "person": somebody("gus")}
    for role in CohortRole:
        people[role.value] = who = somebody(f"some-{role}")
        process.people.accept(process.cohorts.invite_link(ivo, cohort.id, role).token, who.learner or "")
    yield School(process, ivo, cohort, other, people)
    process.storage.close()


def title(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def making(app: AppTest) -> Button:
    """The button of the form of a new cohort; its key is of this form alone."""
    return next(b for b in app.button if str(b.key).startswith("create_cohort_"))


EVERYBODY = ("person", "learner", "lead", "instructor", "teacher", "admin")
OPEN_TO = {
    "cohorts": {"lead", "instructor", "teacher", "admin"},
    "cohort": {"lead", "instructor", "admin"},
    "audit": {"lead", "instructor", "admin"},
    "site": {"admin"},
}


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("page", OPEN_TO)
def test_a_page_opens_to_its_roles_and_to_the_others_does_not_exist(
    school: School, monkeypatch: pytest.MonkeyPatch, page: str, role: str
) -> None:
    app = school.draw(page, role, monkeypatch, school.cohort)
    assert (NOBODY_HERE not in title(app)) == (role in OPEN_TO[page])
    spec = next(s for s in PAGES if s.url == page)
    assert spec.opens_to(DRAWN["now"].actor) == (role in OPEN_TO[page])
    if role not in OPEN_TO[page]:
        assert not app.button
        assert "Group B" not in title(app)


@pytest.mark.parametrize("role", ["person", "learner", "lead", "instructor", "teacher"])
@pytest.mark.parametrize("page", ["cohort", "audit"])
def test_another_cohort_looks_like_one_that_was_never_made(school: School, monkeypatch: pytest.MonkeyPatch, page: str, role: str) -> None:
    there = school.draw(page, role, monkeypatch, school.other)
    nowhere = school.draw(page, role, monkeypatch, Cohort("no-such-cohort", "", school.cohort.created_at))
    assert title(there) == title(nowhere)
    assert NOBODY_HERE in title(there)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("lead", set()),
        ("admin", {"act_invite", "act_remove", "act_role"}),
        ("instructor", {"act_invite", "act_remove", "act_role", "act_time"}),
    ],
)
def test_a_role_is_offered_what_it_can_do(school: School, monkeypatch: pytest.MonkeyPatch, role: str, offered: set[str]) -> None:
    app = school.draw("cohort", role, monkeypatch, school.cohort)
    assert {b.key for b in app.button if b.key and b.key.startswith("act_")} - {"act_move"} == offered


def test_an_instructor_sets_extra_time_and_reads_who_did(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = school.people["learner"].learner or ""
    app = school.draw("cohort", "instructor", monkeypatch, school.cohort)
    name = school.process.cohorts.person(school.ivo, school.cohort.id, learner).name
    app.multiselect(key=f"chosen_{school.cohort.id}").set_value([learner]).run()
    app.number_input(key="new_factor").set_value(1.5).run()
    app.button(key="act_time").click().run()
    assert [m.value.replace("\\", "") for m in app.success] == [f"Time limits of {name} are 1.5 times as long."]
    assert school.process.cohorts.person(school.ivo, school.cohort.id, learner).extra_time == 1.5
    assert "factor: 1 to 1.5" in title(school.draw("audit", "instructor", monkeypatch, school.cohort))


def test_a_role_that_was_taken_away_is_refused_on_a_page_that_is_still_open(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    who = school.people["instructor"].learner or ""
    app = school.draw("cohort", "instructor", monkeypatch, school.cohort)
    school.process.cohorts.set_role(school.ivo, school.cohort.id, [who], CohortRole.LEARNER)
    app.multiselect(key=f"chosen_{school.cohort.id}").set_value([who]).run()
    assert "Not open to you" in title(app)
    assert not app.button
    school.process.cohorts.set_role(school.ivo, school.cohort.id, [who], CohortRole.INSTRUCTOR)


def test_a_name_with_markup_in_it_reads_as_it_was_typed(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = "[here](https://elsewhere.test) :material/home: <b>x</b>"
    app = school.draw("cohorts", "teacher", monkeypatch)
    app.text_input(key="new_cohort_name").set_value(typed)
    making(app).click().run()
    assert "](" not in app.success[0].value
    assert "&lt;b&gt;x&lt;/b&gt;" in title(app)
    assert "<b>x</b>" not in title(app)


def test_a_cohort_pressed_again_before_the_page_is_drawn_is_one_cohort(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed() -> int:
        return [v.cohort.name for v in school.process.cohorts.mine(school.people["teacher"])].count("Pressed twice")

    app = school.draw("cohorts", "teacher", monkeypatch)
    app.text_input(key="new_cohort_name").set_value("Pressed twice")
    form = app.session_state["once_create_cohort"]
    making(app).click().run()
    app.session_state["once_create_cohort"] = form
    app.run()
    making(app).click().run()  # the same form, which the browser has emptied
    assert [m.value for m in app.error] == []
    assert "Pressed twice is made" in app.success[0].value
    assert pressed() == 1
    del app.session_state["kept_made_create_cohort"]
    app.text_input(key="new_cohort_name").set_value("Pressed twice")
    making(app).click().run()  # the same form, from a page that knows nothing of the first press
    assert pressed() == 1
    app.text_input(key="new_cohort_name").set_value("Pressed twice")
    making(app).click().run()
    assert pressed() == 2, "the next form makes the next one"


def test_the_last_admin_stays(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = school.people["admin"].learner or ""
    app = school.draw("site", "admin", monkeypatch)
    app.selectbox(key="site_person").set_value(ada).run()
    app.button(key=f"role_admin_{ada}").click().run()
    assert "needs an admin" in app.error[0].value


def test_a_large_cohort_is_searched(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    large = school.process.cohorts.create(school.ivo, "Large")
    roster = "name,email\n" + "".join(f"Learner {n:03},l{n}@course.test\n" for n in range(300))
    school.process.cohorts.import_roster(school.ivo, large.id, roster.encode(), apply=True)
    school.people["large"] = school.ivo
    app = school.draw("cohort", "large", monkeypatch, large)
    assert "Learner 198" in title(app)
    assert "Learner 199" not in title(app)
    assert "The first 200 of 301" in title(app)
    app.text_input(key="find_member").set_value("l250@").run()
    assert "Learner 250" in title(app)
    assert "Learner 001" not in title(app)


def test_learners_are_moved_after_a_question_that_says_what_follows(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    school.people["mover"] = school.ivo
    here, there = (school.process.cohorts.create(school.ivo, name) for name in ("Mornings", "Evenings"))
    bea = school.process.cohorts.add(school.ivo, here.id, name="Bea").learner
    app = school.draw("cohort", "mover", monkeypatch, here)
    assert app.button(key="act_move").disabled
    app.multiselect(key=f"chosen_{here.id}").set_value([bea]).run()
    app.selectbox(key="move_to").set_value(there.id).run()
    app.button(key="act_move").click().run()
    assert "Move Bea from Mornings to Evenings?" in title(app)
    assert "make new ones there for 1 person who had not come in" in title(app)
    assert len(school.process.cohorts.members(school.ivo, there.id)) == 1
    app.button(key="act_move_yes").click().run()
    assert "1 learner moved to Evenings: Bea." in app.success[0].value.replace("\\", "")
    assert [m.name for m in school.process.cohorts.members(school.ivo, there.id)] == ["Bea", "Ivo"]


def test_the_audit_names_the_many_of_one_act_when_one_opens_it(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    school.people["mover"] = school.ivo
    many = school.process.cohorts.create(school.ivo, "Many")
    school.process.cohorts.import_roster(school.ivo, many.id, b"name,id\nBea <b>,1\nCai,2\nDan,3\n", apply=True)
    shown = title(school.draw("audit", "mover", monkeypatch, many))
    assert "<summary>3 people</summary>" in shown
    assert "Bea &lt;b&gt;" in shown


def test_somebody_new_in_a_class_reads_that_they_are_in_it(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = title(school.draw("", "learner", monkeypatch))
    assert "You are in Group B. What your instructors assign stands here." in shown
    assert "No account, no form" not in shown
    assert "You are in" not in title(school.draw("", "person", monkeypatch))


def test_a_part_of_a_cohort_has_an_address_of_its_own(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    person = school.people["instructor"].learner
    app = draw(school.process, person, "cohort", monkeypatch, c=school.cohort.id, part="roster")
    assert "Import a roster" in title(app)
    app.segmented_control[0].set_value("Inviting").run()
    assert app.query_params["part"] == "inviting"
    assert "Do something with some of them" in title(draw(school.process, person, "cohort", monkeypatch, c=school.cohort.id, part="odd"))
