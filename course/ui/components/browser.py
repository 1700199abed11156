"""The few things only the browser can do: scheme watch, scroll and focus, a countdown, leaving quickly.

Inline components (v2) run in the page, without a frame. Each is display or navigation only; the server decides everything.
"""

from __future__ import annotations

import streamlit as st

_scheme = st.components.v2.component(
    "course_scheme",
    html="<span></span>",
    js="""export default function({setTriggerValue}) {
      const app = document.querySelector('.stApp');
      const read = () => getComputedStyle(app).colorScheme;
      let last = read();
      const timer = setInterval(() => { const now = read(); if (now !== last) { last = now; setTriggerValue('changed', now); } }, 400);
      return () => clearInterval(timer);
    }""",
)

_goto = st.components.v2.component(
    "course_goto",
    html="<span></span>",
    js="""export default function({data}) {
      if (!data.stamp || window.__courseStamp === data.stamp) return;
      window.__courseStamp = data.stamp;
      const go = (tries) => {
        const el = document.querySelector('.st-key-' + data.target);
        if (!el) { if (tries > 0) setTimeout(() => go(tries - 1), 100); return; }
        const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        el.scrollIntoView({behavior: calm ? 'auto' : 'smooth', block: 'start'});
        el.setAttribute('tabindex', '-1'); el.focus({preventScroll: true});
      };
      go(20);
    }""",
)

_timer = st.components.v2.component(
    "course_timer",
    html="<span id='t' role='timer' aria-label='Time left'></span>",
    css="span{font-family:var(--st-font);font-feature-settings:'tnum';color:var(--st-text-color);font-size:1rem}",
    js="""export default function({data, parentElement, setTriggerValue}) {
      const el = parentElement.querySelector('#t'); const end = Date.now() + data.left * 1000; let told = false;
      const draw = () => { const s = Math.max(0, Math.round((end - Date.now()) / 1000));
        el.textContent = Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0') + ' left';
        if (s === 0 && !told) { told = true; setTriggerValue('ended', true); } };
      draw(); const h = setInterval(draw, 1000); return () => clearInterval(h);
    }""",
)

_exit = st.components.v2.component(
    "course_exit",
    html="<a id='x' href='https://www.wikipedia.org/' rel='noreferrer'>Quick exit</a>",
    css="""a{font-family:var(--st-font);font-size:.9375rem;color:var(--st-text-color);background:var(--st-background-color);
      border:1px solid var(--st-border-color);border-radius:4px;padding:.3rem .7rem;text-decoration:none;white-space:nowrap}
      a:hover{text-decoration:underline} a:focus-visible{outline:3px solid var(--st-link-color);outline-offset:2px}""",
    js="""export default function({parentElement}) {
      const link = parentElement.querySelector('#x');
      const leave = () => { document.documentElement.style.visibility = 'hidden'; location.replace(link.href); };
      link.onclick = (e) => { e.preventDefault(); leave(); };
      let times = [];
      const key = (e) => { if (e.key !== 'Shift') { times = []; return; }
        const now = Date.now(); times = times.filter(t => now - t < 1500).concat(now); if (times.length >= 3) leave(); };
      document.addEventListener('keyup', key);
      return () => document.removeEventListener('keyup', key);
    }""",
)


def watch_scheme() -> None:
    """One rerun when the reader switches between light and dark, so that charts are redrawn."""
    with st.container(key="scheme"):
        _scheme(key="scheme_component", on_changed_change=lambda: None)


def go_to(target: str, stamp: int) -> None:
    """Scroll to the container with this key and focus it; each `stamp` acts once."""
    with st.container(key="goto"):
        _goto(data={"target": target, "stamp": stamp}, key="goto_component")


def countdown(seconds: float) -> None:
    """A clock for display; the server decides lateness."""
    _timer(data={"left": seconds}, key="timer", on_ended_change=lambda: None)


def quick_exit() -> None:
    """A link that replaces this page with a neutral one, also by pressing Shift three times."""
    with st.container(key="quick_exit"):
        _exit(key="quick_exit_component")
