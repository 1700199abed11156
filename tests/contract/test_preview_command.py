"""`preview` tells authors what a learner sees when, from the same rule that the pages obey."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from course.cli import main
from tests.e2e import behaviours


def preview(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return main(["preview", *arguments], out, err), out.getvalue(), err.getvalue()


def moments(quiz: str) -> dict[str, dict[str, bool]]:
    code, out, _ = preview(quiz, "--format", "json")
    assert code == 0
    found: dict[str, dict[str, bool]] = json.loads(out)["moments"]
    return found


def test_nothing_is_shown_while_a_question_is_open() -> None:
    for quiz in ("pretest", "posttest", "pharmacology", "pharmacology-practice"):
        assert not any(moments(quiz)["while a question is open"].values())


def test_a_checkpoint_keeps_its_key_until_it_is_passed() -> None:
    found = moments("pharmacology")
    assert found["handed in, not passed"] == {"score": True, "correctness": True, "feedback": True, "explanation": True, "key": False}
    assert all(found["handed in and passed"].values())


def test_a_pretest_shows_its_score_alone_until_the_closing_test() -> None:
    found = moments("pretest")
    assert [name for name, shown in found["handed in and passed"].items() if shown] == ["score"]
    assert all(found["the closing test is handed in"].values())


def test_practice_answers_at_once() -> None:
    assert all(moments("pharmacology-practice")["once a question is settled"].values())


@pytest.mark.parametrize("behaviour", ["immediate", "deferred", "interactive", "mastery"])
def test_every_behaviour_has_its_moments(tmp_path: Path, behaviour: str) -> None:
    behaviours.write(tmp_path)
    quiz = {"immediate": "now", "deferred": "sure", "interactive": "tries", "mastery": "rounds"}[behaviour]
    code, out, _ = preview(str(tmp_path / "quizzes" / f"{quiz}.yaml"), "--format", "json")
    found = json.loads(out)["moments"]
    assert code == 0
    assert ("once a question is settled" in found) is (behaviour != "deferred")
    assert ("between two tries" in found) is (behaviour == "interactive")
    if behaviour == "interactive":
        assert [name for name, told in found["between two tries"].items() if told] == ["score", "correctness", "feedback"]
        assert list(found).index("between two tries") == 1


def test_it_is_a_table_for_people() -> None:
    code, out, _ = preview("quizzes/pharmacology.yaml")
    assert code == 0
    assert "handed in, not passed" in out
    assert out.splitlines()[1].split() == ["score", "correctness", "feedback", "explanation", "key"]


def test_an_unknown_quiz_is_refused_in_one_sentence() -> None:
    code, out, err = preview("nowhere")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("pharmacology", "--format", "xml")])
def test_bad_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        preview(*arguments)
    assert stopped.value.code == 2
