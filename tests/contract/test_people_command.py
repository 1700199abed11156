"""`people`: each act through the command line, over one database."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from course.access.roles import SiteRole
from course.bootstrap import Process, build
from course.cli import main
from course.services.people import OPERATOR, Caller
from course.services.people.accounts import Credentials

WORDS = "seven green umbrellas"


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Process:
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    made = build({"COURSE_DATA_DIR": str(tmp_path)})
    made.prepare()
    return made


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(["people", *arguments], out, err), out.getvalue(), err.getvalue()


def token_in(text: str) -> str:
    return text.split("token=")[1].split()[0]


def cohort(process: Process) -> tuple[Caller, str]:
    ivo = Caller(process.people.sign_up(None, Credentials("ivo", WORDS, "Ivo"), "cookie").id)
    process.site.set_role(OPERATOR, ivo.learner or "", SiteRole.TEACHER, has=True)
    return ivo, process.cohorts.create(ivo, "Group B").id


def test_an_account_is_added_and_its_person_sets_the_password(process: Process) -> None:
    code, out, _ = run("add", "Ada@course.test", "--name", "Ada", "--role", "admin")
    assert code == 0
    assert "/join/reset?token=" in out
    ada = process.people.reset(token_in(out), WORDS, "new")
    assert process.people.actor(ada.id).site == {SiteRole.ADMIN}
    code, _, err = run("add", "ada@course.test")
    assert (code, "taken" in err) == (1, True)


@pytest.mark.parametrize(("flag", "role"), [("--admin", SiteRole.ADMIN), ("--teacher", SiteRole.TEACHER)])
def test_a_link_makes_an_admin_or_a_teacher(process: Process, flag: str, role: SiteRole) -> None:
    code, out, _ = run("invite", flag)
    assert code == 0
    person = process.people.accept_as_new(token_in(out), Credentials("eve", WORDS), "new")
    assert process.people.actor(person.id).site == {role}


def test_a_link_leads_into_a_cohort_by_its_name(process: Process) -> None:
    _, place = cohort(process)
    code, out, _ = run("invite", "--cohort", "group b", "--role", "lead")
    assert code == 0
    person = process.people.accept_as_new(token_in(out), Credentials("lea", WORDS), "new")
    assert process.people.actor(person.id).cohorts[place] == "lead"
    code, _, err = run("invite", "--cohort", "Group X")
    assert (code, "Group B" in err) == (1, True)


def test_a_roster_is_tried_then_taken_in(process: Process, tmp_path: Path) -> None:
    ivo, place = cohort(process)
    file = tmp_path / "class.csv"
    file.write_text("name,email\nBea,bea@course.test\nDee,no address\n")
    code, out, _ = run("import", place, str(file), "--apply")
    assert code == 1
    assert "    3  problem" in out
    assert len(process.cohorts.members(ivo, place)) == 1
    file.write_text("name,email\nBea,bea@course.test\n")
    code, out, _ = run("import", place, str(file))
    assert code == 0
    assert "dry run" in out
    code, out, _ = run("import", place, str(file), "--apply")
    assert (code, "Taken in" in out) == (0, True)
    assert [m.name for m in process.cohorts.members(ivo, place)] == ["Bea", "Ivo"]
    assert process.cohorts.audit(ivo, place).lines[0].who == "the command line"
    code, _, err = run("import", place, str(tmp_path / "none.csv"))
    assert (code, "cannot be read" in err) == (1, True)


def test_a_person_is_exported_and_erased(process: Process) -> None:
    person = process.people.sign_up(None, Credentials("bea", WORDS, "Bea"), "cookie")
    code, out, _ = run("export", "BEA")
    assert code == 0
    found = json.loads(out)
    assert found["data"]["account"][0]["login"] == "bea"
    assert "password_hash" not in found["data"]["account"][0]
    assert "dry run" in run("erase", "bea")[1]
    assert process.people.account(person.id) is not None
    assert run("erase", "bea", "--apply")[0] == 0
    code, _, err = run("export", "bea")
    assert (code, "nobody" in err) == (1, True)


def test_a_teacher_is_not_erased_before_handing_over(process: Process) -> None:
    cohort(process)
    code, _, err = run("erase", "ivo", "--apply")
    assert (code, "hands that over" in err) == (1, True)
