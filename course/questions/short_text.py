"""A word or a short phrase, typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import re2

from course.diagnostics import Report
from course.questions.base import Comment, Control, Graded, Json, Line, QuestionType, Samples, TextEntry, invalid, scored
from course.questions.record_specs import Either, Field, ListOf, Record
from course.questions.scalar_specs import Number, OneWord, Text
from course.questions.spec import Parsed
from course.questions.typed import typed_lines
from course.questions.wording import normalise

_CUT: Final = 500
"""Characters of a response that are looked at."""
_NO_EDITS_BELOW: Final = 5
"""Shorter texts take no edits: one letter makes another word of them."""
ACCEPTED: Final = Record(
    "an accepted answer",
    {
        "text": Field(Text(), "an accepted text"),
        "pattern": Field(Text(), "a pattern that the whole answer matches (RE2: no backreferences, no look-around)"),
        "score": Field(Number(low=0, high=1), "what it scores", default=1),
        "feedback": Field(Text(), "shown to those who gave it", default=""),
    },
)
REJECTED: Final = Record(
    "a rejected answer",
    {
        "text": Field(Text(), "a text that scores 0, however near it is to an accepted one", required=True),
        "feedback": Field(Text(), "shown to those who gave it", default=""),
    },
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted answer: a text, or a compiled pattern. `normal` is the text in the form that is compared ("" for a pattern)."""

    text: str
    normal: str
    pattern: Any
    score: float
    feedback: str


@dataclass(frozen=True, slots=True)
class ShortTextBody:
    accept: tuple[Accepted, ...]
    reject: Mapping[str, str]
    """Normalised text -> feedback."""
    case: bool
    accents: bool
    edits: int


