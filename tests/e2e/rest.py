"""When a page has come to rest: every run of the script that it asked for has ended, and what came of it is drawn."""

from __future__ import annotations

from string import Template

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as LateError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 30_000
"""Milliseconds until something counts as failed: generous, because tests share their processors with other tests."""
_POLLING = 20

_WATCH = Template("""(() => {
  if (window.runs) return;
  const runs = window.runs = {awaited: 'a run', sinceKey: 0};
  const fields = (data) => {
    const bytes = new Uint8Array(data), found = new Map();
    let at = 0;
    const number = () => { let sum = 0, place = 1, byte; do { byte = bytes[at++]; sum += (byte & 127) * place; place *= 128; } while (byte > 127); return sum; };
    while (at < bytes.length) {
      const tag = number(), kind = tag % 8, value = kind === 0 || kind === 2 ? number() : 0;
      at += kind === 2 ? value : kind === 1 ? 8 : kind === 5 ? 4 : 0;
      found.set((tag - kind) / 8, value);
    }
    return found;
  };
  const said = (message) => { if (message.has($rerun_script)) { runs.awaited = 'a run'; runs.sinceKey += 1; } };
  const heard = (message) => {
    if (message.has($new_session)) runs.awaited = 'the end of a run';
    if (message.has($script_finished) && runs.awaited === 'the end of a run') runs.awaited = message.get($script_finished) === $early ? 'a run' : '';
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); this.addEventListener('message', (event) => { if (typeof event.data !== 'string') heard(fields(event.data)); }); }
    send(data) { if (typeof data !== 'string') said(fields(data)); super.send(data); }
  };
  addEventListener('keydown', () => { runs.sinceKey = 0; }, true);
  addEventListener('beforeunload', () => { runs.awaited = 'another page'; });
})()""")

WATCH = _WATCH.substitute(
    rerun_script=BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number,
    new_session=ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number,
    script_finished=ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number,
    early=ForwardMsg.FINISHED_EARLY_FOR_RERUN,
)
"""For every page before its own scripts: reads along what the page asks of the server and what it is told, and keeps in
`window.runs` what is awaited: a run, its end, another page, or nothing. A run that ends early for another is one that is awaited."""

# A message that has arrived is drawn a moment later, so what is at rest must be so still after its turn and the next frame.
# What Streamlit redraws fades in and out; a colour measured meanwhile is nobody's colour.
_AT_REST = """() => {
  const unrest = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!window.runs || !app) return 'there is no page of the course';
    if (runs.awaited) return `${runs.awaited} is awaited`;
    if (app.dataset.testConnectionState !== 'CONNECTED') return 'it is not connected';
    if (app.dataset.testScriptState !== 'notRunning') return `the script is ${app.dataset.testScriptState}`;
    if (document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')) return 'something is not drawn yet';
    const moves = (one) => one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity;
    return document.getAnimations().some(moves) ? 'something moves' : '';
  };
  const turn = () => new Promise((done) => { const way = new MessageChannel(); way.port1.onmessage = done; way.port2.postMessage(0); });
  const frame = () => new Promise(requestAnimationFrame);
  window.unrest = unrest();
  if (window.unrest) { window.calm = null; return false; }
  if (!window.calm) { const calm = window.calm = {}; turn().then(frame).then(turn).then(() => { calm.over = true; }); }
  if (!window.calm.over) return false;
  window.calm = null;
  return true;
}"""


def await_rest(page: Page) -> None:
    """Wait until the page has drawn what came of all it asked for.

    Raises:
        AssertionError: it did not come to rest in time; the message says why.
    """
    try:
        page.wait_for_function(_AT_REST, timeout=PATIENCE, polling=_POLLING)
    except LateError:
        why = page.evaluate("() => window.unrest")
        raise AssertionError(f"{page.url} does not come to rest: {why}") from None


def await_sent(page: Page) -> None:
    """Wait until what was last pressed on the keyboard has been sent: a slider waits until the keys rest."""
    page.wait_for_function("() => runs.sinceKey > 0", timeout=PATIENCE, polling=_POLLING)
