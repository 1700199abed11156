"""What a cohort's lead takes away: tables, and a report that gives nobody away."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analytics.intervals import wilson
from course.analytics.responses import Attempts
from course.analytics.score_distribution import ScoreDistribution
from course.analytics.statistic import found, missing
from course.errors import NotFound
from course.interop.report import Report
from course.interop.tables import TABLE_FORMATS, as_csv
from course.services.insight import Lens
from course.services.insight.details import DETAILS, DetailKind
from course.services.insight.overview import Overview, QuizScores, Step, WeekOfScores
from course.services.insight.report import SUBTRACTED, coarse, completion, group_shown, weeks
from course.services.insight.report_questions import facility
from course.services.insight.report_words import HIDDEN
from course.services.insight.tables import TABLES, TableKind
from course.storage.stores.cohorts import Group
from course.web.lead_report import page
from tests.answered import BEGUN, learner_id
from tests.people import BEA
from tests.services.office import BAD, PEOPLE, Office


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


def test_the_report_of_a_group_that_leaves_a_few_shows_nothing_to_subtract(office: Office) -> None:
    with office.uow.write() as tx:
        tx.cohorts.add_group(Group("most", "k", "Daytime", tuple(learner_id(n) for n in range(4, PEOPLE + 1))))
    made = office.insight.report(BEA.id, Lens("k", "q", group="most"))
    assert [(part.title, part.empty, part.said, part.rows, part.pictures) for part in made.parts] == [("Not shown", SUBTRACTED, (), (), ())]
    assert SUBTRACTED in html.unescape(page(made, "en", "report.pdf"))
    assert office.insight.overview(BEA.id, Lens("k", "q", group="most")).learners == PEOPLE - 3, "who may see single learners may see it"


@pytest.mark.parametrize(
    ("sizes", "alone", "told"),
    [
        ({"a": 10}, 10, {"a": True}),
        ({"a": 10}, 5, {"a": True}),
        ({"a": 10}, 4, {"a": False}),
        ({"a": 10}, 0, {"a": True}),
        ({"a": 10, "b": 10}, 0, {"a": True, "b": True}),
        ({"a": 10, "b": 20}, 3, {"a": False, "b": True}),
        ({"a": 10, "b": 20, "c": 2}, 0, {"a": False, "b": True, "c": True}),
    ],
)
def test_a_group_is_reported_unless_subtraction_tells_of_a_few(sizes: dict[str, int], alone: int, told: dict[str, bool]) -> None:
    members = {name: [f"{name}{n}" for n in range(many)] for name, many in sizes.items()}
    learners = [who for those in members.values() for who in those] + [f"none{n}" for n in range(alone)]
    assert {name: group_shown(name, {**members, name: [*members[name], "gone"]}, learners) for name in members} == told


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
