"""The few things only the browser can do: leaving quickly, the scheme, scroll and focus, progress, a countdown, pointing, counting words,
choosing a file.

Inline components (v2) run in the page, without a frame. Each is display or navigation only, or reports what was pointed
at; the server decides everything.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from course.questions.base import Figure

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
        if (data.top) document.querySelector('.stMain')?.scrollTo(0, 0);
        else el.scrollIntoView({behavior: calm ? 'auto' : 'smooth', block: 'start'});
        el.setAttribute('tabindex', '-1'); el.focus({preventScroll: true});
      };
      go(20);
    }""",
)

_progress = st.components.v2.component(
    "course_progress",
    html="<span></span>",
    js="""export default function({data}) {
      const bar = document.querySelector('.k-progressline [role=progressbar]');
      if (!bar || +bar.getAttribute('aria-valuenow') > data.done) return;
      bar.setAttribute('aria-valuenow', data.done); bar.setAttribute('aria-label', data.label);
      bar.firstElementChild.style.width = (data.total ? 100 * data.done / data.total : 0) + '%';
    }""",
)

_timer = st.components.v2.component(
    "course_timer",
    html="<span id='t' role='timer' aria-label='Time left'></span> <span id='w' role='status'></span>",
    css="""span{font-family:var(--st-font);font-feature-settings:'tnum';color:var(--st-text-color);font-size:1rem}
      #w{color:var(--k-review);font-weight:650;margin-left:.5rem}""",
    js="""export default function({data, parentElement, setTriggerValue}) {
      const el = parentElement.querySelector('#t'), said = parentElement.querySelector('#w'), now = Date.now();
      const stamp = [data.attempt, data.left, data.closes].join();  // called again with the same, it is the same clock: each end is told once
      if (window.__courseClock?.stamp !== stamp)
        window.__courseClock = {stamp, end: now + data.left * 1000, closed: now + data.closes * 1000 + 800, told: data.left > 0 ? 0 : 1,
          looks: [300, 60].filter(s => s < data.left)};  // then the server is asked: somebody may have given more time
      const clock = window.__courseClock;
      const say = (text) => { if (said.textContent !== text) said.textContent = text; };
      const draw = () => { if (window.__courseClock !== clock) return;  // an older run of this function, of which nothing stopped the ticking
        const s = Math.max(0, Math.round((clock.end - Date.now()) / 1000));
        el.textContent = Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0') + ' left';
        say(s === 0 ? 'Time is up. What is saved will be handed in.' : s <= 60 ? 'Less than a minute left.' : s <= 300 ? 'Less than five minutes left.' : '');
        if (s > 0 && s <= clock.looks[0]) { clock.looks = clock.looks.filter(at => at < s); setTriggerValue('ended', 'look ' + s); }
        if (clock.told === 0 && Date.now() >= clock.end) { clock.told = 1; setTriggerValue('ended', 'time'); }
        if (clock.told === 1 && Date.now() >= clock.closed) { clock.told = 2; setTriggerValue('ended', 'grace'); } };
      draw(); const h = setInterval(draw, 500); return () => clearInterval(h);
    }""",
)

