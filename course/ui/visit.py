"""What every page is handed: the process, who reads, and how to reach other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from course.access.permissions import Action, may_somewhere
from course.access.roles import NOBODY, Actor
from course.bootstrap import Process
from course.content.model import Catalogue
from course.services.people import Caller, Visitor
from course.services.study import Study
from course.services.study.cells import Cells
from course.ui import identity, state


@dataclass(frozen=True, slots=True)
class Visit:
    """One run of one page. `learner` is None for a guest about whom nothing is stored yet."""

    process: Process
    who: Visitor
    pages: Mapping[str, StreamlitPage]
    actor: Actor = NOBODY

    @property
    def learner(self) -> str | None:
        return identity.learner_id(self.who)

    @property
    def caller(self) -> Caller:
        """Who asks, for services that check permissions. Only somebody who is signed in holds a role."""
        return Caller(self.learner if self.who.signed_in else None)

    @property
    def catalogue(self) -> Catalogue:
        return self.process.catalogue()

    @property
    def clinician(self) -> bool:
        return identity.sees_clinician_cells(self.process, self.who)

    @property
    def study(self) -> Study:
        return self.process.study

    @property
    def notebook(self) -> Cells:
        """What the cells of a notebook work with: the study, unless this is a rehearsal."""
        return self.process.study

    @property
    def previews(self) -> bool:
        """Whether links into the preview are of use to them. The preview's services ask again."""
        return self.process.settings.author or may_somewhere(self.actor, Action.CONTENT_PREVIEW)

    def begin(self) -> str:
        """The learner's id; makes the profile when this is the first thing to save. What was read before it holds no more."""
        state.handed_over(self.process.clock())
        return identity.begin(self.process)

    def now(self) -> datetime:
        """The server's clock in the reader's time zone, for display only."""
        return self.local(self.process.clock())

    def local(self, at: datetime) -> datetime:
        try:
            return at.astimezone(ZoneInfo(st.context.timezone or "UTC"))
        except (ZoneInfoNotFoundError, ValueError):
            return at

    def folder(self, name: str) -> Path | None:
        """The folder of the content that a question's pictures are relative to; None for none."""
        return self.process.catalogue.root / name if name else None

    def link(self, page: str, label: str, *, icon: str | None = None, **query: str) -> None:
        """A link to another page, without a reload."""
        st.page_link(self.pages[page], label=label, icon=icon, query_params=query)

    def go(self, page: str, **query: str) -> None:
        """Switch to another page now."""
        st.switch_page(self.pages[page], query_params=query)


def query(name: str) -> str:
    """One query parameter, "" when absent; the last one when given twice."""
    return str(st.query_params.get(name, ""))
