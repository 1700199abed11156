"""A box to think in. The text stays in the page: the component reports nothing, so nothing typed leaves the browser."""

from __future__ import annotations

import streamlit as st

from course.services.study.views import CellView, ModuleView
from course.ui.components.markup import block
from course.ui.components.prose import prose
from course.ui.visit import Visit

_box = st.components.v2.component(
    "course_reflection",
    html="<label><span id='l'></span><textarea id='b' rows='4' spellcheck='true' autocomplete='off'></textarea></label>",
    css="""label span{display:block;font-family:var(--st-font);font-size:.9375rem;color:var(--st-text-color);padding-bottom:.35rem}
      textarea{box-sizing:border-box;width:100%;font-family:var(--st-font);font-size:1rem;line-height:1.5;color:var(--st-text-color);
      background:var(--st-secondary-background-color);border:1px solid var(--st-border-color);border-radius:4px;padding:.6rem .75rem;resize:vertical}
      textarea:focus-visible{outline:3px solid var(--st-link-color);outline-offset:2px}""",
    js="""export default function({data, parentElement}) {
      parentElement.querySelector('#l').textContent = data.label;
      const box = parentElement.querySelector('#b');
      window.__reflections = window.__reflections || {};
      if (!box.value && window.__reflections[data.id]) box.value = window.__reflections[data.id];
      box.oninput = () => { window.__reflections[data.id] = box.value; };
    }""",
)


def head(visit: Visit, cell: CellView) -> str:
    """The prompt."""
    return f'<div class="k-notebody">{block(prose(cell.cell.body, visit.catalogue))}</div>'


def draw(visit: Visit, view: ModuleView, cell: CellView) -> None:
    """A box without state: what is typed lives only in this tab, until it closes."""
    _box(data={"id": cell.cell.id, "label": "Your thoughts"}, key=f"reflection_{cell.cell.id}")
    st.html('<p class="k-fine">Stays in this tab until you close it. It is never sent, stored or read by anybody.</p>')