_corner = st.components.v2.component(
    "course_corner",
    html="<a id='x' href='https://www.wikipedia.org/' rel='noreferrer'>Quick exit</a>",
    css="""a{font-family:var(--st-font);font-size:min(.9375rem,5vw);color:var(--st-text-color);background:var(--st-background-color);
      border:1px solid var(--st-border-color);border-radius:4px;padding:.3rem min(.7rem,3vw);text-decoration:none;white-space:nowrap}
      a:hover{text-decoration:underline} a:focus-visible{outline:3px solid var(--st-link-color);outline-offset:2px}""",
    js="""export default function({parentElement, setTriggerValue}) {
      const link = parentElement.querySelector('#x');
      const leave = () => { document.documentElement.style.visibility = 'hidden'; location.replace(link.href); };
      link.onclick = (e) => { e.preventDefault(); leave(); };
      let times = [];
      const key = (e) => { if (e.key !== 'Shift') { times = []; return; }
        const now = Date.now(); times = times.filter(t => now - t < 1500).concat(now); if (times.length >= 3) leave(); };
      document.addEventListener('keyup', key);
      const typing = (e) => { if ((e.ctrlKey || e.metaKey) && e.key.startsWith('Arrow')
        && e.composedPath()[0].matches?.('textarea, input[type=text]:not([role=combobox])')) e.stopImmediatePropagation(); };
      window.addEventListener('keydown', typing, true);
      const button = (e) => e.composedPath()[0].closest?.('[data-testid="stButton"] button, [data-testid="stFormSubmitButton"] button');
      const once = (e) => { if ((e.detail > 1 || (e.repeat && e.key === 'Enter')) && button(e)) { e.preventDefault(); e.stopImmediatePropagation(); } };
      window.addEventListener('click', once, true); window.addEventListener('keydown', once, true);
      // A link in markup to another page (it lies beside this one in the path: routes lie deeper) is followed as the browser's back and
      // forward are, without loading everything again. One to this page with another address begins it anew, since its fields keep
      // what they held; a new tab, a download and the rest are the browser's.
      const turn = (e) => {
        if (e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
        const link = e.composedPath().find(n => n.matches?.('.stHtml a[href]:not([target=_blank], [download])')), to = link && new URL(link.href);
        const page = (path) => path.split('/').pop(), folder = (path) => path.slice(0, path.lastIndexOf('/'));
        if (!to || to.origin !== location.origin || to.hash || folder(to.pathname) !== folder(location.pathname)
          || page(to.pathname) === page(location.pathname)) return;
        e.preventDefault(); history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); };
      document.addEventListener('click', turn);
      // What had the focus may be gone when the page is drawn again (a button that was pressed): then it goes to the verdict or the
      // place that is left around it, else to the title, so that nobody without a pointer starts at the top again. For them it also comes into view.
      const had = (e) => { const path = e.composedPath();
        window.__courseHad = {el: path[0], gone: 0, keys: path[0].matches?.(':focus-visible'), around: path.flatMap(n => [...(n.classList || [])].filter(c => c.startsWith('st-key-')))}; };
      document.addEventListener('focusin', had);
      const refocus = () => { const was = window.__courseHad;
        if (!was || was.el.isConnected || document.activeElement !== document.body) { if (was) was.gone = 0; return; }
        if (++was.gone !== 2) return;
        const left = was.around.map(c => document.querySelector('.' + CSS.escape(c))).find(el => el);
        const own = left?.matches('.stElementContainer') && left.querySelector('button:enabled, input, a');
        const to = own || [...(left?.querySelectorAll('.k-feedback') || [])].pop() || left || document.querySelector('.stMain h1');
        if (!to) { was.gone = 0; return; }
        if (!own) to.setAttribute('tabindex', '-1');
        to.focus({preventScroll: true}); if (was.keys) to.scrollIntoView({block: 'nearest'}); };
      // Another page begins at its top, wherever the last one was left.
      if (!window.__courseTurned) { window.__courseTurned = true; const push = history.pushState;
        history.pushState = function (...to) { const before = location.pathname; push.apply(this, to);
          if (location.pathname !== before) document.querySelector('.stMain')?.scrollTo(0, 0); }; }
      const app = document.querySelector('.stApp');
      const read = () => getComputedStyle(app).colorScheme;
      let last = read();
      const watch = setInterval(() => { const now = read(); if (now !== last) { last = now; setTriggerValue('scheme', now); } refocus(); }, 400);
      return () => { document.removeEventListener('keyup', key); document.removeEventListener('focusin', had); window.removeEventListener('keydown', typing, true);
        document.removeEventListener('click', turn); window.removeEventListener('click', once, true); window.removeEventListener('keydown', once, true); clearInterval(watch); };
    }""",
)

