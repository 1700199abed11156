"""What a cohort's lead reads, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from course.analytics.responses import Attempts
from course.analytics.study_support import THRESHOLDS, SupportGroup, Thresholds
from course.errors import CourseError, NotAllowed, NotFound, Refused
from course.learning.mastery import MasteryState
from course.services.insight import Insight, Lens
from tests.answered import BEGUN, learner_id
from tests.people import ANN, BEA, CAI, GUS
from tests.services.office import BAD, COURSE, PEOPLE, TEN, Office

CALLS: dict[str, Callable[[Insight, str | None, Lens], object]] = {
    "choices": lambda i, who, lens: i.choices(who, lens.cohort),
    "overview": lambda i, who, lens: i.overview(who, lens),
    "items": lambda i, who, lens: i.items(who, lens),
    "questions": lambda i, who, lens: i.questions(who, lens),
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


@pytest.mark.parametrize("which", Attempts)
def test_the_questions_page_reads_once_and_says_what_its_parts_say(office: Office, which: Attempts) -> None:
    lens = Lens("k", "q", which=which)
    both = office.insight.questions(BEA.id, lens)
    assert both.items == office.insight.items(BEA.id, lens)
    alone = office.insight.scale(BEA.id, lens)
    assert (both.scale.reason, both.scale.scaled is None) == (alone.reason, alone.scaled is None)
    if both.scale.scaled is not None and alone.scaled is not None:
        assert both.scale.scaled.wright.questions == alone.scaled.wright.questions
