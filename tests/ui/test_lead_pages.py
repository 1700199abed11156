"""The lead's pages, drawn for each role: what opens, what is listed, and filters that live in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from streamlit.testing.v1 import AppTest

from course.access.permissions import Action
from course.access.roles import CohortRole
from course.bootstrap import Process, build
from course.questions import Question
from course.questions.base import Json, State
from course.services.people.accounts import Credentials
from course.services.study import rolling
from course.storage.stores.cohorts import Member
from course.storage.stores.practice import Try
from course.ui.pages import PAGES
from course.ui.visit import Visit
from tests.answered import BEGUN, by_strength, cohort, hand_in, learner_id, right, wrong
from tests.ui.drawing import draw, text

NOBODY_HERE = "There is no such page"
PEOPLE = 40
LEADS = tuple(spec.url for spec in PAGES if spec.url.startswith("insight"))
OPEN_TO = {"lead": set(LEADS), "instructor": set(LEADS) - {"insight-compare"}, "learner": set[str](), "other": set[str]()}


@dataclass
class Hall:
    process: Process
    people: dict[str, str]
    bad: Question

    def draw(self, page: str, role: str, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
        """The page as somebody of this role sees it."""
        asked = {"c": "k", "quiz": "pretest", "q": self.bad.id, "o": self.bad.objective or "", **query}
        return draw(self.process, self.people[role], page, monkeypatch, **asked)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Forty learners took the course's pre-test; one question of it works backwards. The lead has a second cohort."""
    process = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("hall"))})
    process.prepare()
    people = {role: process.people.sign_up(None, Credentials(role, "seven green umbrellas"), role.ljust(43, "x")).id for role in OPEN_TO}
    catalogue = process.catalogue()
    entries = catalogue.course.quizzes["pretest"].entries
    bad = next(e.question for e in entries if e.question.type == "single_choice")

    def answering(who: int, position: int, question: Question) -> Json:
        if question.id == bad.id:
            return right(question) if who <= PEOPLE // 2 else wrong(question)
        return by_strength(PEOPLE, len(entries))(who, position, question)

    with process.storage.write() as tx:
        cohort(tx, PEOPLE, leads=[people["lead"]])
        cohort(tx, 6, cohort_id="second", leads=[people["lead"]], name="Second")
        cohort(tx, 0, cohort_id="zero", leads=[people["lead"]], name="Zero")
        cohort(tx, 1, cohort_id="foreign", leads=[people["other"]], name="Foreign")
        for role in (CohortRole.INSTRUCTOR, CohortRole.LEARNER):
            tx.memberships.put(Member("k", people[role.value], role, BEGUN))
        hand_in(tx, catalogue, "pretest", range(1, PEOPLE + 1), answering, certainty=3)
        hand_in(tx, catalogue, "posttest", range(1, 31), by_strength(PEOPLE, len(entries)), certainty=2)
        hand_in(tx, catalogue, "pretest", range(1, 7), answering, cohort_id="second")
    yield Hall(process, people, bad)
    process.storage.close()


@pytest.mark.parametrize("role", OPEN_TO)
@pytest.mark.parametrize("page", LEADS)
def test_a_page_opens_to_its_roles_and_to_the_others_does_not_exist(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, page: str, role: str
) -> None:
    app = hall.draw(page, role, monkeypatch)
    assert (NOBODY_HERE not in text(app)) == (page in OPEN_TO[role])
    if page not in OPEN_TO[role]:
        assert "Learner 0" not in text(app)
        assert "Group B" not in text(app)