_point = st.components.v2.component(
    "course_point",
    html="<div class='box'><img draggable='false'><i class='pin' aria-hidden='true'></i></div>",
    css=""".box{position:relative;background:#FBFCFB;border:1px solid var(--k-control);border-radius:4px;overflow:hidden;cursor:crosshair;
      color-scheme:light;touch-action:manipulation}
      img{display:block;width:100%;user-select:none;-webkit-user-select:none}
      .pin{position:absolute;width:1.5rem;height:1.5rem;margin:-.75rem 0 0 -.75rem;box-sizing:border-box;border-radius:50%;pointer-events:none;
      border:3px solid #0B5C73;box-shadow:0 0 0 2px #FBFCFB,inset 0 0 0 2px #FBFCFB;
      background:radial-gradient(circle,#0B5C73 0 2px,transparent 2.6px)} .pin.off{display:none}""",
    js="""export default function({data, parentElement, setTriggerValue}) {
      const img = parentElement.querySelector('img'), pin = parentElement.querySelector('.pin');
      if (img.getAttribute('src') !== data.src) img.src = data.src;
      img.alt = data.alt; img.style.aspectRatio = data.width + ' / ' + data.height;
      const put = (point) => { pin.classList.toggle('off', !point); if (!point) return;
        pin.style.left = 100 * point[0] / data.width + '%'; pin.style.top = 100 * point[1] / data.height + '%'; };
      put(data.point);
      img.onclick = (e) => { const r = img.getBoundingClientRect();
        const along = (at, from, length, own) => +(Math.min(1, Math.max(0, (at - from) / length)) * own).toFixed(2);
        const point = [along(e.clientX, r.left, r.width, data.width), along(e.clientY, r.top, r.height, data.height)];
        put(point); setTriggerValue('picked', point); };
    }""",
)

_file = st.components.v2.component(
    "course_file",
    html="<label for='f'></label><input id='f' type='file'><p id='w' role='status'></p>",
    css="""label,input,p{font-family:var(--st-font);font-size:1rem;color:var(--st-text-color)} label{display:block;margin-bottom:.35rem;font-size:.875rem}
      input{width:100%;box-sizing:border-box;padding:.6rem;border:1px solid var(--st-border-color);border-radius:4px}
      input::file-selector-button{font:inherit;color:inherit;background:transparent;border:1px solid currentColor;border-radius:4px;padding:.35rem .8rem;margin-right:.8rem}
      input:focus-visible{outline:3px solid var(--st-primary-color);outline-offset:2px} p{margin:.35rem 0 0} p:empty{display:none}""",
    js="""export default function({data, parentElement, setStateValue}) {
      const box = parentElement.querySelector('#f'), said = parentElement.querySelector('#w');
      parentElement.querySelector('label').textContent = data.label; box.accept = data.accept;
      box.onchange = () => { const file = box.files[0]; said.textContent = '';
        if (!file) { setStateValue('chosen', null); return; }
        if (file.size > data.most) { said.textContent = data.large; setStateValue('chosen', null); return; }
        const reader = new FileReader();
        reader.onload = () => setStateValue('chosen', String(reader.result).split(',')[1] || '');
        reader.readAsDataURL(file); };
    }""",
)

_words = st.components.v2.component(
    "course_words",
    html="<span></span>",
    css="span{font-family:var(--st-font);font-feature-settings:'tnum';font-size:.875rem;color:var(--k-muted)}",
    js="""export default function({data, parentElement}) {
      const out = parentElement.querySelector('span'); let box = null;
      const tell = (n) => { out.textContent = n + (n === 1 ? ' word' : ' words') + (data.aim ? '; ' + data.aim : ''); };
      const count = () => tell((box.value.match(/\\S+/g) || []).length);
      const find = (tries) => { box = document.querySelector('.st-key-' + data.target + ' textarea');
        if (box) { box.addEventListener('input', count); count(); } else if (tries > 0) setTimeout(() => find(tries - 1), 100); };
      tell(data.words); find(20);
      return () => { if (box) box.removeEventListener('input', count); };
    }""",
)

