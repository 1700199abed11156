"""Items sorted into groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.choices import shuffle_for
from course.questions.matching import ITEM
from course.questions.pairing import Pairing, PairingType, read_pairing
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import Slug, Text
from course.questions.spec import Parsed

GROUP: Final = Record(
    "a target",
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "text": Field(Text(), "what the learner reads", required=True),
    },
)


class Categorise(PairingType):
    """Asks to sort items into groups; several items may belong to one group, and a group may stay empty.

    The answer maps item ids to target ids; items may be left blank. `each` (the default) scores the share of items that are
    right; `net_correct`, `coverage` and `all_or_nothing` are there too.
    """

    name = "categorise"
    title = "Sort into groups"
    fields: ClassVar[Mapping[str, Field]] = {
        "items": Field(ListOf(ITEM, least=2, unique="id"), "what is sorted", required=True),
        "targets": Field(ListOf(GROUP, least=2, unique="id"), "the groups", required=True),
    }
    example = """\
id: early-late
type: categorise
objective: uropathy-spectrum
stem: Which bladder changes come early, which late?
items:
  - {id: urgency, text: Urgency, target: early, feedback: One of the first signs.}
  - {id: scar, text: Scar tissue, target: late}
  - {id: small, text: A small bladder, target: late}
targets: [{id: early, text: Early}, {id: late, text: Late}]
explanation: Irritation comes first; scarring and lost capacity follow.
cites: [winst2012]
tests:
  - {response: {urgency: early, scar: late, small: late}, score: 1}
  - {response: {urgency: late, scar: late}, score: 0.33}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> Pairing | None:
        targets = parsed["targets"]
        return read_pairing(parsed["items"], targets, "target", rule, shuffle_for(t["text"] for t in targets), report)