class ShortText(QuestionType[ShortTextBody]):
    """Asks for a word or a short phrase, typed.

    The answer is compared with `accept` and `reject` after normalising: Unicode NFKC, trimmed, spaces collapsed, case and
    accents ignored unless `case: respect` or `accents: respect`. A rejected text scores 0. Else the best of the equal texts
    and the matching patterns counts; else the best of the texts within `edits` changes (a letter added, left out, replaced,
    or two neighbours swapped; texts under five characters take none). A pattern has to match the whole trimmed answer, with
    the question's case rule; it runs in linear time. Only the first 500 characters of an answer are looked at.
    """

    name = "short_text"
    title = "Short text"
    fields: ClassVar[Mapping[str, Field]] = {
        "accept": Field(ListOf(Either((Text(), ACCEPTED)), least=1), "accepted texts and patterns", required=True),
        "reject": Field(ListOf(Either((Text(), REJECTED))), "texts that are wrong though near", default=list),
        "case": Field(OneWord(("ignore", "respect")), "whether capitals matter", default="ignore"),
        "accents": Field(OneWord(("ignore", "respect")), "whether accents matter", default="ignore"),
        "edits": Field(Number(low=0, high=5, whole=True), "how many slips of typing are forgiven", default=0),
    }
    example = """\
id: name-it
type: short_text
objective: nmda-block
stem: Which substance is this course about?
accept:
  - ketamine
  - {text: esketamine, score: 0.5, feedback: One of its two forms.}
  - {pattern: '(S|R)-ketamine', score: 1}
reject: [{text: ketamide, feedback: Not a name of it.}]
edits: 1
explanation: Ketamine is a mixture of two mirror forms; esketamine is one of them.
cites: [zhang2021]
tests:
  - {response: ' Ketamine', score: 1}
  - {response: ketamin, score: 1}
  - {response: s-ketamine, score: 1}
  - {response: esketamine, score: 0.5}
  - {response: ketamide, score: 0}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> ShortTextBody | None:
        case, accents = parsed["case"] == "respect", parsed["accents"] == "respect"
        accept = tuple(_read_accepted(entry, parsed, report) for entry in parsed["accept"])
        rejected = [entry if isinstance(entry, Parsed) else {"text": entry, "feedback": ""} for entry in parsed["reject"]]
        reject = {normalise(r["text"], case=case, accents=accents): r["feedback"] for r in rejected}
        if not any(a.score >= 1 for a in accept):
            report.error("no-key", "no accepted answer scores 1", parsed.at("accept"))
        elif not any(a.score >= 1 and a.normal for a in accept):
            report.warning(
                "no-shown-answer", "no accepted text scores 1", parsed.at("accept"), "learners are shown one as the right answer"
            )
        for answer in accept:
            if answer.normal and answer.normal in reject:
                report.error("accept-and-reject", f"`{answer.text}` is both accepted and rejected", parsed.at("reject"))
        return ShortTextBody(accept, reject, case, accents, int(parsed["edits"]))

    def grade(self, body: ShortTextBody, response: Json) -> Graded:
        if not isinstance(response, str):
            return invalid("Write your answer as text.")
        found = _match(body, response)
        return scored(found.score if found else 0.0)

    def controls(self, body: ShortTextBody) -> tuple[Control, ...]:
        return (TextEntry("", "Your answer"),)

    def sample(self, body: ShortTextBody) -> Samples:
        texts = [a.text for a in body.accept if a.normal]
        scores = {text: self.grade(body, text).score or 0.0 for text in (*texts, *body.reject, "no such answer 0", "0")}
        return Samples(
            right=tuple(text for text, score in scores.items() if score >= 1),
            partial=tuple(text for text, score in scores.items() if 0 < score < 1),
            wrong=tuple(text for text, score in scores.items() if score <= 0 and text),
            invalid=(5, True, ["ketamine"], {"text": "ketamine"}),
        )

    def key(self, body: ShortTextBody) -> Json:
        """The first text with a full score (a pattern's own source where there is no text)."""
        return max(body.accept, key=lambda a: (a.score >= 1, bool(a.normal))).text

    def comments(self, body: ShortTextBody, response: Json) -> tuple[Comment, ...]:
        if not isinstance(response, str):
            return ()
        found = _match(body, response)
        text = found.feedback if found else body.reject.get(_normal(body, response), "")
        target = f"accept-{body.accept.index(found) + 1}" if found else "reject"
        return (Comment(target, text),) if text else ()

    def review(self, body: ShortTextBody, response: Json, *, reveal_key: bool) -> tuple[Line, ...]:
        right = (self.grade(body, response).score or 0) >= 1
        typed = response.strip()[:_CUT] if isinstance(response, str) else ""
        return typed_lines(typed, self.key(body), self.comments(body, response), right=right, reveal_key=reveal_key)


def edit_distance(a: str, b: str) -> int:
    """Optimal string alignment distance: insertions, deletions, replacements, and swaps of neighbours, each 1 (Boytsov 2011)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            now.append(best)
        before, last = last, now
    return last[-1]


def _read_accepted(entry: Parsed | str, parsed: Parsed, report: Report) -> Accepted:
    case, accents = parsed["case"] == "respect", parsed["accents"] == "respect"
    if isinstance(entry, str):
        return Accepted(entry, normalise(entry, case=case, accents=accents), None, 1.0, "")
    text, pattern = entry["text"], entry["pattern"]
    if (text is None) == (pattern is None):
        report.error("text-or-pattern", "an accepted answer has a `text` or a `pattern`", entry.place)
    compiled = _compile(pattern, case, entry, report) if pattern is not None else None
    normal = normalise(text, case=case, accents=accents) if text is not None and pattern is None else ""
    return Accepted(text or pattern or "", normal, compiled, float(entry["score"]), entry["feedback"])


def _compile(pattern: str, case: bool, entry: Parsed, report: Report) -> Any:
    options = re2.Options()
    options.case_sensitive = case
    options.log_errors = False
    try:
        return re2.compile(_sound(pattern), options)
    except re2.error as fault:
        why = fault.args[0].decode("utf-8", "replace") if isinstance(fault.args[0], bytes) else str(fault)
        hint = "patterns have no backreferences and no look-around"
        report.error("bad-pattern", f"this pattern cannot be used: {why}", entry.at("pattern"), hint)
        return None


def _match(body: ShortTextBody, response: str) -> Accepted | None:
    """The accepted answer that the response counts as; None when it is rejected or like none."""
    normal = _normal(body, response)
    if normal in body.reject:
        return None
    equal = [a for a in body.accept if (a.normal == normal and a.normal) or _matches(a, response)]
    near = equal or list(_near(body, normal))
    return max(near, key=lambda a: a.score, default=None)


def _normal(body: ShortTextBody, response: str) -> str:
    return normalise(response[:_CUT], case=body.case, accents=body.accents)


def _matches(answer: Accepted, response: str) -> bool:
    return answer.pattern is not None and answer.pattern.fullmatch(_sound(response[:_CUT].strip())) is not None


def _near(body: ShortTextBody, normal: str) -> Iterator[Accepted]:
    for answer in body.accept:
        long_enough = len(answer.normal) >= _NO_EDITS_BELOW and abs(len(answer.normal) - len(normal)) <= body.edits
        if body.edits and long_enough and edit_distance(answer.normal, normal) <= body.edits:
            yield answer


def _sound(text: str) -> str:
    """Without lone surrogates, which the matcher cannot take; composed, so that an accented letter is one character."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
