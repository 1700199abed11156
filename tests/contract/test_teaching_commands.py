"""`regrade`, `void`, `override` and `mark`: dry runs first, one sentence when refused, JSON alone on standard output."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from course import bootstrap
from course.bootstrap import Process, build
from course.cli import main
from tests.content.bad_examples import GOOD
from tests.people import ANN, BEA

QUIZ = """
schema: 1
quiz: {id: essays, title: Essays, module: block, kind: checkpoint, shuffle: {questions: false, options: false}}
questions:
  - id: es-key
    type: single_choice
    objective: open-channel
    stem: Which?
    options: [{id: a, text: A, correct: true, feedback: F.}, {id: b, text: B, feedback: F.}]
    explanation: A.
    cites: [zhang2021]
  - id: es-why
    type: essay
    objective: open-channel
    points: 4
    stem: Why?
    words: {min: 3, max: 50}
    rubric: [{id: block, text: Says that it blocks, points: 3}, {id: use, text: Says that use matters, points: 1}]
    explanation: It blocks.
    cites: [zhang2021]
"""
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
SIGN = ("--apply", "--by", "Ivo", "--why", "The key was wrong.")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(GOOD, tmp_path / "content"))
    (root / "quizzes" / "essays.yaml").write_text(QUIZ, encoding="utf-8")
    return root


@pytest.fixture
def course(content: Path, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Process:
    environment = {"COURSE_DATABASE_URL": database_url, "COURSE_DATA_DIR": str(tmp_path / "data"), "COURSE_CONTENT": str(content)}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bootstrap, "_utc_now", lambda: NOW)
    return build(environment)


@pytest.fixture
def run(course: Process) -> Run:
    def command(*arguments: object) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        return main([str(argument) for argument in arguments], out, err), out.getvalue(), err.getvalue()

    return command


@pytest.fixture
def attempt(course: Process) -> int:
    """Ann answered the question wrongly and wrote an essay."""
    return take(course, ANN.id, "b", "It blocks the channel.")


def take(course: Process, learner: str, *responses: str) -> int:
    attempt = course.study.start(learner, "essays", "k")
    for position, response in enumerate(responses, start=1):
        course.study.save(learner, attempt, position, response)
    course.study.submit(learner, attempt, "s")
    return attempt


def mend(content: Path) -> None:
    text = QUIZ.replace("text: A, correct: true", "text: A").replace("text: B,", "text: B, correct: true,")
    (content / "quizzes" / "essays.yaml").write_text(text, encoding="utf-8")


def data(result: tuple[int, str, str]) -> Any:
    code, out, err = result
    assert (code, err) == (0, "")
    return json.loads(out)


def sentence(result: tuple[int, str, str]) -> str:
    code, out, err = result
    assert (code, out, err.count("\n")) == (1, "", 1)
    return err


def test_a_mended_key_goes_from_dry_run_to_result(run: Run, course: Process, content: Path, attempt: int) -> None:
    marking = ("mark", "give", attempt, 2, "--points", "block=3", "--points", "use=1", "--by", "Ivo")
    assert data(run(*marking, "--apply", "--format", "json"))["results"][0]["to"] == {"points": 4, "max": 5, "passed": True}
    mend(content)
    dry = data(run("regrade", "es-key", "--format", "json"))
    assert dry["applied"] is False
    assert dry["summary"] == {"loses": 0, "gains": 1, "stays": 0, "open": 0, "left": 0, "nothing_counts": 0}
    (one,) = dry["attempts"]
    assert (one["attempt"], one["learner"], one["effect"]) == (attempt, ANN.id[:8], "gains")
    assert (one["from"], one["to"]) == ({"points": 4, "max": 5, "passed": True}, {"points": 5, "max": 5, "passed": True})
    assert one["questions"][0]["score"] == {"from": 0, "to": 1}
    assert data(run("regrade", "es-key", *SIGN, "--format", "json"))["applied"] is True
    assert course.study.result(ANN.id, attempt).points == 5
    assert data(run("regrade", "es-key", *SIGN, "--format", "json"))["attempts"] == []
    history = data(run("override", attempt, "--format", "json"))
    assert [(r["kind"], r["by"], r["why"]) for r in history["rulings"]] == [("regrade", "Ivo", "The key was wrong.")]


def test_text_names_those_who_lose_first_and_how_to_store_it(run: Run, course: Process, content: Path, attempt: int) -> None:
    loses = take(course, BEA.id, "a", "")
    mend(content)
    code, out, err = run("regrade", "es-key")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["attempt", "learner", "quiz", "points", "passed", "questions"]
    assert lines[1].split()[:5] == [str(loses), BEA.id[:8], "essays", "1", "LOSES"]
    assert "1 of 5 -> 0 of 5" in lines[1]
    assert lines[2].split()[4] == "gains"
    assert "no result -> no result" in lines[2]
    assert lines[2].endswith("es-key 0 -> 1")
    assert lines[3] == "1 loses, 1 gains, 0 stay."
    assert lines[-1].startswith("A dry run: nothing was stored. Add --apply --by NAME --why TEXT")


def test_whoever_would_lose_can_be_spared(run: Run, course: Process, content: Path) -> None:
    loses = take(course, BEA.id, "a", "")
    mend(content)
    code, out, _ = run("regrade", "--quiz", "essays", "--spare", *SIGN)
    assert code == 0
    assert "left as it is: 1 of es-key (would lose and was to be spared)" in out
    assert course.study.result(BEA.id, loses).points == 1


def test_a_question_is_withdrawn_and_brought_back(run: Run, course: Process, attempt: int) -> None:
    take(course, BEA.id, "b", "")
    dry = data(run("void", "es-key", "--format", "json"))
    assert [(one["from"]["max"], one["to"]["max"]) for one in dry["attempts"]] == [(None, None), (5, 4)]
    assert "A dry run" in run("void", "es-key")[1]
    assert data(run("void", "es-key", *SIGN, "--format", "json"))["applied"] is True
    assert course.study.result(ANN.id, attempt).items[0].notice.startswith("Withdrawn on 3 November 2026")
    assert run("void", "es-key", *SIGN)[1] == "Nothing changes.\n"
    assert "0 gain" in run("void", "es-key", "--undo", *SIGN)[1]
    assert [v["kind"] for v in data(run("override", attempt, "--format", "json"))["voids"]] == ["void", "unvoid"]


def test_an_attempt_is_voided_and_brought_back(run: Run, course: Process) -> None:
    attempt = take(course, BEA.id, "b", "")
    assert "the attempt counts nowhere any more" in run("override", attempt, "--void")[1]
    assert "A dry run" in run("override", attempt, "--void")[1]
    assert data(run("override", attempt, "--void", *SIGN, "--format", "json"))["act"] == "attempt_voided"
    assert "voided already" in sentence(run("override", attempt, "--void"))
    assert "the attempt counts again" in run("override", attempt, "--bring-back", *SIGN)[1]


def test_a_grade_is_changed_shown_and_taken_back(run: Run, course: Process) -> None:
    attempt = take(course, BEA.id, "b", "")
    assert "0 of 5 -> 4 of 5" in run("override", attempt, "--points", 4)[1]
    assert run("override", attempt)[1].endswith("Nothing was decided about it.\n")
    assert run("override", attempt, "--points", 4, *SIGN)[0] == 0
    assert course.study.result(BEA.id, attempt).points == 4
    code, out, _ = run("override", attempt)
    assert code == 0
    assert out.splitlines()[1] == "2026-11-03 12:00 override by Ivo, 0 of 5 -> 4 of 5: The key was wrong."
    assert run("override", attempt, "--remove", *SIGN)[0] == 0
    assert course.study.result(BEA.id, attempt).points == 0


def test_an_essay_is_listed_shown_and_marked(run: Run, course: Process, attempt: int) -> None:
    code, out, _ = run("mark", "list")
    assert code == 0
    assert out.splitlines()[0] == (f"attempt {attempt}, question 2: essays/es-why, 4 words, handed in 2026-11-03, waits for a first mark")
    assert "emergency procedure" in out
    assert ANN.id[:8] not in out
    shown = run("mark", "show", attempt, 2)[1]
    for part in ("Why?", "It blocks the channel.", "asked for 3 to 50 words", "block (0 to 3): Says that it blocks", "emergency procedure"):
        assert part in shown
    give = ("mark", "give", attempt, 2, "--points", "block=2", "--points", "use=0", "--comment", "And use?", "--by", "Ivo")
    assert "2 of 4 points. The mark is final.\nAttempt" in run(*give)[1]
    assert ANN.id[:8] not in run(*give)[1] + run(*give, "--format", "json")[1], "graders need not know whose it is"
    assert "A dry run" in run(*give)[1]
    assert course.study.result(ANN.id, attempt).pending
    assert "dry run" not in run(*give, "--apply")[1]
    assert course.study.result(ANN.id, attempt).points == 2
    assert run("mark", "list")[1] == "Nothing waits for a grader.\n"
    assert data(run("mark", "list", "--all", "--format", "json"))["queue"][0]["graders"] == ["Ivo"]


def test_a_second_grader_judges_without_the_first_mark_and_a_third_sees_both(run: Run, attempt: int) -> None:
    give = ("mark", "give", attempt, 2, "--apply")
    assert "second mark" in run(*give, "--points", "block=3", "--points", "use=1", "--by", "Ivo", "--second")[1]
    assert "hidden" in run("mark", "show", attempt, 2)[1]
    assert "Ivo, 2026-11-03: block 3" not in run("mark", "show", attempt, 2)[1]
    assert "Ivo, 2026-11-03: block 3" in run("mark", "show", attempt, 2, "--marks")[1]
    assert data(run("mark", "show", attempt, 2, "--format", "json"))["marks"] is None
    assert "a third grader decides" in run(*give, "--points", "block=0", "--points", "use=0", "--by", "Lea")[1]
    assert "Lea, 2026-11-03: block 0" in run("mark", "show", attempt, 2)[1]
    assert len(data(run("mark", "show", attempt, 2, "--format", "json"))["marks"]) == 2
    assert "waits for a deciding mark, marked by Ivo, Lea" in run("mark", "list")[1]


def test_refusals_are_one_sentence(run: Run, attempt: int) -> None:
    assert "no question `nope`" in sentence(run("regrade", "nope"))
    assert "no quiz `nope`" in sentence(run("regrade", "--quiz", "nope"))
    assert "--by NAME" in sentence(run("regrade", "es-key", "--apply"))
    assert "--why TEXT" in sentence(run("void", "es-key", "--apply", "--by", "Ivo"))
    assert "Nobody has been asked" in sentence(run("void", "nope"))
    assert "no attempt 999" in sentence(run("override", 999))
    assert "waiting for a person" in sentence(run("override", attempt, "--share", 1))
    assert "not one that a person grades" in sentence(run("mark", "show", attempt, 1))
    assert "are missing" in sentence(run("mark", "give", attempt, 2, "--by", "Ivo"))


@pytest.mark.parametrize(
    "wrong",
    [
        ["regrade"],
        ["regrade", "es-key", "--quiz", "essays"],
        ["void"],
        ["override", "first"],
        ["override", "1", "--points", "1", "--share", "1"],
        ["mark"],
        ["mark", "give", "1", "2", "--points", "block"],
        ["mark", "give", "1", "2", "--points", "block=many"],
    ],
)
def test_usage_errors_exit_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(wrong)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


def test_an_outdated_database_is_refused_with_what_to_run(course: Process, run: Run) -> None:
    with course.storage.engines.write.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001_first'")
    assert "python -m course db upgrade" in sentence(run("mark", "list"))
