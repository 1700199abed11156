"""A learner reports a problem with a question; the lead reads it without a name."""

from __future__ import annotations

import pytest

from course.access.roles import CohortRole
from course.errors import NotFound, Refused
from course.services.insight import Insight, Lens
from course.services.study.reporting import A_DAY, MOST
from course.storage.stores.answers import Asked
from course.storage.stores.cohorts import Cohort, Member
from tests.people import ANN, BEA, CAI
from tests.services.classroom import Classroom


@pytest.fixture
def answered(room: Classroom) -> Classroom:
    """ANN learns in k and took the checkpoint; BEA leads it; CAI is in no cohort and took nothing."""
    with room.uow.write() as tx:
        tx.cohorts.add(Cohort("k", "Group B", room.now))
        tx.memberships.put(Member("k", ANN.id, CohortRole.LEARNER, room.now))
        tx.memberships.put(Member("k", BEA.id, CohortRole.LEAD, room.now))
    room.take(ANN.id, "check-first")
    return room


def insight(room: Classroom) -> Insight:
    return Insight(room.uow, lambda: room.catalogue, lambda: room.now)


def test_the_lead_reads_what_was_written_without_a_name(answered: Classroom) -> None:
    answered.study.report(ANN.id, "c-one", "  Options A and B\n are   both right. ")
    view = insight(answered).question(BEA.id, Lens("k", "check-first"), "c-one")
    (report,) = view.reports
    assert report.text == "Options A and B\nare both right."
    assert report.version == answered.catalogue.questions["c-one"].version
    assert view.row.reports == 1
    rows = insight(answered).items(BEA.id, Lens("k", "check-first")).rows
    assert {row.id: row.reports for row in rows}["c-one"] == 1
    assert not hasattr(report, "learner")


def test_a_question_of_a_notebook_can_be_reported(answered: Classroom) -> None:
    with pytest.raises(NotFound):
        answered.study.report(ANN.id, "p-one", "Cannot be understood.")
    answered.read(ANN.id)
    answered.study.report(ANN.id, "p-one", "Cannot be understood.")
    with answered.uow.read() as tx:
        assert tx.reports.counts(Asked("k")) == {"p-one": 1}


@pytest.mark.parametrize(("learner", "question"), [(CAI.id, "c-one"), (ANN.id, "t-one"), (ANN.id, "no-such"), (None, "c-one")])
def test_what_somebody_was_not_asked_is_not_shown_to_them(answered: Classroom, learner: str | None, question: str) -> None:
    with pytest.raises(NotFound):
        answered.study.reportable(learner, question)


@pytest.mark.parametrize("text", ["", "   \n ", "bad", "x" * (MOST + 1)])
def test_what_says_nothing_or_too_much_is_refused(answered: Classroom, text: str) -> None:
    with pytest.raises(Refused):
        answered.study.report(ANN.id, "c-one", text)


def test_there_is_an_end_to_it_in_a_day(answered: Classroom) -> None:
    for number in range(A_DAY):
        answered.study.report(ANN.id, "c-one", f"Report number {number}.")
    with pytest.raises(Refused, match="tomorrow"):
        answered.study.report(ANN.id, "c-one", "One more.")
    answered.wait(days=2)
    answered.study.report(ANN.id, "c-one", "One more.")


def test_reports_of_others_cohorts_are_not_counted(answered: Classroom) -> None:
    answered.take(CAI.id, "check-first")
    answered.study.report(CAI.id, "c-one", "Two answers are right.")
    with answered.uow.read() as tx:
        assert tx.reports.counts(Asked("k")) == {}
        assert tx.reports.of_question(Asked("k"), "c-one") == ()
