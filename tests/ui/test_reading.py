"""What a click draws again, and what it need not read again."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

CELLS = ("intro", "ask", "more")
DRAWN = {"cell_1": "seen", "cell_2": "now", "cell_3": None}


def page() -> None:
    """A page that was drawn, and what is to be redrawn of it."""
    import streamlit as st

    from course.ui import reading
    from tests.ui.test_reading import CELLS, DRAWN

    reading.begin_drawing("first", CELLS)
    for part, look in DRAWN.items():
        reading.drawn("first", part, look)
    looks = {**DRAWN, "cell_2": "seen", "cell_3": "now"}
    st.session_state["same"] = reading.to_redraw("first", CELLS, DRAWN)
    st.session_state["passed"] = reading.to_redraw("first", CELLS, looks)
    st.session_state["fewer"] = reading.to_redraw("first", CELLS[:2], looks)
    st.session_state["elsewhere"] = reading.to_redraw("second", CELLS, DRAWN)


def test_only_what_looks_different_is_drawn_again() -> None:
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.session_state["same"] == ()
    assert app.session_state["passed"] == ("cell_2", "cell_3")


def test_a_page_with_other_cells_is_drawn_whole() -> None:
    app = AppTest.from_function(page).run()
    assert app.session_state["fewer"] is None
    assert app.session_state["elsewhere"] is None


def handing_over() -> None:
    """A callback that read something, and drawings at several moments after it."""
    from datetime import UTC, datetime, timedelta

    import streamlit as st

    from course.ui import state

    at = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
    for name, later in (("soon", 0.2), ("late", 5.0), ("before", -1.0)):
        state.hand_over("read", at)
        st.session_state[name] = (state.handed_over(at + timedelta(seconds=later)), state.handed_over(at))


def test_what_a_callback_read_is_drawn_in_the_same_click_and_once() -> None:
    app = AppTest.from_function(handing_over).run()
    assert not app.exception
    assert [app.session_state[name] for name in ("soon", "late", "before")] == [("read", None), (None, None), (None, None)]
