"""A box to think in. The text stays in the page: the component reports nothing, so nothing typed leaves the browser."""

from __future__ import annotations

from html import escape

import streamlit as st

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


def reflection(cell_id: str, prompt_html: str, label: str = "Your thoughts") -> None:
    """The prompt (safe markup) and a box without state: what is typed lives only in this tab, until it closes."""
    st.html(f'<div class="k-notebody">{prompt_html}</div>')
    _box(data={"id": cell_id, "label": label}, key=f"reflection_{cell_id}")
    st.html(f'<p class="k-fine">{escape("Stays in this tab until you close it. It is never sent, stored or read by anybody.")}</p>')
