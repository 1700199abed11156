"""Around every page: configuration, who reads, the menu, help and quick exit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import streamlit as st

from course.access.roles import NOBODY
from course.bootstrap import process
from course.errors import StorageUnavailable
from course.services.people import Visitor
from course.ui import failure, identity
from course.ui.components import author, help_panel
from course.ui.pages import PAGES, PageSpec
from course.ui.visit import Visit

MARK: Final = "app/static/mark.svg"
"""An address: Streamlit would read a file again on every run."""


def run() -> None:
    """One run of the script: find out who reads, then draw the page they are on."""
    running = process()
    course = running.catalogue().course
    try:
        who = identity.visitor(running)
        actor, trouble = identity.actor(running, who), None
    except StorageUnavailable as refusal:
        who, actor, trouble = Visitor(None, None), NOBODY, refusal
    pages: dict[str, st.Page] = {}
    visit = Visit(running, who, pages, actor)
    for spec in PAGES:
        pages[spec.url] = _page(spec, visit)
    chosen = st.navigation(list(pages.values()), position="top")
    title = course.neutral_title if running.settings.discreet else course.title
    st.set_page_config(
        page_title=title if chosen.url_path == "" else f"{chosen.title} · {title}", page_icon=MARK, layout="centered",
        initial_sidebar_state="auto",
    )  # fmt: skip
    help_panel.bar(course.help, running.clock().date())
    author.bar(running)
    if chosen.url_path == "" and trouble is None and identity.has_just_come(running, who):
        visit.go("you")  # where somebody lands whom another site has just signed in: the cookie is still to be changed
    if trouble is not None:
        failure.say(trouble)
    if trouble is None or not next(spec for spec in PAGES if spec.url == chosen.url_path).needs_database:
        chosen.run()


def _page(spec: PageSpec, visit: Visit) -> st.Page:
    def draw() -> None:
        spec.show(visit)

    draw.__name__ = f"page_{spec.url or 'home'}"
    body: Callable[[], None] = draw
    writing = visit.process.settings.author
    seen: Literal["visible", "hidden"] = "visible" if spec.stands_in_menu(visit.actor, author=writing) else "hidden"
    return st.Page(body, title=spec.title, url_path=spec.url, default=spec.url == "", visibility=seen)