@pytest.mark.parametrize("page", LEADS)
def test_another_cohort_looks_like_one_that_was_never_made(hall: Hall, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    there, nowhere = (hall.draw(page, "lead", monkeypatch, c=c) for c in ("foreign", "no-such-cohort"))
    assert text(there) == text(nowhere)
    assert NOBODY_HERE in text(there)


def test_only_those_who_may_have_it_in_the_menu(hall: Hall) -> None:
    spec = next(s for s in PAGES if s.url == "insight")
    assert spec.actions == (Action.INSIGHT_VIEW,)
    opens = {role: spec.opens_to(hall.process.people.actor(who)) for role, who in hall.people.items()}
    assert opens == {"lead": True, "instructor": True, "learner": False, "other": True}, "the other leads a cohort of their own"


def test_the_bad_question_stands_first_with_its_file_and_line(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = re.findall(r"<tr role=\"row\">.*?</tr>", text(hall.draw("insight-questions", "lead", monkeypatch)))
    first = next(row for row in rows if "insight-question?" in row)
    assert hall.bad.id in first
    assert f"{hall.bad.place.path}:{hall.bad.place.line}</code>" in first
    assert "scored higher on the other questions" in first


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        ("", r"</a><small>[^<]*</small><small><code class=\"k-place\">"),
        ("https://git.example.org/{path}#L{line}", r"<a href=\"https://git.example.org/quizzes/pretest.yaml#L\d+\" target=\"_blank\" rel=\"noreferrer\"><code"),
        ("vscode://file/{folder}/{path}:{line}", r"<a href=\"/download/insight/k/source/[a-z-]+\" target=\"_self\"><code"),
    ],
)  # fmt: skip
def test_the_file_and_line_are_a_link_where_there_is_somewhere_to_go(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, url: str, goes: str
) -> None:
    monkeypatch.setattr(type(hall.process.settings), "source_of", replace(hall.process.settings, source_url=url).source_of)
    for page in ("insight-questions", "insight-question"):
        shown = text(hall.draw(page, "lead", monkeypatch))
        assert re.search(goes, shown) or (page == "insight-question" and not url)
        assert f">{hall.bad.place.path}:{hall.bad.place.line}</code>" in shown


