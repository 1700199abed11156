"""The command line that scripts and CI depend on: exit codes, and JSON alone on standard output."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course.cli import COMMANDS, main
from course.settings import ROOT
from tests.content.bad_examples import GOOD, make_example

QUIZ = """
schema: 1
quiz: {id: sample, title: Sample, module: nowhere, kind: practice}
questions:
  - {id: sc, type: single_choice, points: 2, options: [{id: a, text: A, correct: true}, {id: b, text: B}]}
  - {id: mc, type: multiple_choice, scoring: each, options: [{id: a, text: A, correct: true}, {id: b, text: B, correct: true}, {id: c, text: C}]}
  - {id: neg, type: single_choice, scoring: per_option, options: [{id: a, text: A, correct: true}, {id: b, text: B, fraction: -0.5}]}
  - {id: feel, type: likert, stem: Ready?, scale: [{id: '1', text: No}, {id: '2', text: Yes}]}
  - {id: why, type: essay, points: 4, stem: Why?, rubric: [{id: one, text: One, points: 4}]}
  - id: dose
    type: numeric
    variables: {asked: {range: [200, 1000], step: 100}}
    stem: Half of {{asked}}?
    answer: {expression: asked / 2}
"""


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main([str(argument) for argument in arguments], out, err), out.getvalue(), err.getvalue()


def check(*arguments: object) -> tuple[int, dict[str, Any]]:
    code, out, err = run("check", *arguments, "--format", "json", "--today", "2026-11-23")
    assert err == ""
    return code, json.loads(out)


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    path = tmp_path / "sample.yaml"
    path.write_text(QUIZ, encoding="utf-8")
    return path


def grade(quiz: Path, responses: object, *more: object) -> tuple[int, str, str]:
    file = quiz.with_name("responses.json")
    file.write_text(responses if isinstance(responses, str) else json.dumps(responses), encoding="utf-8")
    return run("grade", quiz, file, *more)


class TestCheck:
    def test_fine_content_exits_0_and_is_counted(self) -> None:
        code, result = check(GOOD)
        assert (code, result["findings"]) == (0, [])
        assert result["summary"] == {"errors": 0, "warnings": 0, "questions": 12, "modules": 1}

    def test_warnings_alone_exit_0(self, tmp_path: Path) -> None:
        code, result = check(make_example("option-feedback", tmp_path).root)
        assert code == 0
        assert (result["summary"]["errors"], result["summary"]["warnings"]) == (0, 1)

    def test_an_error_exits_1_with_its_place_and_hint(self, tmp_path: Path) -> None:
        code, result = check(make_example("format-of-a-quiz", tmp_path).root)
        assert code == 1
        assert {
            "code": "unknown-key",
            "severity": "error",
            "path": "quizzes/block.yaml",
            "line": 20,
            "column": 5,
            "message": "a single_choice question has no key `explanaton`",
            "hint": "did you mean `explanation`?",
        } in result["findings"]
        assert result["summary"]["questions"] == 12

    def test_a_path_limits_findings_and_counts_and_the_rest_is_still_known(self, tmp_path: Path) -> None:
        root = make_example("format-of-a-quiz", tmp_path).root
        assert check(root / "quizzes/pretest.yaml") == (
            0,
            {"findings": [], "summary": {"errors": 0, "warnings": 0, "questions": 1, "modules": 0}},
        )
        assert check(root / "modules")[1]["summary"]["modules"] == 1
        code, result = check(root / "quizzes/block.yaml", root / "modules/01-block")
        assert code == 1
        assert result["summary"]["questions"] == 2
        assert {finding["path"] for finding in result["findings"]} == {"quizzes/block.yaml"}

    def test_a_quiz_outside_of_the_folders_is_checked_against_the_course(self, tmp_path: Path) -> None:
        root = Path(shutil.copytree(GOOD, tmp_path / "content"))
        draft = root / "drafts" / "more.yaml"
        draft.parent.mkdir()
        text = (root / "quizzes/pretest.yaml").read_text(encoding="utf-8")
        draft.write_text(text.replace("pretest", "more", 1).replace("anchor-open", "mo-one").replace("kind: pretest", "kind: exam"))
        code, result = check(draft)
        assert (code, result["findings"], result["summary"]["questions"]) == (0, [], 1)

    def test_a_file_without_any_course_around_it_is_checked_alone(self, quiz: Path) -> None:
        code, result = check(quiz)
        assert code == 1
        assert result["summary"]["questions"] == 6
        assert {finding["path"] for finding in result["findings"]} == {"sample.yaml"}

    def test_a_path_that_does_not_exist_is_one_sentence(self, tmp_path: Path) -> None:
        code, out, err = run("check", tmp_path / "nowhere")
        assert (code, out) == (1, "")
        assert err == f"There is no {tmp_path / 'nowhere'}.\n"

    def test_a_folder_without_content_is_one_sentence(self, tmp_path: Path) -> None:
        code, out, err = run("check", tmp_path)
        assert (code, out, err.count("\n")) == (1, "", 1)

    def test_text_shows_the_line_and_a_caret(self, tmp_path: Path) -> None:
        code, out, _ = run("check", make_example("own-test", tmp_path).root, "--today", "2026-11-23")
        assert code == 1
        assert out.splitlines()[1:3] == [
            "  22 |     tests: [{response: pore, score: 1}, {response: rim, score: 0.5}]",
            "     |                                         ^",
        ]
        assert out.splitlines()[-1] == "1 error, 0 warnings in 12 questions, 1 module"

    def test_sarif_names_rules_and_places(self, tmp_path: Path) -> None:
        code, out, _ = run("check", make_example("own-test", tmp_path).root, "--format", "sarif", "--today", "2026-11-23")
        (one,) = json.loads(out)["runs"]
        assert code == 1
        assert [rule["id"] for rule in one["tool"]["driver"]["rules"]] == ["own-test"]
        assert one["results"][0]["level"] == "error"
        location = one["results"][0]["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "quizzes/block.yaml"
        written = "    tests: [{response: pore, score: 1}, {response: rim, score: 0.5}]"
        assert location["region"] == {"startLine": 22, "startColumn": 41, "snippet": {"text": written}}

    def test_a_release_must_meet_more(self, tmp_path: Path) -> None:
        root = make_example("claim-review", tmp_path).root
        assert check(root)[0] == 0
        assert check(root, "--release")[0] == 1

    def test_the_day_can_be_set(self) -> None:
        code, out, _ = run("check", GOOD, "--today", "2030-01-01", "--format", "json")
        assert [finding["code"] for finding in json.loads(out)["findings"]] == ["past-review"]
        assert code == 0

    @pytest.mark.parametrize("option", [["--today", "soon"], ["--format", "html"], ["--colour"]])
    def test_bad_options_exit_2(self, option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            run("check", GOOD, *option)
        assert stopped.value.code == 2
        assert capsys.readouterr().out == ""

    def test_bytes_that_are_not_utf8_are_found_on_their_line(self, tmp_path: Path) -> None:
        root = Path(shutil.copytree(GOOD, tmp_path / "content"))
        file = root / "quizzes/pretest.yaml"
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
        assert check(root)[0] == 0
        file.write_bytes(file.read_bytes().replace(b"It does.", b"It d\xf6es."))
        code, result = check(file)
        assert code == 1
        assert [(f["code"], f["line"]) for f in result["findings"]] == [("not-utf8", 11)]


class TestGrade:
    def test_it_writes_scores_states_and_totals(self, quiz: Path) -> None:
        code, out, err = grade(
            quiz,
            {"sc": "a", "mc": ["a"], "neg": "b", "feel": "2", "why": "Because.", "dose": {"variables": {"asked": 200}, "response": 100}},
        )
        assert (code, err) == (0, "")
        assert json.loads(out) == {
            "questions": {
                "sc": {"score": 1, "max": 2, "state": "right"},
                "mc": {"score": pytest.approx(2 / 3), "max": 1, "state": "partial"},
                "neg": {"score": -0.5, "max": 1, "state": "wrong"},
                "feel": {"score": None, "max": 0, "state": "recorded"},
                "why": {"score": None, "max": 4, "state": "manual"},
                "dose": {"score": 1, "max": 1, "state": "right"},
            },
            "points": pytest.approx(2 + 2 / 3 - 0.5 + 1),
            "max": 5,
            "fraction": pytest.approx((2 + 2 / 3 - 0.5 + 1) / 5),
        }

    def test_what_is_missing_is_omitted_and_what_is_malformed_invalid(self, quiz: Path) -> None:
        _, out, _ = grade(quiz, {"sc": "zzz", "mc": [], "neg": None, "dose": {"variables": {"nope": 1}, "response": 1}})
        states = {name: question["state"] for name, question in json.loads(out)["questions"].items()}
        assert states == {"sc": "invalid", "mc": "omitted", "neg": "omitted", "feel": "omitted", "why": "omitted", "dose": "invalid"}

    def test_the_seed_chooses_the_variant(self, quiz: Path) -> None:
        answers = range(100, 501, 50)
        right = {
            seed: [a for a in answers if json.loads(grade(quiz, {"dose": a}, "--seed", seed)[1])["questions"]["dose"]["state"] == "right"]
            for seed in (1, 2, 3, 4, 5)
        }
        assert all(len(found) == 1 for found in right.values())
        assert len({found[0] for found in right.values()}) > 1
        assert [json.loads(grade(quiz, {"dose": a})[1])["questions"]["dose"]["state"] for a in right[1]] == ["right"]

    def test_nothing_that_counts_gives_no_fraction(self, tmp_path: Path) -> None:
        path = tmp_path / "s.yaml"
        path.write_text("schema: 1\nquestions:\n  - {id: f, type: likert, stem: S, scale: [{id: a, text: A}, {id: b, text: B}]}\n")
        assert json.loads(grade(path, {"f": "a"})[1])["fraction"] is None

    def test_faults_in_what_only_teaches_do_not_hinder(self, quiz: Path) -> None:
        text = QUIZ.replace("points: 2,", "points: 2, cites: no list, bloom: guess, tests: [{}],").replace("kind: practice", "kind: odd")
        quiz.write_text(text, encoding="utf-8")
        assert grade(quiz, {"sc": "a"})[0] == 0

    def test_a_used_question_comes_from_the_file_beside(self, quiz: Path) -> None:
        other = quiz.with_name("other.yaml")
        other.write_text("schema: 1\nquestions:\n  - use: sample/sc\n    points: 5\n", encoding="utf-8")
        assert json.loads(grade(other, {"sc": "a"})[1])["points"] == 5

    @pytest.mark.parametrize(
        ("responses", "told"),
        [
            ({"nope": 1}, "no question `nope`"),
            ([], "must hold a JSON object"),
            ("{", "is not JSON"),
            ('{"sc": "a", "sc": "b"}', "given twice"),
            ("[" * 100_000, "is not JSON"),
        ],
    )
    def test_responses_that_cannot_be_meant_are_one_sentence(self, quiz: Path, responses: object, told: str) -> None:
        code, out, err = grade(quiz, responses)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert told in err

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("correct: true}, {id: b, text: B}]", "}, {id: b, text: B}]", "no option is marked"),
            ("points: 2", "points: two", "must be a number"),
            ("type: numeric", "type: numerical", "no question type"),
            ("schema: 1", "schema: 2", "must be 1"),
            ("id: mc", "id: sc", "stands twice"),
            ("questions:", "question:", "no list of `questions`"),
            ("- {id: sc", "- use: gone/q\n  - {id: sc", "gone.yaml"),
            ("kind: practice}", "kind: practice", "not closed"),
        ],
    )
    def test_a_quiz_that_cannot_be_graded_is_one_sentence(self, quiz: Path, old: str, new: str, told: str) -> None:
        assert old in QUIZ
        quiz.write_text(QUIZ.replace(old, new, 1), encoding="utf-8")
        code, out, err = grade(quiz, {})
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert told in err

    def test_missing_files_are_one_sentence(self, quiz: Path) -> None:
        code, out, err = run("grade", quiz, quiz.with_name("none.json"))
        assert (code, out, err.count("\n")) == (1, "", 1)


def module_run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "course", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("given", [("--seed", "-1"), ("--learners", "0")])
def test_a_demo_with_odd_numbers_is_one_sentence(given: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    code, out, err = run("demo", *given)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.endswith(".\n")


def test_usage_errors_exit_2() -> None:
    assert module_run().returncode == 2
    assert module_run("no-such-command").returncode == 2


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command.name, "--help"])
    assert ended.value.code == 0
    assert command.name in capsys.readouterr().out


def test_help_is_given_to_whoever_runs_the_module() -> None:
    done = module_run("simulate", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "simulate" in done.stdout


def test_checking_and_grading_import_no_database_and_no_pages() -> None:
    program = (
        "import sys, io\n"
        "from course.cli import main\n"
        f"main(['check', {str(GOOD)!r}, '--today', '2026-11-23'], io.StringIO(), sys.stderr)\n"
        "import course.cli.grade\n"
        "print(sorted(name for name in ('sqlalchemy', 'streamlit', 'pandas', 'numpy', 'starlette', 'plotly') if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
