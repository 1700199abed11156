"""A page as somebody sees it, drawn by itself: links become captions, the address holds what it is given."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from course.bootstrap import Process
from course.services.people import Visitor
from course.ui.visit import Visit

DRAWN: dict[str, Visit] = {}
"""The visit that was drawn last, under `now`: the script of a drawn page takes no objects."""


def draw(process: Process, learner: str | None, page: str, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    """The page at this url as this learner sees it, signed in. A page that breaks fails the test."""
    with process.storage.read() as tx:
        person = tx.people.get(learner or "")
    DRAWN["now"] = Visit(process, Visitor("t", person, signed_in=True), {}, process.people.actor(learner))
    monkeypatch.setattr(Visit, "link", lambda self, page, label, **query: st.caption(label))
    app = AppTest.from_function(_page, args=(page,), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def text(app: AppTest) -> str:
    """What the page says in HTML of its own: everything but inputs, buttons and messages."""
    return " ".join(str(element.proto.body) for element in app.get("html"))


def _page(url: str) -> None:
    from course.ui.pages import PAGES
    from tests.ui.drawing import DRAWN

    next(spec for spec in PAGES if spec.url == url).show(DRAWN["now"])
