"""`grade` returns the documented score for every type and every rule: one table of worked examples, line by line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from course.cli import main
from course.questions import TYPES, by_name
from course.questions.scoring_rules import Rule
from tests.content.bad_examples import HERE

SAMPLE = HERE.parent / "contract" / "sample.yaml"
THIRD = 1 / 3

# question, response, score (a fraction of 1), state
EXAMPLES: list[tuple[str, Any, float | None, str]] = [
    ("sc", "pore", 1, "right"),
    ("sc", " pore ", 0, "invalid"),
    ("sc", "outside", 0, "wrong"),
    ("sc", "rim", 0, "invalid"),
    ("sc", ["pore"], 0, "invalid"),
    ("sc", None, 0, "omitted"),
    ("sc", "  ", 0, "omitted"),
    ("sc-fractions", "a", 1, "right"),
    ("sc-fractions", "b", 0.5, "partial"),
    ("sc-fractions", "c", -0.25, "wrong"),
    ("sc-floor", "a", 1, "right"),
    ("sc-floor", "b", 0, "wrong"),
    ("mc", ["a", "b"], 1, "right"),
    ("mc", ["b", "a"], 1, "right"),
    ("mc", ["a"], 0.5, "partial"),
    ("mc", ["a", "b", "c"], 2 / 3, "partial"),
    ("mc", ["c"], 0, "wrong"),
    ("mc", [], 0, "omitted"),
    ("mc", ["a", "a"], 0, "invalid"),
    ("mc", "a", 0, "invalid"),
    ("mc", ["a", 1], 0, "invalid"),
    ("mc-fractions", ["a", "b"], 1, "right"),
    ("mc-fractions", ["a"], 0.75, "partial"),
    ("mc-fractions", ["a", "c"], -0.25, "wrong"),
    ("mc-fractions", ["c", "d"], -1, "wrong"),
    ("tf", "true", 1, "right"),
    ("tf", True, 1, "right"),
    ("tf", "false", 0, "wrong"),
    ("tf", False, 0, "wrong"),
    ("tf", 1, 0, "invalid"),
    ("tf", "yes", 0, "invalid"),
    ("num", 177, 1, "right"),
    ("num", "177 ng/mL", 1, "right"),
    ("num", {"value": 0.177, "unit": "ug/mL"}, 1, "right"),
    ("num", {"value": 0.177, "unit": "µg/mL"}, 1, "right"),
    ("num", "177 ug/L", 1, "right"),
    ("num", 182, 1, "right"),
    ("num", 172, 1, "right"),
    ("num", 182.001, 0.5, "partial"),
    ("num", 100, 0.5, "partial"),
    ("num", 250, 0.5, "partial"),
    ("num", 250.1, 0, "wrong"),
    ("num", "1,77e2", 1, "right"),
    ("num", "1,200", 0, "invalid"),
    ("num", "177 mg", 0, "invalid"),
    ("num", "177 NG/ML", 0, "invalid"),
    ("num", True, 0, "invalid"),
    ("num", "nan", 0, "invalid"),
    ("num", "inf", 0, "invalid"),
    ("num", [177], 0, "invalid"),
    ("num", {"value": 177, "units": "ng/mL"}, 0, "invalid"),
    ("num", {}, 0, "omitted"),
    ("num-unit", "2.5 h", 1, "right"),
    ("num-unit", {"value": "2,5", "unit": "h"}, 1, "right"),
    ("num-unit", 2.5, 0, "invalid"),
    ("num-rel", 210, 1, "right"),
    ("num-rel", 189.9, 0, "wrong"),
    ("num-figures", 0.0118, 1, "right"),
    ("num-figures", 0.0125, 0, "wrong"),
    ("txt", "Ketamine ", 1, "right"),
    ("txt", "KETAMINÉ", 1, "right"),
    ("txt", "ketamin", 1, "right"),
    ("txt", "keatmine", 1, "right"),
    ("txt", "ketamide", 0, "wrong"),
    ("txt", "esketamine", 0.5, "partial"),
    ("txt", "s-Ketamine", 1, "right"),
    ("txt", "memantine", 0, "wrong"),
    ("txt", 5, 0, "invalid"),
    ("txt", ["ketamine"], 0, "invalid"),
    ("txt-strict", "Zürich", 1, "right"),
    ("txt-strict", "Zürich", 1, "right"),
    ("txt-strict", "zürich", 0, "wrong"),
    ("txt-strict", "Zurich", 0, "wrong"),
    ("gaps", {"receptor": "NMDA", "halflife": 2.5, "site": "pore"}, 1, "right"),
    ("gaps", {"receptor": "nmda", "halflife": "9 h", "site": "pore"}, 2 / 3, "partial"),
    ("gaps", {"receptor": "NMDA"}, THIRD, "partial"),
    ("gaps", {"site": "rim"}, 0, "wrong"),
    ("gaps", {"site": ""}, 0, "omitted"),
    ("gaps", {"place": "pore"}, 0, "invalid"),
    ("gaps", {"halflife": "soon"}, 0, "invalid"),
    ("match", {"urgency": "bladder", "dilation": "bile-duct"}, 1, "right"),
    ("match", {"urgency": "bladder", "dilation": "thyroid"}, 0.5, "partial"),
    ("match", {"dilation": "bile-duct"}, 0.5, "partial"),
    ("match", {"urgency": "thyroid"}, 0, "wrong"),
    ("match", {"urgency": "liver"}, 0, "invalid"),
    ("match", ["bladder"], 0, "invalid"),
    ("order", ["a", "b", "c"], 1, "right"),
    ("order", ["b", "a", "c"], THIRD, "partial"),
    ("order", ["b", "c", "a"], 0, "wrong"),
    ("order", ["a", "b"], 0, "invalid"),
    ("order", ["a", "b", "b"], 0, "invalid"),
    ("order", [], 0, "omitted"),
    ("sort", {"x": "acute", "y": "late", "z": "late"}, 1, "right"),
    ("sort", {"x": "acute", "y": "late"}, 2 / 3, "partial"),
    ("sort", {"x": "late"}, 0, "wrong"),
    ("sort", {"w": "late"}, 0, "invalid"),
    ("grid", {"r1": "yes"}, 0.5, "partial"),
    ("grid", {"r1": "yes", "r2": "no"}, 1, "right"),
    ("grid", {"r1": "no", "r2": "yes"}, 0, "wrong"),
    ("grid", {"r1": True}, 0, "invalid"),
    ("spot", "bladder", 1, "right"),
    ("spot", [410, 300], 1, "right"),
    ("spot", [460, 300], 1, "right"),
    ("spot", [461, 300], 0, "wrong"),
    ("spot", [100, 80], 0, "wrong"),
    ("spot", "kidney", 0, "wrong"),
    ("spot", "liver", 0, "invalid"),
    ("spot", [410], 0, "invalid"),
    ("spot", [410, "300"], 0, "invalid"),
    ("guess", 150, (100 - 27) / 90, "partial"),
    ("guess", 187, 1, "right"),
    ("guess", "187 ng/mL", 1, "right"),
    ("guess", 277, 0, "wrong"),
    ("guess", 400, 0, "wrong"),
    ("guess", 401, 0, "invalid"),
    ("guess-ratio", 125, 1, "right"),
    ("guess-ratio", 80, 1, "right"),
    ("guess-ratio", 50, (4 - 2) / (4 - 1.25), "partial"),
    ("guess-ratio", 400, 0, "wrong"),
    ("vignette", {"p1": ["a", "b"], "p2": "moderate"}, 1, "right"),
    ("vignette", {"p1": ["a"], "p2": "moderate"}, 2 / 3, "partial"),
    ("vignette", {"p2": "moderate"}, THIRD, "partial"),
    ("vignette", {"p1": ["c"], "p2": "mild"}, 0, "wrong"),
    ("vignette", {"p3": "mild"}, 0, "invalid"),
    ("vignette", {"p1": "a"}, 0, "invalid"),
    ("feel", "1", None, "recorded"),
    ("feel", "3", 0, "invalid"),
    ("feel", 1, 0, "invalid"),
    ("feel", None, 0, "omitted"),
    ("why", "Because the channel must open.", None, "manual"),
    ("why", 5, 0, "invalid"),
    ("why", "", 0, "omitted"),
    ("survey", {"variables": {"asked": 200, "share": 0.15, "met": 30}, "response": 15}, 1, "right"),
    ("survey", {"variables": {"asked": 300, "met": 60}, "response": "20.4"}, 1, "right"),
    ("survey", {"variables": {"asked": 300, "met": 60}, "response": 21}, 0, "wrong"),
    ("survey", {"variables": {"asked": 300, "met": 60}, "response": None}, 0, "omitted"),
    ("survey", {"variables": {"people": 300}, "response": 20}, 0, "invalid"),
    ("survey", {"variables": {"asked": "300"}, "response": 20}, 0, "invalid"),
    ("survey", {"variables": [300], "response": 20}, 0, "invalid"),
]

RULES = ("all_or_nothing", "each", "net_correct", "coverage")
CHOICE = {  # five options of which a, b, c are right
    "ab": (0, 4 / 5, 2 / 3, 2 / 3),
    "abd": (0, 3 / 5, THIRD, 4 / 9),
    "abcd": (0, 4 / 5, 2 / 3, 3 / 4),
    "de": (0, 0, 0, 0),
    "abcde": (0, 3 / 5, THIRD, 3 / 5),
    "abc": (1, 1, 1, 1),
}
PARTS = {  # four items: how many right, how many wrong, the rest blank
    (4, 0): (1, 1, 1, 1),
    (3, 1): (0, 0.75, 0.5, 0.5625),
    (2, 2): (0, 0.5, 0, 0.25),
    (2, 0): (0, 0.5, 0.5, 0.5),
    (1, 3): (0, 0.25, 0, 0.0625),
}
ORDERS = {"abcd": (4, 0), "bacd": (2, 2), "acdb": (1, 3)}
ITEMS = ("w", "x", "y", "z")


def grade(quiz: Path, responses: Any, *options: str) -> tuple[int, str, str]:
    file = quiz.with_name("responses.json")
    file.write_text(json.dumps(responses), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    return main(["grade", str(quiz), str(file), *options], out, err), out.getvalue(), err.getvalue()


def graded(quiz: Path, responses: Any, *options: str) -> dict[str, Any]:
    code, out, err = grade(quiz, responses, *options)
    assert (code, err) == (0, "")
    return dict(json.loads(out)["questions"])


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    quiz = tmp_path / "sample.yaml"
    quiz.write_bytes(SAMPLE.read_bytes())
    return quiz


@pytest.mark.parametrize(("question", "response", "score", "state"), EXAMPLES)
def test_the_documented_score(sample: Path, question: str, response: Any, score: float | None, state: str) -> None:
    found = graded(sample, {question: response})[question]
    assert (found["score"], found["state"]) == (None if score is None else pytest.approx(score, abs=1e-9), state)


def test_the_table_has_every_type_and_state() -> None:
    types = {item["id"]: item["type"] for item in yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["questions"]}
    bare = sorted({kind.name for kind in TYPES} - {types[question] for question, *_ in EXAMPLES})
    assert not bare, f"write a question of the type {', '.join(bare)} into tests/contract/sample.yaml and rows for it into `EXAMPLES` here"
    assert {question for question, *_ in EXAMPLES} == set(types)
    for kind in TYPES:
        states = {state for question, _, _, state in EXAMPLES if types[question] == kind.name}
        assert "invalid" in states, kind.name


@pytest.mark.parametrize("chosen", CHOICE)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_over_options(tmp_path: Path, rule: str, chosen: str) -> None:
    options = [{"id": i, "text": i.upper(), **({"correct": True} if i in "abc" else {})} for i in "abcde"]
    quiz = _quiz(tmp_path, {"id": "q", "type": "multiple_choice", "scoring": rule, "options": options})
    assert graded(quiz, {"q": list(chosen)})["q"]["score"] == pytest.approx(CHOICE[chosen][RULES.index(rule)])


@pytest.mark.parametrize("counts", PARTS, ids=str)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ["matching", "categorise", "matrix", "cloze"])
def test_every_rule_over_items(tmp_path: Path, kind: str, rule: str, counts: tuple[int, int]) -> None:
    right, wrong = counts
    given = {item: "good" if n < right else "bad" for n, item in enumerate(ITEMS) if n < right + wrong}
    quiz = _quiz(tmp_path, {**_items(kind), "id": "q", "type": kind, "scoring": rule})
    assert graded(quiz, {"q": given})["q"]["score"] == pytest.approx(PARTS[counts][RULES.index(rule)])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_over_an_order(tmp_path: Path, rule: str, order: str) -> None:
    items = [{"id": i, "text": i.upper()} for i in "abcd"]
    quiz = _quiz(tmp_path, {"id": "q", "type": "ordering", "scoring": rule, "items": items})
    assert graded(quiz, {"q": list(order)})["q"]["score"] == pytest.approx(PARTS[ORDERS[order]][RULES.index(rule)])


def test_the_rules_that_are_tested_are_all_there_are() -> None:
    assert {*RULES, "per_option"} == {rule.value for rule in Rule}
    tested = {"multiple_choice", "matching", "categorise", "matrix", "cloze", "ordering", "single_choice"}
    assert {kind.name for kind in TYPES if kind.rules} == tested
    assert set(by_name("single_choice").rules) == {"all_or_nothing", "per_option"}


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("multiple_choice", "net_correct"), ("matching", "each"), ("ordering", "each"), ("categorise", "each"), ("matrix", "each")],
)
def test_the_rule_when_none_is_named(kind: str, rule: str) -> None:
    assert by_name(kind).rules[0] == rule


def test_totals_count_what_has_a_score(sample: Path) -> None:
    code, out, _ = grade(sample, {"sc": "pore", "sc-fractions": "c", "feel": "1", "why": "Because."})
    found = json.loads(out)
    assert code == 0
    assert found["questions"]["feel"]["max"] == 0
    assert found["questions"]["why"]["max"] == 4
    assert found["points"] == pytest.approx(0.75), "nothing is floored"
    assert found["max"] == len(found["questions"]) - 2, "neither the essay nor the survey question counts"
    assert found["fraction"] == pytest.approx(0.75 / found["max"])


def test_one_seed_asks_one_variant(sample: Path) -> None:
    right = {"15": "0.15", "17": "0.17", "20": "0.2"}
    answers = {
        seed: [a for a in right if graded(sample, {"survey": a}, "--seed", str(seed))["survey"]["state"] == "right"] for seed in range(1, 9)
    }
    assert all(len(found) == 1 for found in answers.values())
    assert len({found[0] for found in answers.values()}) > 1
    assert [a for a in right if graded(sample, {"survey": a})["survey"]["state"] == "right"] == answers[1]


def test_a_plain_question_knows_no_variables(sample: Path) -> None:
    assert graded(sample, {"sc": {"variables": {}, "response": "pore"}})["sc"]["state"] == "invalid"


def test_a_response_to_no_question_is_one_sentence(sample: Path) -> None:
    code, out, err = grade(sample, {"sc": "pore", "nope": 1})
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "`nope`" in err


def test_a_list_of_options_in_any_order_and_a_deep_mess_never_raise(sample: Path) -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    names = [item["id"] for item in yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["questions"]]
    for mess in (deep, {"a": {"b": {"c": None}}}, [None], [[]], {"": ""}, -1e308, "9" * 5000, "\x00", {"value": {"value": 1}}):
        states = {found["state"] for found in graded(sample, dict.fromkeys(names, mess)).values()}
        assert states <= {"invalid", "wrong", "omitted", "manual"}


def _quiz(folder: Path, question: dict[str, Any]) -> Path:
    path = folder / "quiz.yaml"
    path.write_text(json.dumps({"schema": 1, "questions": [question]}), encoding="utf-8")
    return path


def _items(kind: str) -> dict[str, Any]:
    targets = [{"id": "good", "text": "Good"}, {"id": "bad", "text": "Bad"}]
    match kind:
        case "cloze":
            options = [{"id": "good", "text": "Good", "correct": True}, {"id": "bad", "text": "Bad"}]
            gaps = {item: {"type": "single_choice", "options": options} for item in ITEMS}
            return {"text": " ".join(f"[[{item}]]" for item in ITEMS), "gaps": gaps}
        case "matrix":
            return {"rows": [{"id": item, "text": item.upper(), "column": "good"} for item in ITEMS], "columns": targets}
        case "matching":
            return {
                "items": [{"id": i, "text": i.upper(), "target": "good"} for i in ITEMS],
                "targets": [targets[0], {**targets[1], "distractor": True}],
            }
        case _:
            return {"items": [{"id": item, "text": item.upper(), "target": "good"} for item in ITEMS], "targets": targets}
