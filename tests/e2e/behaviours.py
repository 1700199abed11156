"""A small course whose quizzes ask in every way there is: tries, rounds, certainty, a fixed order, against the clock, a case."""

from __future__ import annotations

from pathlib import Path

from course.content.loader import load
from course.content.model import Catalogue

MODULE = "ways"
AT_ONCE = "reveal: {score: after_question, correctness: after_question, feedback: after_question, explanation: after_question, key: after_question}"
QUIZZES = {
    "tries": f"kind: checkpoint\n  behaviour: interactive\n  {AT_ONCE}",
    "rounds": f"kind: checkpoint\n  behaviour: mastery\n  mastery: {{right: 2, of: 2}}\n  {AT_ONCE}",
    "now": f"kind: checkpoint\n  behaviour: immediate\n  certainty: true\n  {AT_ONCE}",
    "sure": "kind: checkpoint\n  certainty: true\n  reveal: {key: after_attempt}",
    "order": "kind: exam\n  navigation: sequential\n  attempts: 2\n  wait: 2 h\n  unlock: [{passed: clock}]",
    "clock": "kind: checkpoint\n  time_limit: 20 min\n  grace: 1 s",
}
"""Quiz id -> its rules."""
QUESTIONS = """\
  - id: {quiz}-light
    type: single_choice
    objective: seeing
    stem: Which of these {quiz} lamps gives the most light for its power?
    options:
      - {{id: diode, text: The light-emitting diode, correct: true, feedback: "Yes, most of its power becomes light in {quiz}."}}
      - {{id: coil, text: The glowing coil, feedback: "Most of its power becomes warmth in this room of {quiz}."}}
      - {{id: gas, text: The tube of gas, feedback: "It stands between the two others in all the tables of {quiz}."}}
    hints:
      - {{text: "Think of the one that stays cool to the touch in {quiz}.", penalty: 0.1}}
      - {{text: "It is made of a semiconductor, as the box of {quiz} says.", penalty: 0.2}}
    explanation: "A diode turns a larger share of its power into light, says the book of {quiz}."
    cites: [doe2021]
  - id: {quiz}-many
    type: multiple_choice
    objective: seeing
    stem: Which of these {quiz} colours stand in a rainbow?
    options:
      - {{id: red, text: Red, correct: true}}
      - {{id: green, text: Green, correct: true}}
      - {{id: brown, text: Brown, feedback: "Brown is dark orange and has no place of its own in {quiz}."}}
    explanation: "Brown is what orange looks like beside something brighter in {quiz}."
    cites: [doe2021]
  - id: {quiz}-sum
    type: numeric
    objective: counting
    {sum}
    explanation: "Half is what is left when it is shared by two in {quiz}."
    cites: [doe2021]
"""
PLAIN_SUM = 'stem: "How much is half of 40 in {quiz}?"\n    answer: 20'
DRAWN_SUM = """\
variables:
      asked: {range: [20, 90], step: 10}
    stem: "How much is half of {{asked}} in rounds?"
    answer: {expression: "asked / 2"}"""
CASE = """\
schema: 1
quiz:
  id: stages
  title: A case
  module: ways
  kind: case
questions:
  - id: stages-robin
    type: case
    objective: seeing
    stem: Read about Robin, who is invented.
    text: Robin looks for a lamp in the cellar.
    parts:
      - id: first
        type: single_choice
        text: It is dark and the steps are steep.
        stem: What is needed first?
        options:
          - {id: light, text: Some light, correct: true, feedback: "Yes, nobody should walk there in the dark."}
          - {id: rope, text: A rope, feedback: "A rope does not show where the steps are."}
        explanation: Steps in the dark are where people fall.
      - id: second
        type: single_choice
        text: With the torch on, Robin finds a broken bulb on the floor.
        stem: What comes next?
        options:
          - {id: shoes, text: Put on shoes as the very next thing, correct: true, feedback: "Yes, splinters of glass are hard to see."}
          - {id: sing, text: Sing a song, feedback: "A song mends nothing and cuts no fewer feet."}
        explanation: Glass on the floor is what hurts people next.
    explanation: Light first and shoes second keep Robin whole.
    cites: [doe2021]
"""


def write(root: Path) -> Catalogue:
    """Write the course under `root` and load it, without a finding that is an error."""
    folder = root / "modules" / f"01-{MODULE}"
    folder.mkdir(parents=True)
    (root / "quizzes").mkdir()
    (folder / "module.md").write_text(_module(), encoding="utf-8")
    (root / "modules" / "course.yaml").write_text(
        f"schema: 1\ncourse: {{id: ways, title: Ways to ask, summary: Every way to ask., language: en, licence: CC-BY-4.0}}\nmodules: [{MODULE}]\n",
        encoding="utf-8",
    )
    (root / "modules" / "references.yaml").write_text(
        "schema: 1\nreferences:\n  doe2021: {type: article, title: On light, authors: [Doe J], year: 2021, container: Journal}\n",
        encoding="utf-8",
    )
    for quiz, rules in QUIZZES.items():
        head = f"schema: 1\nquiz:\n  id: {quiz}\n  title: The quiz {quiz}\n  module: {MODULE}\n  {rules}\n  shuffle: {{questions: false, options: true}}\n"
        number = DRAWN_SUM if quiz == "rounds" else PLAIN_SUM.format(quiz=quiz)
        text = f"{head}questions:\n{QUESTIONS.format(quiz=quiz, sum=number)}"
        (root / "quizzes" / f"{quiz}.yaml").write_text(text, encoding="utf-8")
    (root / "quizzes" / "stages.yaml").write_text(CASE, encoding="utf-8")
    loaded = load(root)
    assert loaded.catalogue is not None, loaded.findings
    assert [f for f in loaded.findings if f.severity == "error"] == []
    return loaded.catalogue


def _module() -> str:
    aims = "".join(f"  - {{id: {o}, text: Know {o}, bloom: understand}}\n" for o in ("seeing", "counting"))
    return (
        f"---\nid: {MODULE}\ntitle: Ways to ask\nsummary: Every way to ask.\nminutes: 20\nobjectives:\n{aims}"
        "prerequisites: []\nreviewed_on: 2026-11-23\nreview_by: 2027-11-23\n---\n\n## To read\n\nLight is seen.\n\n"
        "```{case} stages-robin\n:id: robin\n```\n\n```{checkpoint} sure\n```\n"
    )
