"""Items matched with targets, one to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from course.diagnostics import Report
from course.questions.choices import shuffle_for
from course.questions.pairing import Pairing, PairingType, read_pairing
from course.questions.record_specs import Field, ListOf, Record
from course.questions.scalar_specs import Boolean, Slug, Text
from course.questions.spec import Parsed

ITEM: Final = Record(
    "an item",
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "text": Field(Text(), "what the learner reads", required=True),
        "target": Field(Slug(), "id of the target it belongs to", required=True),
        "feedback": Field(Text(), "shown to those who answered this item", default=""),
    },
)
TARGET: Final = Record(
    "a target",
    {
        "id": Field(Slug(), "stable id, never shown", required=True),
        "text": Field(Text(), "what the learner reads", required=True),
        "distractor": Field(Boolean(), "true: no item belongs here", default=False),
    },
)


class Matching(PairingType):
    """Asks which target belongs to each item; no two items share one, and some targets may be distractors.

    The answer maps item ids to target ids; items may be left blank. `each` (the default) scores the share of items that are
    right; `net_correct`, `coverage` and `all_or_nothing` are there too. A target that no item uses should say
    `distractor: true`. When items share targets, use categorise.
    """

    name = "matching"
    title = "Matching"
    fields: ClassVar[Mapping[str, Field]] = {
        "items": Field(ListOf(ITEM, least=2, unique="id"), "what is matched", required=True),
        "targets": Field(ListOf(TARGET, least=2, unique="id"), "what the items are matched with", required=True),
    }
    example = """\
id: organ-signs
type: matching
objective: organs-and-denominators
stem: Which organ does each finding point to?
items:
  - {id: urgency, text: Urgency and frequency, target: bladder, feedback: The lining is irritated first.}
  - {id: dilation, text: A dilated duct on imaging, target: bile-duct}
targets:
  - {id: bladder, text: Bladder}
  - {id: bile-duct, text: Bile duct}
  - {id: thyroid, text: Thyroid, distractor: true}
explanation: Bladder symptoms come first in most accounts; dilated bile ducts are seen on imaging.
cites: [winst2012]
tests:
  - {response: {urgency: bladder, dilation: bile-duct}, score: 1}
  - {response: {urgency: bladder, dilation: thyroid}, score: 0.5}
"""

    def parse(self, parsed: Parsed, rule: str | None, report: Report) -> Pairing | None:
        items, targets = parsed["items"], parsed["targets"]
        used: dict[str, str] = {}
        for item in items:
            first = used.setdefault(item["target"], item["id"])
            if first != item["id"]:
                message = f"`{first}` and `{item['id']}` share the target `{item['target']}`"
                report.warning("shared-target", message, item.at("target"), "use categorise when items share targets")
        for target in targets:
            if target["distractor"] and target["id"] in used:
                report.error(
                    "used-distractor", f"`{used[target['id']]}` belongs to `{target['id']}`, a distractor", target.at("distractor")
                )
            elif not target["distractor"] and target["id"] not in used:
                report.warning("unused-target", f"no item belongs to `{target['id']}`", target.place, "mark it `distractor: true`")
        return read_pairing(items, targets, "target", rule, shuffle_for(t["text"] for t in targets), report)