def test_every_number_of_the_questions_opens_how_it_is_computed(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = text(hall.draw("insight-questions", "lead", monkeypatch))
    opened = re.findall(r'<details class="k-how">.*?</details>', shown)
    assert len(opened) > 50
    assert all("<p>" in one for one in opened)
    outside = re.sub(r"<small>.*?</small>", "", re.sub(r'<details class="k-(how|more)">.*?</details>', "", shown))
    assert not re.search(r'<td[^>]*class="n"[^>]*>\s*[-−+]?\d', outside), "a number that opens nothing"


@pytest.mark.parametrize("page", [url for url in LEADS if url not in ("insight-support", "insight-objective")])
def test_every_chart_has_its_table(hall: Hall, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = hall.draw(page, "lead", monkeypatch)
    assert text(app).count("View as table") == len(app.get("plotly_chart"))


@pytest.mark.parametrize("cohort_id", ["k", "second", "zero"])
@pytest.mark.parametrize("page", [url for url in LEADS if url != "insight-question"])
def test_no_number_is_one_that_cannot_be(hall: Hall, monkeypatch: pytest.MonkeyPatch, page: str, cohort_id: str) -> None:
    shown = text(hall.draw(page, "lead", monkeypatch, c=cohort_id))
    assert NOBODY_HERE not in shown
    assert not re.search(r"\b(nan|inf|None)\b", shown)
    assert [p for p in re.findall(r"(?<!-)\b(\d+)%(?![\dA-F])", re.sub(r"<[^>]*>", " ", shown)) if int(p) > 100] == []


@pytest.mark.parametrize(
    ("page", "zero", "second"),
    [
        ("insight-questions", "Nothing handed in yet", "Too few answers to say which questions to look at"),
        ("insight-certainty", "Nobody stated a certainty yet", "with a certainty, of all attempts"),
        ("insight-support", "Nobody is here to look after yet", "of 6 may need study support"),
        ("insight-gain", "nobody has taken the second yet", "6 learners took the first test; nobody has taken the second yet"),
    ],
)
def test_few_people_have_a_sentence_in_place_of_a_finding(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, page: str, zero: str, second: str
) -> None:
    assert zero in text(hall.draw(page, "lead", monkeypatch, c="zero"))
    assert second in text(hall.draw(page, "lead", monkeypatch, c="second"))


def test_a_comparison_says_of_how_many_and_which_way_a_question_went(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = text(hall.draw("insight-compare", "lead", monkeypatch, other="second"))
    assert "From 40 people here and 6 people there." in shown
    assert "40 and 6" in shown
    assert shown.count('data-label="Changed"') > 5


def test_a_filter_that_would_change_nothing_is_not_drawn(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {page: len(hall.draw(page, "lead", monkeypatch).date_input) for page in ("insight", "insight-support")}
    assert counts == {"insight": 2, "insight-support": 0}


def test_filters_live_in_the_address(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    app = hall.draw("insight", "lead", monkeypatch, quiz="posttest", tries="last", since="2026-10-05")
    assert app.selectbox(key="filter_quiz").value == "posttest"
    assert app.selectbox(key="filter_tries").value == "last"
    assert "Last attempts" in text(app)
    app.selectbox(key="filter_quiz").set_value("pretest").run()
    assert app.query_params["quiz"] == "pretest"
    assert not app.exception


ODD = {
    "since": "soon",
    "until": "2026-99-99",
    "quiz": "none",
    "tries": "none",
    "group": "none",
    "days": "x",
    "below": "95",
    "q": "",
    "o": "none",
}


@pytest.mark.parametrize("page", LEADS)
def test_an_odd_address_breaks_nothing(hall: Hall, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    hall.draw(page, "lead", monkeypatch, **ODD)


def test_study_support_says_what_is_never_used(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = text(hall.draw("insight-support", "lead", monkeypatch))
    assert "own use are never used" in shown
    assert "at risk" not in shown.lower()


def test_thresholds_are_kept_with_the_cohort_and_taken_back(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    app = hall.draw("insight-support", "lead", monkeypatch)
    days = "threshold_k_silent_days"
    assert (app.number_input(key=days).value, app.number_input(key=days).label) == (14, "Silent after days away (usually 14)")
    app.number_input(key=days).set_value(7)
    app.button(key="support_keep").click().run()
    assert [m.value for m in app.success] == ["The thresholds hold for everybody who looks at this cohort\\."]
    assert hall.draw("insight-support", "instructor", monkeypatch).number_input(key=days).value == 7
    app.number_input(key="threshold_k_struggling_below").set_value(95)
    app.button(key="support_keep").click().run()
    assert "must lie below the one for excelling" in " ".join(m.value for m in (*app.error, *app.warning)) + text(app)
    app.button(key="support_usual").click().run()
    assert app.number_input(key=days).value == 14


def test_a_learner_reads_mastery_once_the_closing_test_lets_it_be_seen(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    early = draw(hall.process, learner_id(35), "progress", monkeypatch)
    assert "Not enough evidence yet." in text(early)
    later = text(draw(hall.process, learner_id(20), "progress", monkeypatch))
    assert "Expected share right" in later
    assert "80% interval" in later
    assert "as its author labelled it" in later


def test_a_learner_reports_a_problem_and_the_lead_reads_it(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = hall.people["learner"]
    assert NOBODY_HERE in text(hall.draw("problem", "learner", monkeypatch))
    catalogue = hall.process.catalogue()
    with hall.process.storage.write() as tx:
        version = hall.bad.version
        tx.practice.append(Try(learner, BEGUN, "first", "cell", hall.bad.id, version, None, 1, "x", 0.0, State.WRONG))
        rolling.answered(tx, learner, [hall.bad.id])
    monkeypatch.setattr(Visit, "begin", lambda self: learner)
    app = hall.draw("problem", "learner", monkeypatch)
    assert "Write nothing about yourself" in text(app)
    app.text_area(key=f"problem_{hall.bad.id}").set_value("Options A and B are <b>both</b> right.")
    app.button(key="send_problem").click().run()
    assert [m.value[:9] for m in app.success] == ["Thank you"]
    shown = text(hall.draw("insight-question", "lead", monkeypatch))
    assert "Options A and B are &lt;b&gt;both&lt;/b&gt; right." in shown
    assert catalogue.questions[hall.bad.id].version[:8] in shown
