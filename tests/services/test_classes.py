"""Assignments made, changed and withdrawn; extensions in bulk; previews, reminders, announcements; all of it in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from course.access.assignments import Assignment, Target, TargetKind
from course.errors import NotAllowed, NotFound, Refused
from course.services.teach import announcing
from course.services.teach.announcing import Nudge
from tests.people import ANN, BEA, CAI, GUS
from tests.services.classroom import Classroom
from tests.services.teaching import CHECK, ELSEWHERE, FIRST, HERE, IVO, LEA, ODA, SECOND, assign, audited, cohort_in, draft

DAY = timedelta(days=1)


@pytest.fixture
def room(room: Classroom) -> Classroom:
    cohort_in(room)
    return room


def test_what_was_made_is_found_again(room: Classroom) -> None:
    wanted = draft(
        FIRST,
        CHECK,
        opens=room.now,
        due=room.now + DAY,
        closes=room.now + 2 * DAY,
        attempts=2,
        pass_mark=0.5,
        weight=2.0,
        in_order=True,
        targets=(Target(TargetKind.GROUP, "g1"), Target(TargetKind.PERSON, CAI.id)),
    )
    one = room.classes.assign(IVO, wanted)
    assert room.classes.assignment(IVO, HERE, one) == replace(wanted, id=one)


def test_an_assignment_whose_press_comes_again_is_made_once(room: Classroom) -> None:
    one = room.classes.assign(IVO, draft(), "k1")
    assert room.classes.assign(IVO, draft(), "k1") == one
    assert room.classes.assign(IVO, draft(), "k2") != one != room.classes.assign(IVO, draft(title="Other"), "k1")
    room.classes.withdraw(IVO, HERE, one)
    assert room.classes.assign(IVO, draft(), "k1") == one
    assert [a.id for a in room.classes.withdrawn(IVO, HERE)] == [one]


def test_every_change_is_in_the_audit_from_what_to_what(room: Classroom) -> None:
    one = assign(room)
    room.wait(minutes=1)
    before = room.classes.assignment(IVO, HERE, one)
    room.classes.save(IVO, replace(before, title="Week one", weight=2.0))
    room.classes.save(IVO, replace(before, title="Week one", weight=2.0))
    room.classes.withdraw(IVO, HERE, one)
    with room.uow.read() as tx:
        newest = tx.audit.of_cohort(HERE)
    assert [(e.action, e.actor, e.subject) for e in newest] == [
        ("assignment.delete", IVO, f"assignment:{one}"),
        ("assignment.edit", IVO, f"assignment:{one}"),
        ("assignment.edit", IVO, f"assignment:{one}"),
    ]
    assert (newest[1].before, newest[1].after) == ({"title": "Week 1", "weight": 1.0}, {"title": "Week one", "weight": 2.0})
    with pytest.raises(NotFound):
        room.classes.assignment(IVO, HERE, one)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "title"),
        ({"items": (replace(CHECK, id="nothing"),)}, "The course has no quiz nothing"),
        ({"items": (replace(CHECK, id="practice-first"),)}, "The course has no quiz"),
        ({"targets": (Target(TargetKind.GROUP, "g9"),)}, "does not exist any more"),
        ({"targets": (Target(TargetKind.PERSON, GUS.id),)}, "not a learner of this cohort"),
    ],
)
def test_what_cannot_be_assigned_is_refused(room: Classroom, changes: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        room.classes.assign(IVO, replace(draft(), **changes))  # type: ignore[arg-type]
    assert audited(room) == []


def test_an_assignment_of_another_cohort_does_not_exist_here(room: Classroom) -> None:
    other = room.classes.assign(ODA, Assignment("", ELSEWHERE, "Theirs", (CHECK,)))
    for act in (
        lambda: room.classes.assignment(IVO, HERE, other),
        lambda: room.classes.save(IVO, draft(title="Mine now", id=other)),
        lambda: room.classes.withdraw(IVO, HERE, other),
        lambda: room.classes.extend(IVO, HERE, other, [ANN.id], attempts=1),
        lambda: room.classes.follow(IVO, HERE, other),
        lambda: room.classes.override(IVO, HERE, other, ANN.id, 1.0, "x"),
    ):
        with pytest.raises(NotFound):
            act()


def test_extensions_are_given_to_many_and_taken_back(room: Classroom) -> None:
    one = assign(room, due=room.now + DAY, closes=room.now + 2 * DAY)
    assert room.classes.extend(IVO, HERE, one, [ANN.id, BEA.id, ANN.id], due=room.now + 3 * DAY, attempts=1) == 2
    assert room.classes.extend(IVO, HERE, one, [ANN.id], due=room.now + 3 * DAY, attempts=1) == 0
    assert room.classes.cohort(IVO, HERE).lines[0].extended == 2
    assert room.classes.extend(IVO, HERE, one, [ANN.id, BEA.id]) == 2
    assert room.classes.cohort(IVO, HERE).lines[0].extended == 0
    assert [p for a, p, _ in audited(room) if a == "extension.edit"] == [ANN.id, BEA.id, ANN.id, BEA.id]


def test_what_was_changed_in_another_tab_is_not_written_over(room: Classroom) -> None:
    one = assign(room)
    seen = room.classes.assignment(IVO, HERE, one)
    room.classes.save(IVO, replace(seen, due=room.now + DAY), seen)
    with pytest.raises(Refused, match="changed meanwhile"):
        room.classes.save(IVO, replace(seen, title="Week one"), seen)
    assert room.classes.assignment(IVO, HERE, one) == replace(seen, due=room.now + DAY)


def test_an_extension_that_cannot_be_changes_nobody(room: Classroom) -> None:
    one = assign(room, due=room.now + DAY, closes=room.now + 2 * DAY)
    for who, what, says in (
        ([], {"attempts": 1}, "at least one"),
        ([ANN.id, GUS.id], {"attempts": 1}, "not a learner"),
        ([ANN.id], {"attempts": 0}, "more attempts"),
        ([ANN.id], {"closes": room.now + DAY}, "later time"),
    ):
        with pytest.raises(Refused, match=says):
            room.classes.extend(IVO, HERE, one, who, **what)  # type: ignore[arg-type]
    assert room.classes.cohort(IVO, HERE).lines[0].extended == 0


def test_the_preview_is_what_the_learner_then_sees(room: Classroom) -> None:
    wanted = draft(SECOND, CHECK, due=room.now + DAY, in_order=True)
    shown = room.classes.preview(IVO, wanted, [BEA.id, ANN.id, GUS.id])
    assert [p.name for p in shown] == ["Bea", "Ann"]
    room.classes.assign(IVO, wanted)
    for one in shown:
        (seen,) = room.study.home(one.learner).due
        assert (seen.words, seen.items) == (one.view.words, one.view.items)
    hidden = room.classes.preview(IVO, replace(wanted, due=None, opens=room.now + DAY), [ANN.id])[0].view
    assert hidden.words[0].startswith("Hidden because it opens on")


def test_a_reminder_names_neither_the_course_nor_the_others(room: Classroom) -> None:
    one = assign(room, title="Ketamine", due=room.now + DAY)
    found = room.classes.nudge(IVO, HERE, one, [ANN.id, BEA.id], "https://course.example.org")
    assert "ketamine" not in (found.subject + found.body).lower()
    assert found.addresses == ("ann@example.org", "bea@example.org")
    (mail,) = found.mails
    assert mail.startswith("mailto:?bcc=ann@example.org,bea@example.org&subject=Health%20course")


def test_a_reminder_says_whose_date_counts_and_whether_it_has_passed(room: Classroom) -> None:
    one = assign(room, due=room.now + DAY, closes=room.now + 2 * DAY)

    def told() -> Nudge:
        return room.classes.nudge(IVO, HERE, one, [ANN.id, BEA.id], "https://course.example.org")

    assert "It is due on Wednesday 4 November" in told().body
    room.classes.extend(IVO, HERE, one, [BEA.id], due=room.now + 9 * DAY)
    assert "4 November 2026, 12:00 (UTC). If you were given another date, yours counts." in told().body
    room.wait(days=3)
    assert "It was due on Wednesday 4 November" in told().body
    assert (told().shut, told().unopened) == (1, 0), "the extension keeps it open for one"
    later = room.classes.nudge(IVO, HERE, one, [BEA.id], "x")
    assert "It is due on Thursday 12 November 2026, 12:00 (UTC).\n" in later.body


def test_a_reminder_to_many_is_as_many_mails_as_it_takes(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    one = assign(room)
    who = [ANN.id, BEA.id, CAI.id]
    (whole,) = room.classes.nudge(IVO, HERE, one, who, "x").mails
    monkeypatch.setattr(announcing, "MAIL_LENGTH", len(whole) - 1)
    mails = room.classes.nudge(IVO, HERE, one, who, "x").mails
    assert [m.partition("&")[0] for m in mails] == ["mailto:?bcc=ann@example.org,bea@example.org", "mailto:?bcc=cai@example.org"]
    assert len({m.partition("&")[2] for m in mails}) == 1


def test_announcements_go_up_and_come_down(room: Classroom) -> None:
    until = room.classes.announce(IVO, HERE, "Room", "Room 4", room.now + DAY)
    assert room.classes.announce(IVO, HERE, "Room", "Room 4 ", room.now + DAY) == until, "a second press says it once"
    stays = room.classes.announce(IVO, HERE, "Books", "Bring them")
    assert [a.title for a in room.study.home(ANN.id).announcements] == ["Books", "Room"]
    room.wait(days=2)
    assert [a.id for a in room.classes.announced(IVO, HERE)] == [stays, until]
    assert [a.title for a in room.study.home(ANN.id).announcements] == ["Books"]
    room.classes.take_down(IVO, HERE, stays)
    assert room.study.home(ANN.id).announcements == ()
    for title, body in (("", "x"), ("x", " "), ("x" * 200, "x")):
        with pytest.raises(Refused):
            room.classes.announce(IVO, HERE, title, body)


def test_an_announcement_is_edited_and_the_audit_says_from_what_to_what(room: Classroom) -> None:
    room.classes.announce(IVO, HERE, "Room", "Ann is in room 4", room.now + DAY)
    (seen,) = room.classes.announced(IVO, HERE)
    room.wait(minutes=1)
    room.classes.change_announcement(IVO, HERE, seen, " The  room ", "Room 5", room.now + 2 * DAY)
    room.classes.change_announcement(IVO, HERE, seen, "The room", "Room 5", room.now + 2 * DAY)
    (now,) = room.classes.announced(IVO, HERE)
    assert now == replace(seen, title="The room", body="Room 5", until=room.now + 2 * DAY)
    assert [(a.title, a.body) for a in room.study.home(ANN.id).announcements] == [("The room", "Room 5")]
    with room.uow.read() as tx:
        entry, first = tx.audit.of_cohort(HERE)
    assert first.after == {"until": seen.until and seen.until.isoformat()}
    assert (entry.action, entry.actor, entry.subject) == ("announcement.edit", IVO, f"announcement:{seen.id}")
    assert entry.before == {"title": "Room", "text": "16 characters", "until": seen.until and seen.until.isoformat()}
    assert entry.after == {"title": "The room", "text": "another text, 6 characters", "until": (room.now + 2 * DAY).isoformat()}
    room.classes.change_announcement(IVO, HERE, now, "The room", "Room 7", now.until)
    with room.uow.read() as tx:
        latest = tx.audit.of_cohort(HERE)[0]
    assert (latest.before, latest.after) == ({"text": "6 characters"}, {"text": "another text, 6 characters"})


def test_an_announcement_that_cannot_be_changed_so_stays(room: Classroom) -> None:
    room.classes.announce(IVO, HERE, "Room", "Room 4", room.now + DAY)
    (seen,) = room.classes.announced(IVO, HERE)
    for title, body, until, says in (
        (" ", "x", None, "needs a title"),
        ("x", "", None, "needs a title"),
        ("x" * 121, "x", None, "at most 120"),
        ("x", "x", room.now - DAY, "lies in the past"),
    ):
        with pytest.raises(Refused, match=says):
            room.classes.change_announcement(IVO, HERE, seen, title, body, until)
    with pytest.raises(Refused, match="changed meanwhile"):
        room.classes.change_announcement(IVO, HERE, replace(seen, body="Room 3"), "Room", "Room 5")
    room.wait(days=2)
    room.classes.change_announcement(IVO, HERE, seen, "Room", "It was room 4", seen.until)
    for cohort, one in ((HERE, replace(seen, id=99)), (ELSEWHERE, seen)):
        with pytest.raises(NotFound):
            room.classes.change_announcement(ODA if cohort == ELSEWHERE else IVO, cohort, one, "x", "x")
    (now,) = room.classes.announced(IVO, HERE)
    assert (now.title, now.body, now.until) == ("Room", "It was room 4", seen.until)


def test_an_archived_cohort_changes_no_more_and_hands_out_nothing(room: Classroom) -> None:
    one = assign(room, closes=room.now + DAY)
    with room.uow.write() as tx:
        cohort = tx.cohorts.get(HERE)
        assert cohort is not None
        tx.cohorts.save(replace(cohort, archived_at=room.now))
    with pytest.raises(Refused, match="archived"):
        room.classes.withdraw(IVO, HERE, one)
    assert room.study.home(ANN.id).due == ()
    assert room.classes.cohort(IVO, HERE).archived


def test_what_was_withdrawn_comes_back_with_its_grades(room: Classroom) -> None:
    one = assign(room, due=room.now + DAY)
    room.classes.override(IVO, HERE, one, ANN.id, 0.9, "spoken exam")
    before = room.classes.gradebook(IVO, HERE)
    room.classes.withdraw(IVO, HERE, one)
    assert [a.id for a in room.classes.withdrawn(IVO, HERE)] == [one]
    for who in (LEA, ANN.id):
        with pytest.raises((NotAllowed, NotFound)):
            room.classes.bring_back(who, HERE, one)
    with pytest.raises(NotFound):
        room.classes.bring_back(ODA, ELSEWHERE, one)
    room.classes.bring_back(IVO, HERE, one)
    assert room.classes.withdrawn(IVO, HERE) == ()
    assert room.classes.gradebook(IVO, HERE) == before
    assert [action for action, *_ in audited(room)][-2:] == ["assignment.delete", "assignment.delete"]
    with pytest.raises(NotFound):
        room.classes.bring_back(IVO, HERE, one)


def test_who_would_get_which_grade_is_told_before_it_is_stored(room: Classroom) -> None:
    one = assign(room)
    for learner, share in ((ANN.id, 0.85), (BEA.id, 0.5)):
        room.classes.override(IVO, HERE, one, learner, share, "spoken exam")
    steps = [("high", 0.8), ("low", 0.3)]
    earned = room.classes.who_gets(IVO, HERE, drop_lowest=0, steps=steps, below="none")
    assert [(e.label, e.least, e.names) for e in earned] == [("high", 0.8, ("Ann",)), ("low", 0.3, ("Bea",)), ("none", None, ())]
    assert {r.label for r in room.classes.gradebook(IVO, HERE).rows} == {"pass", "fail", ""}, "nothing is stored"
    room.classes.grade_settings(IVO, HERE, drop_lowest=0, steps=steps, below="none", show_mean=False, show_place=False)
    assert {r.name: r.label for r in room.classes.gradebook(IVO, HERE).rows} == {"Ann": "high", "Bea": "low", "Cai": ""}
    assert room.classes.gradebook(IVO, HERE, text="ann").earned == earned, "of the whole class, whoever is shown"
    for odd in ([("a", 0.5), ("A ", 0.3)], [("b", 0.3), ("a", 0.5)], [("x" * 30, 0.5)], [("none", 0.5)]):
        with pytest.raises(Refused):
            room.classes.who_gets(IVO, HERE, drop_lowest=0, steps=odd, below="none")
    with pytest.raises(NotAllowed):
        room.classes.who_gets(LEA, HERE, drop_lowest=0, steps=steps, below="none")
