"""A place on a figure, pointed at; beside it the same places as a list, for the keyboard and for those who do not see the figure.

What was given last counts: pointing clears the list, choosing from the list takes the mark off the figure.
"""

from __future__ import annotations

import streamlit as st

from course.questions.base import Figure, Json, PickPoint
from course.ui.components import browser, pictures
from course.ui.components.controls.asking import Asking


def draw(control: PickPoint, given: Json, asking: Asking) -> None:
    if asking.key not in st.session_state:  # drawn afresh: nothing of an earlier time counts
        st.session_state[_place(asking)] = pictures.on_figure(given, control.figure)
    point = st.session_state[_place(asking)]
    ids = [o.id for o in control.options]
    texts = {o.id: o.text for o in control.options}
    picture = pictures.source(asking.folder, control.figure.src)
    with st.container(key=f"{asking.key}_places", gap="small"):
        if picture:
            browser.point_at(picture, control.figure, point, key=_figure(asking), picked=lambda: _pointed(control, asking))
            st.html(f'<p class="k-fine" role="status">{_where(point, control.figure)}</p>')
        else:
            st.html(f"<p>{pictures.missing(control.figure)}</p>")
        st.radio(
            "Or choose the place from the list" if picture else "Choose the place from the list", ids,
            index=ids.index(given) if given in ids else None, format_func=texts.__getitem__, width="stretch", key=asking.key,
            on_change=_listed, args=(asking,),
        )  # fmt: skip


def read(control: PickPoint, asking: Asking) -> Json:
    listed = st.session_state.get(asking.key)
    return listed if listed is not None else st.session_state.get(_place(asking))


def _figure(asking: Asking) -> str:
    return f"{asking.key}_figure"


def _place(asking: Asking) -> str:
    return f"{asking.key}_place"


def _pointed(control: PickPoint, asking: Asking) -> None:
    sent = st.session_state.get(_figure(asking))
    point = pictures.on_figure(getattr(sent, "picked", None), control.figure)
    if point is None:
        return
    st.session_state[_place(asking)] = point
    st.session_state[asking.key] = None
    asking.tell()


def _listed(asking: Asking) -> None:
    st.session_state[_place(asking)] = None
    asking.tell()


def _where(point: list[float] | None, figure: Figure) -> str:
    if point is None:
        return "Point at a place on the figure."
    across, down = point[0] / figure.width, point[1] / figure.height
    return f"Your mark stands {across:.0%} from the left and {down:.0%} from the top."
