"""How inputs are asked: under which key, whether each change is reported or waits for a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from course.questions.base import Control


@dataclass(frozen=True, slots=True)
class Asking:
    """`key` is unique on the page. `changed` is called after each change; None buffers changes until a button is pressed.

    `folder` is where the pictures of the question lie; None when it has none.
    """

    key: str
    label: str
    changed: Callable[[], None] | None = None
    folder: Path | None = None

    def part(self, index: int, control: Control) -> Asking:
        """The same for one control of the question; several controls carry their own labels."""
        return replace(self, key=f"{self.key}_{index}", label=control.label if control.name else self.label)

    @property
    def on_change(self) -> Callable[[], None] | Literal["ignore"]:
        return self.changed or "ignore"

    def tell(self) -> None:
        """Report a change that no widget reports by itself."""
        if self.changed is not None:
            self.changed()

    def widget(self) -> dict[str, Any]:
        """Arguments every widget of this part takes."""
        return {"key": self.key, "on_change": self.on_change}
