"""What a cohort's lead reads, and who may: a cohort of forty in which one question works backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.access.roles import CohortRole
from course.analytics.intervals import wilson
from course.analytics.responses import Attempts
from course.analytics.score_distribution import ScoreDistribution
from course.analytics.statistic import found, missing
from course.analytics.study_support import THRESHOLDS, SupportGroup, Thresholds
from course.content.model import Misconception
from course.errors import CourseError, NotAllowed, NotFound, Refused
from course.interop.report import Report
from course.interop.tables import TABLE_FORMATS, as_csv
from course.learning.mastery import MasteryState
from course.learning.policy import Kind, Unlock
from course.questions import Question
from course.questions.base import Json
from course.services.insight import Insight, Lens
from course.services.insight.details import DETAILS, DetailKind
from course.services.insight.overview import Overview, QuizScores, Step, WeekOfScores
from course.services.insight.report import coarse, completion, weeks
from course.services.insight.report_questions import facility
from course.services.insight.report_words import HIDDEN
from course.services.insight.tables import TABLES, TableKind
from course.storage.stores.cohorts import Group, Member
from course.storage.unit_of_work import UnitOfWork, open_storage
from course.web.lead_report import page
from tests import factories
from tests.answered import BEGUN, by_strength, cohort, hand_in, learner_id, right
from tests.people import ANN, BEA, CAI, GUS

PEOPLE = 40
BAD = "one-4"
SURE = [
    {"id": i, "text": f"Option {i}", **({"correct": True} if i == "a" else {"misconception": "myth"} if i == "b" else {})} for i in "abcd"
]
TEN = [factories.single_choice(f"one-{n}") for n in range(10)]
TEST = [factories.question(f"test-{n}", options=SURE) for n in range(10)]
COURSE = factories.catalogue(
    [factories.module("first", [factories.cell("intro")])],
    [
        factories.quiz("q", TEN, Kind.CHECKPOINT, module="first"),
        factories.quiz("opening", TEST, Kind.PRETEST),
        factories.quiz("closing", TEST, Kind.POSTTEST),
        factories.quiz("later", TEST[:5], Kind.FOLLOWUP, unlock=(Unlock(handed_in="closing", after=30 * 86_400),)),
    ],
    taught_in={"test-0": ("first", "intro")},
)


def answering(who: int, position: int, question: Question) -> Json:
    """Stronger learners take B for right in the bad question."""
    if question.id == BAD:
        return "a" if who <= PEOPLE // 2 else "b"
    return by_strength(PEOPLE)(who, position, question)


@dataclass
class Office:
    insight: Insight
    uow: UnitOfWork
    lens: Lens


@pytest.fixture(scope="module")
def office(shared_database_url: str) -> Iterator[Office]:
    """BEA leads k and small, CAI instructs k, ANN leads another cohort; GUS is in none. Learner 1 learns in k."""
    uow = open_storage(shared_database_url)
    with uow.write() as tx:
        cohort(tx, PEOPLE, leads=[BEA.id])
        tx.memberships.put(Member("k", CAI.id, CohortRole.INSTRUCTOR, BEGUN))
        tx.cohorts.add_group(Group("g", "k", "Evening", tuple(learner_id(n) for n in range(1, 4))))
        cohort(tx, 8, cohort_id="small", leads=[BEA.id], name="Small")
        cohort(tx, 1, cohort_id="foreign", leads=[ANN.id], name="Foreign")
        hand_in(tx, COURSE, "q", range(1, PEOPLE + 1), answering)
        hand_in(tx, COURSE, "q", range(1, 6), lambda _w, _p, q: right(q), at=BEGUN + timedelta(days=10), number=2)
        hand_in(tx, COURSE, "q", range(1, 9), lambda _w, _p, q: right(q), cohort_id="small")
        half = lambda _w, p, q: right(q) if p <= 5 else "b"  # noqa: E731
        hand_in(tx, COURSE, "opening", range(1, 21), half, at=BEGUN - timedelta(days=1), certainty=3)
        hand_in(tx, COURSE, "closing", range(6, 24), lambda w, p, q: right(q) if p <= 5 + w % 4 else "c", at=BEGUN + timedelta(days=5))
        hand_in(tx, COURSE, "later", range(6, 18), lambda _w, p, q: right(q) if p <= 4 else "c", at=BEGUN + timedelta(days=36))
    course = COURSE
    course.course.misconceptions["myth"] = Misconception("myth", "A myth.", "It is none.", "first#intro", factories.HERE)  # type: ignore[index]
    yield Office(Insight(uow, lambda: course, lambda: BEGUN + timedelta(days=20)), uow, Lens("k", "q"))
    uow.close()


CALLS: dict[str, Callable[[Insight, str | None, Lens], object]] = {
    "choices": lambda i, who, lens: i.choices(who, lens.cohort),
    "overview": lambda i, who, lens: i.overview(who, lens),
    "items": lambda i, who, lens: i.items(who, lens),
    "question": lambda i, who, lens: i.question(who, lens, BAD),
    "objectives": lambda i, who, lens: i.objectives(who, lens),
    "objective": lambda i, who, lens: i.objective(who, lens, "aim"),
    "gains": lambda i, who, lens: i.gains(who, lens),
    "certainty": lambda i, who, lens: i.certainty(who, lens),
    "support": lambda i, who, lens: i.support(who, lens),
    "keep_thresholds": lambda i, who, lens: i.keep_thresholds(who, lens.cohort),
    "compare": lambda i, who, lens: i.compare(who, lens, "small"),
    "table": lambda i, who, lens: i.table(who, lens, "questions"),
    "detail": lambda i, who, lens: i.detail(who, lens, "options", BAD),
    "compared": lambda i, who, lens: i.compared(who, lens, "small"),
    "report": lambda i, who, lens: i.report(who, lens),
    "scale": lambda i, who, lens: i.scale(who, lens),
    "source": lambda i, who, lens: i.source(who, lens.cohort, BAD),
}
IN_THE_COHORT = {name: call for name, call in CALLS.items() if name != "choices"}


def test_every_use_case_is_held_against_permissions() -> None:
    assert set(CALLS) == {name for name in vars(Insight) if not name.startswith("_")}


@pytest.mark.parametrize("name", CALLS)
def test_the_lead_may(office: Office, name: str) -> None:
    CALLS[name](office.insight, BEA.id, office.lens)


@pytest.mark.parametrize("name", IN_THE_COHORT)
@pytest.mark.parametrize("who", [ANN.id, GUS.id, None, "no-such-person"])
def test_to_somebody_outside_the_cohort_does_not_exist(office: Office, name: str, who: str | None) -> None:
    with pytest.raises(NotFound) as there:
        IN_THE_COHORT[name](office.insight, who, office.lens)
    with pytest.raises(NotFound) as nowhere:
        IN_THE_COHORT[name](office.insight, who, Lens("no-such-cohort", "q"))
    assert str(there.value) == str(nowhere.value)


@pytest.mark.parametrize("name", IN_THE_COHORT)
def test_a_learner_of_the_cohort_may_not(office: Office, name: str) -> None:
    with pytest.raises(NotAllowed):
        IN_THE_COHORT[name](office.insight, learner_id(1), office.lens)


def test_an_instructor_may_all_but_compare(office: Office) -> None:
    for name, call in IN_THE_COHORT.items():
        if name in ("compare", "compared"):
            with pytest.raises(NotAllowed):
                call(office.insight, CAI.id, office.lens)
        else:
            call(office.insight, CAI.id, office.lens)


def test_only_cohorts_one_may_see_can_be_chosen(office: Office) -> None:
    assert [c.id for c in office.insight.choices(BEA.id, "k").cohorts] == ["k", "small"]
    assert [c.id for c in office.insight.choices(ANN.id, "k").cohorts] == ["foreign"]
    with pytest.raises(NotFound):
        office.insight.choices(learner_id(1), "k")


def test_quizzes_to_choose_are_those_that_somebody_handed_in(office: Office) -> None:
    assert [q.id for q in office.insight.choices(BEA.id, "k").quizzes] == ["q", "opening", "closing", "later"]
    assert [q.id for q in office.insight.choices(BEA.id, "small").quizzes] == ["q"]
    assert office.insight.choices(ANN.id, "foreign").quizzes == ()


def test_another_lead_cannot_be_compared_with(office: Office) -> None:
    with pytest.raises(CourseError) as refused:
        office.insight.compare(BEA.id, office.lens, "foreign")
    assert isinstance(refused.value, NotFound)


def test_the_overview_counts_people_once(office: Office) -> None:
    view = office.insight.overview(BEA.id, office.lens)
    assert (view.learners, view.quiz.attempts if view.quiz else 0) == (PEOPLE, PEOPLE + 5)
    assert view.quiz is not None
    assert view.quiz.distribution.n == PEOPLE
    assert sum(view.quiz.distribution.counts) == PEOPLE
    last = office.insight.overview(BEA.id, Lens("k", "q", which=Attempts.LAST)).quiz
    assert last is not None
    assert last.distribution.counts[-1] >= 5
    assert sum(n for _, n in view.by_week) == PEOPLE + 5 + 20 + 18 + 12


def test_dates_are_days_of_the_cohort_and_both_included(office: Office) -> None:
    day = (BEGUN + timedelta(days=10)).date()
    view = office.insight.overview(BEA.id, Lens("k", "q", since=day, until=day))
    assert view.quiz is not None
    assert view.quiz.attempts == 5
    assert office.insight.overview(BEA.id, Lens("k", "q", since=date(2030, 1, 1))).quiz.attempts == 0  # type: ignore[union-attr]


def test_a_small_group_has_no_distribution(office: Office) -> None:
    view = office.insight.overview(BEA.id, Lens("k", "q", group="g"))
    assert view.learners == 3
    assert view.quiz is not None
    assert (view.quiz.distribution.counts, view.quiz.distribution.mean.value) == ((), None)
    with pytest.raises(NotFound):
        office.insight.overview(BEA.id, Lens("k", "q", group="somebody-elses"))


def test_the_bad_question_stands_first_with_its_reason_and_its_place(office: Office) -> None:
    worst = office.insight.items(BEA.id, office.lens).rows[0]
    assert worst.id == BAD
    assert worst.flags[0].sentence.startswith("20 of 40 chose B; those who did scored higher")
    assert worst.place == str(COURSE.questions[BAD].place).removesuffix(":1")
    assert {flag.code for flag in worst.flags} >= {"option-above-key", "against"}


def test_a_question_shows_each_option_chosen_or_not(office: Office) -> None:
    view = office.insight.question(BEA.id, office.lens, BAD)
    assert [(o.name, o.key, o.option.n if o.option else 0) for o in view.options] == [
        ("A", True, 20),
        ("B", False, 20),
        ("C", False, 0),
        ("D", False, 0),
    ]
    assert view.curve is not None
    assert [(v.answers, v.current) for v in view.versions] == [(PEOPLE + 5, True)]
    assert [a.number for a in view.attempts] == [1, 2]
    with pytest.raises(NotFound):
        office.insight.question(BEA.id, office.lens, "test-0")


def test_people_and_questions_stand_on_one_scale(office: Office) -> None:
    view = office.insight.scale(BEA.id, office.lens)
    assert view.scaled is not None, view.reason
    assert (view.scaled.people, sum(view.scaled.wright.people)) == (PEOPLE, PEOPLE)
    placed = [name for name, _ in view.scaled.wright.questions]
    assert placed.index("one-9") > placed.index("one-1"), "the tenth is the hardest"
    assert len(placed) + len(view.scaled.left_out) == 10
    error, told = view.scaled.information.error_at_pass.value, view.scaled.information.information_at_pass.value
    assert error is not None
    assert told is not None
    assert error == pytest.approx(told**-0.5)
    assert office.insight.scale(BEA.id, Lens("k", "q", which=Attempts.ALL)).reason.startswith("It is drawn of one attempt")
    few = office.insight.scale(BEA.id, Lens("small", "q"))
    assert few.scaled is None
    assert "30" in few.reason


def test_mastery_counts_everybody_once(office: Office) -> None:
    (row,) = office.insight.objectives(BEA.id, office.lens).rows
    assert sum(row.states) == PEOPLE
    assert (row.asked, row.questions) == (20, 20)
    view = office.insight.objective(BEA.id, office.lens, "aim")
    assert view.people is not None
    assert len(view.people) == PEOPLE
    by_name = {one.name: one for one in view.people}
    assert by_name["Learner 040"].share > by_name["Learner 024"].share
    assert {one.state for one in view.people} <= set(MasteryState)
    assert [q.first_tries.n for q in view.questions if q.id == "one-0"] == [PEOPLE]
    with pytest.raises(NotFound):
        office.insight.objective(BEA.id, office.lens, "no-such-aim")


def test_gain_is_of_those_with_both_tests(office: Office) -> None:
    one = office.insight.gains(BEA.id, office.lens).comparisons[0]
    assert (one.before, one.after, one.retention, one.shared) == ("Quiz opening", "Quiz closing", False, 0)
    assert (one.whole.pairs, one.whole.only_before, one.whole.only_after) == (15, 5, 3)
    assert one.whole.before.value == pytest.approx(0.5)
    assert one.whole.difference.value == pytest.approx(sum((n % 4) / 10 for n in range(6, 21)) / 15)
    assert [g.gain.pairs for g in one.by_objective] == [15]


def test_what_stayed_is_measured_on_the_questions_that_both_ask(office: Office) -> None:
    _, stayed, since = office.insight.gains(BEA.id, office.lens).comparisons
    assert (stayed.before, stayed.after, stayed.retention, stayed.shared) == ("Quiz closing", "Quiz later", True, 5)
    assert (stayed.whole.pairs, stayed.whole.only_before, stayed.whole.only_after) == (12, 6, 0)
    assert stayed.whole.before.value == pytest.approx(1.0), "all five shared ones were right at the end"
    assert stayed.whole.difference.value == pytest.approx(-0.2)
    assert stayed.days == pytest.approx(31, abs=0.01)
    assert (since.before, since.after, since.retention, since.shared) == ("Quiz opening", "Quiz later", False, 5)
    assert since.whole.pairs == 12


def test_confident_and_wrong_names_the_misconception_and_what_teaches_it(office: Office) -> None:
    view = office.insight.certainty(BEA.id, office.lens)
    (row,) = view.rows
    assert (row.id, row.text, row.found.learners, row.found.of) == ("myth", "A myth.", 20, 20)
    assert row.taught_in is not None
    assert {o.text for o in row.options} == {"Option b"}
    assert view.cohort.levels[2].accuracy.value == pytest.approx(0.5)


def test_study_support_gives_reasons_for_everybody(office: Office) -> None:
    view = office.insight.support(BEA.id, office.lens)
    assert len(view.rows) == PEOPLE
    assert all(row.finding.reasons for row in view.rows)
    weakest = next(row for row in view.rows if row.learner == learner_id(24))
    assert weakest.record.answers >= 10
    assert view.count(SupportGroup.STRUGGLING) > 0
    easier = office.insight.support(BEA.id, office.lens, Thresholds(struggling_below=0.01))
    assert easier.count(SupportGroup.STRUGGLING) == 0


def test_thresholds_are_kept_for_whoever_looks_at_the_cohort(office: Office) -> None:
    insight, lens = office.insight, office.lens
    assert insight.support(CAI.id, lens).thresholds == THRESHOLDS
    fresh = insight.keep_thresholds(CAI.id, "k", struggling_below=0.01, silent_days=7.0)
    assert (fresh.struggling_below, fresh.silent_days, fresh.overdue) == (0.01, 7, THRESHOLDS.overdue)
    seen = insight.support(BEA.id, lens)
    assert (seen.thresholds, seen.may_change, seen.count(SupportGroup.STRUGGLING)) == (fresh, True, 0)
    assert insight.support(BEA.id, Lens("small")).thresholds == THRESHOLDS, "another cohort has its own"
    insight.keep_thresholds(BEA.id, "k", silent_days=7)
    insight.keep_thresholds(BEA.id, "k")
    assert insight.support(BEA.id, lens).thresholds == THRESHOLDS
    with office.uow.read() as tx:
        kept, entries = tx.cohorts.get("k"), [e for e in tx.audit.of_cohort("k") if e.action == "insight.thresholds"]
    assert kept is not None
    assert kept.settings == {}
    assert [(e.actor, e.before, e.after) for e in reversed(entries)] == [
        (CAI.id, {"silent_days": 14, "struggling_below": 0.6}, {"silent_days": 7, "struggling_below": 0.01}),
        (BEA.id, {"struggling_below": 0.01}, {"struggling_below": 0.6}),
        (BEA.id, {"silent_days": 7}, {"silent_days": 14}),
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"struggling_below": 0.9, "excelling_from": 0.8}, "below the one for excelling"),
        ({"silent_days": 0}, "at least 1"),
        ({"silent_days": 1.5}, "Silent days is a whole number from 1 to 1000."),
        ({"overdue": 10**9}, "Overdue is a whole number from 1 to 1000."),
        ({"excelling_done": 1.2}, "from 0 to 1"),
        ({"level": 0.5}, "There is no threshold `level`."),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(office: Office, values: dict[str, float], told: str) -> None:
    with pytest.raises(Refused, match=told):
        office.insight.keep_thresholds(BEA.id, "k", **values)
    assert office.insight.support(BEA.id, office.lens).thresholds == THRESHOLDS


def test_cohorts_are_compared_with_an_interval(office: Office) -> None:
    view = office.insight.compare(BEA.id, office.lens, "small")
    (quiz,) = view.quizzes
    assert quiz.difference.value is not None or quiz.difference.reason
    assert (quiz.here.n, quiz.there.n) == (PEOPLE, 8)
    assert {row.id for row in view.drifted} == {q.id for q in TEN}
    tiny = office.insight.compare(BEA.id, Lens("k", "q", group="g"), "small")
    assert tiny.quizzes[0].difference.value is None
    assert tiny.drifted == ()


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.id)
def test_every_table_can_be_taken_away(office: Office, kind: TableKind) -> None:
    made = office.insight.table(BEA.id, office.lens, kind.id)
    assert made.id == kind.id
    assert made.rows
    assert all(len(row) == len(made.headings) for row in made.rows)
    assert made.notes[0].startswith("Group B: first graded attempts")
    for form in TABLE_FORMATS:
        assert len(form.write(made)) > 20
    names = "Learner 0" in as_csv(made).decode()
    assert names == kind.people


def words(made: Report) -> str:
    """Everything that the report says."""
    parts = [line for p in made.parts for line in (p.title, *p.said, *(c for row in p.rows for c in row), *(x.alt for x in p.pictures))]
    return " ".join((made.cohort, *made.filters, made.made, *parts, *made.notes))


def test_the_report_names_nobody(office: Office) -> None:
    made = office.insight.report(BEA.id, office.lens)
    shown = page(made, "en", "report.pdf")
    assert "Learner 0" not in shown + words(made)
    assert made.cohort == "Group B"
    assert "20 of 40 chose B" in shown
    for title in ("Completion", "Scores in Quiz q", "Scores over time", "Activity", "Questions of Quiz q", "Mastery by objective",
                  "Quiz opening / Quiz closing", "Quiz closing / Quiz later", "Confident and wrong", "Calibration"):  # fmt: skip
        assert f"<h2>{title}</h2>" in shown
    assert made.notice in shown
    assert "No clinician has signed this course off yet." in made.notice


def test_the_report_says_under_which_filters_it_was_made(office: Office) -> None:
    lens = Lens("k", "q", since=BEGUN.date(), which=Attempts.LAST, group="g")
    assert office.insight.report(BEA.id, lens).filters == (
        "Last graded attempts of those in the cohort now from 5 October 2026.", "Group: Evening.", "Quiz: Quiz q",
    )  # fmt: skip


def test_the_report_shows_no_group_under_five(office: Office) -> None:
    made = {part.title: part for part in office.insight.report(BEA.id, Lens("small", "q")).parts}
    assert made["Completion"].rows == ()
    assert made["Scores in Quiz q"].rows == (("0 to 100%", "8"),)
    group = {part.title: part for part in office.insight.report(BEA.id, Lens("k", "q", group="g")).parts}
    assert group["Scores"].rows == (), "three learners"
    assert all(row[1:5] == (HIDDEN,) * 4 for row in group["Mastery by objective"].rows)
    assert "took the first test alone" not in str(group["Quiz opening / Quiz closing"].said)
    assert group["Calibration"].rows == (), "thirty answers of three learners are theirs"
    assert (group["Activity"].rows, group["Activity"].pictures) == ((), ())


@pytest.mark.parametrize(
    ("share", "n", "said"),
    [(45 / 47, 47, "over 89%"), (2 / 20, 20, "under 25%"), (1.0, 20, "100% (84% to 100%)"), (15 / 20, 20, "75% (53% to 89%)")],
)
def test_the_report_tells_no_few_by_the_share_of_a_question(share: float, n: int, said: str) -> None:
    assert facility(found(share, n, wilson(share, n))) == said


@given(counts=st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_the_weeks_of_the_report_tell_no_few_by_subtraction(counts: list[int]) -> None:
    none = missing(0, "")
    each = tuple(
        WeekOfScores(BEGUN.date() + timedelta(days=7 * at), n, found(0.5, n) if n >= 5 else missing(n, "")) for at, n in enumerate(counts)
    )
    made = weeks(QuizScores("q", "Quiz q", None, 0, 0, ScoreDistribution(sum(counts), (), (), (), none, none, none), each))
    told = [int(row[1]) for row in made.rows]
    assert all(n >= 5 for n in told)
    assert not told or sum(counts) - sum(told) == 0 or sum(counts) - sum(told) >= 5


@given(learners=st.integers(5, 60), data=st.data())
def test_the_report_gives_away_no_few_who_began_or_completed(learners: int, data: st.DataObject) -> None:
    begun = data.draw(st.integers(0, learners))
    done = data.draw(st.integers(0, begun))
    view = Overview("k", "Group B", learners, (Step("m", "Module", begun, done),), None, (), Lens("k"))
    for _, said_begun, said_done, _ in completion(view).rows:
        seen = {"begun": begun} if said_begun != HIDDEN else {}
        seen |= {"done": done} if said_done != HIDDEN else {}
        told = [*seen.values(), *(learners - n for n in seen.values()), *([begun - done] if len(seen) == 2 else [])]
        assert all(n == 0 or n >= 5 for n in told), (begun, done, learners)


@given(counts=st.lists(st.integers(0, 30), min_size=1, max_size=10).filter(lambda c: sum(c) >= 5))
def test_the_ranges_of_the_report_hold_everybody_and_nowhere_few(counts: list[int]) -> None:
    none = missing(0, "")
    edges = tuple(n / len(counts) for n in range(len(counts) + 1))
    ends, people = coarse(ScoreDistribution(sum(counts), edges, tuple(counts), (), none, none, none))
    assert sum(people) == sum(counts)
    assert min(people) >= 5
    assert (ends[0], ends[-1], len(ends)) == (0, 1, len(people) + 1)


OF = {"q": BAD, "o": "aim", "other": "small"}


@pytest.mark.parametrize("kind", DETAILS, ids=lambda kind: kind.id)
def test_tables_of_one_thing_can_be_taken_away(office: Office, kind: DetailKind) -> None:
    made = office.insight.detail(BEA.id, office.lens, kind.id, OF[kind.of])
    assert all(len(row) == len(made.headings) for row in made.rows)
    assert made.rows
    assert ("Learner 0" in as_csv(made).decode()) == kind.people
    for wrong in ("no-such-thing", ""):
        with pytest.raises(NotFound):
            office.insight.detail(BEA.id, office.lens, kind.id, wrong)


def test_an_unknown_table_does_not_exist(office: Office) -> None:
    with pytest.raises(NotFound):
        office.insight.table(BEA.id, office.lens, "grades")
