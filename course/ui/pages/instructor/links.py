"""Links that were just made: shown once, to copy, because only their hashes are stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import streamlit as st

from course.services.people.inviting import Sent
from course.ui import state
from course.ui.components import page
from course.ui.visit import Visit


def keep(visit: Visit, place: str, sent: Iterable[tuple[str, str, Sent]]) -> None:
    """Remember links until the next ones of this place are made. Each: name, address, invitation."""
    rows = [(name, email, f"{visit.process.settings.base_url}/join/invitation?token={s.token}", s.mailed) for name, email, s in sent]
    state.remember(f"links_{place}", rows)


def shown(place: str) -> None:
    """The links that were made here, as lines to copy."""
    rows = state.recall(f"links_{place}")
    if not isinstance(rows, list) or not rows:
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((name, email, link) if name or email else (link,) for name, email, link, _ in rows)
    st.code(text.getvalue().rstrip(), language=None, wrap_lines=True)
    mailed = sum(bool(m) for *_, m in rows)
    told = f"{mailed} of {len(rows)} were sent by mail. " if mailed else ""
    page.fine(f"{told}These links are shown now and never again. Send each to its own person; whoever opens one comes in.")