_follow = st.components.v2.component(
    "course_follow",
    html="<span></span>",
    js="""export default function({data, setTriggerValue}) {
      const click = (e) => {
        if (e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
        const link = e.composedPath().find(el => el.matches?.('a[href]:not([target=_blank])'));
        const to = link && new URL(link.href);
        if (!to || to.origin !== location.origin || to.pathname.split('/').pop() !== data.page) return;
        e.preventDefault(); e.stopPropagation(); setTriggerValue('asked', Object.fromEntries(to.searchParams));
      };
      document.addEventListener('click', click, true); return () => document.removeEventListener('click', click, true);
    }""",
)


def go_to(target: str, stamp: int, *, key: str = "goto", top: bool = False) -> None:
    """Scroll to the container with this key and focus it; each `stamp` acts once. A part that is redrawn alone has its own `key`.

    `top`: the page is shown from its beginning instead.
    """
    _goto(data={"target": target, "stamp": stamp, "top": top}, key=key)


def move_progress(done: int, total: int, label: str, *, key: str) -> None:
    """Bring the line of progress up to date from a part of the page that is redrawn alone and may not draw outside itself."""
    _progress(data={"done": done, "total": total, "label": label}, key=key)


def countdown(attempt: int, seconds: float, closes: float) -> None:
    """The clock of an attempt, for display; the server decides lateness. `closes`: seconds until it takes no more answers.

    Says politely when five minutes and when one minute are left; asks for a run then, when the time is up, and when the grace is: the end
    may have moved to later meanwhile.
    """
    _timer(data={"attempt": attempt, "left": seconds, "closes": closes}, key="timer", on_ended_change=lambda: None)


def corner() -> None:
    """A link that replaces this page with a neutral one, also by pressing Shift three times.

    One component with the watch over light and dark, which asks for one rerun after a switch, so that charts are redrawn;
    with the guard over text boxes, in which Ctrl + arrow moves by words and must not leave the page with the text
    unsaved; with the guard over buttons, for which a double click and a held Enter are one press, so that nothing is made
    twice; with the care for the focus and the scroll; and with the links in markup to other pages, which are followed
    without loading the course again: each component on a page costs.
    """
    _corner(key="quick_exit", on_scheme_change=lambda: None)


def choose_file(label: str, *, accept: str, most: int, large: str, key: str) -> bytes | None:
    """A plain file field, which names itself to a screen reader and works by keyboard; None while nothing is chosen.

    `accept`: endings such as ".csv,.txt". A file of more than `most` bytes stays in the browser, and `large` is said instead.
    """
    found = _file(data={"label": label, "accept": accept, "most": most, "large": large}, key=key, on_chosen_change=lambda: None)
    return base64.b64decode(found.chosen) if isinstance(found.chosen, str) else None


def follow(page: str, go: Callable[[Mapping[str, str]], None], *, key: str = "follow") -> None:
    """Links from this page to another part of it: `go` gets what stands after the `?`, and nothing is loaded again.

    Those in markup would load the whole page, and those of `st.page_link` would leave the address as it was. A click that asks
    for a new tab or window is left to the browser.
    """

    def asked() -> None:
        wanted = st.session_state[key].asked
        if isinstance(wanted, Mapping):
            go({str(name): str(value) for name, value in wanted.items()})

    _follow(data={"page": page}, key=key, on_asked_change=asked)


def point_at(picture: str, figure: Figure, point: Sequence[float] | None, *, key: str, picked: Callable[[], None]) -> None:
    """The figure, with a mark at `point`. A click or tap calls `picked`; `session_state[key].picked` is then [x, y] in its own pixels."""
    data = {"src": picture, "alt": figure.alt, "width": figure.width, "height": figure.height, "point": point}
    _point(data=data, key=key, on_picked_change=picked)


def count_words(target: str, words: int, aim: str) -> None:
    """The number of words in the text box inside the container with the key `target`, counted while it is written in."""
    _words(data={"target": target, "words": words, "aim": aim}, key=f"{target}_words")
