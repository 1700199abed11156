"""Rows that are each judged on the same columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.base import Shuffle
from course.questions.categorise import GROUP
from course.questions.pairing import Pairing, PairingType, read_pairing
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import Slug, Text
from course.questions.spec import Parsed

ROW: Final = Record(
    "a row",
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "text": Field(Text(), "what the learner reads", required=True),
        "column": Field(Slug(), "id of the right column", required=True),
        "feedback": Field(Text(), "shown to those who answered this row", default=""),
    },
)


class Matrix(PairingType):
    """Asks for one column in each row; the columns keep their order.

    The answer maps row ids to column ids; rows may be left blank. `each` (the default) scores the share of rows that are
    right; `net_correct`, `coverage` and `all_or_nothing` are there too.
    """

    name = "matrix"
    title = "Matrix"
    fields: ClassVar[Mapping[str, Field]] = {
        "rows": Field(ListOf(ROW, least=1, unique="id"), "what is judged", required=True),
        "columns": Field(ListOf(GROUP, least=2, unique="id"), "the possible judgements, in the order shown", required=True),
    }
    example = """\
id: listed
type: matrix
objective: criteria
stem: Is it one of the criteria of the disorder?
rows:
  - {id: craving, text: Craving, column: 'yes'}
  - {id: arrest, text: An arrest, column: 'no', feedback: Legal trouble was dropped from the list.}
columns: [{id: 'yes', text: Listed}, {id: 'no', text: Not listed}]
explanation: Craving is listed; legal problems no longer are.
cites: [dsm5tr]
tests:
  - {response: {craving: yes, arrest: no}, score: 1}
  - {response: {craving: yes}, score: 0.5}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> Pairing | None:
        return read_pairing(parsed["rows"], parsed["columns"], "column", rule, Shuffle.NEVER, report)
