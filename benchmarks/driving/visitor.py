"""A visitor without a browser: speaks Streamlit's websocket protocol, remembers what is on the page, clicks widgets by key.

It sends what a browser sends (cookie, address, state of the touched widgets, hashes of the elements it keeps) and reads
until the script has run to its end, so the server does the work of a real click.
"""

from __future__ import annotations

import re
import urllib.request
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.driving.server import Server

PATIENCE: Final = 60.0
_EARLY: Final = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Visitor:
    """A new visitor with a cookie of their own, or somebody whose cookie is given. After each act `messages` and `bytes_received` tell what it brought."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self.server = server
        self.cookie = cookie or _cookie_of(server)
        self.elements: dict[str, Any] = {}
        self.drawn: dict[str, str] = {}
        self.fragments: dict[str, str] = {}
        self.states: dict[str, WidgetState] = {}
        self.pages: dict[str, str] = {}
        self.query = ""
        self.page = ""
        self.messages = 0
        self.bytes_received = 0
        self._kept: dict[str, ForwardMsg] = {}
        self._socket: ClientConnection | None = None

    def __enter__(self) -> Visitor:
        self._socket = connect(
            f"ws://127.0.0.1:{self.server.port}/_stcore/stream",
            origin=Origin(self.server.url),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie},
            max_size=None,
            proxy=None,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._socket is not None:
            self._socket.close()

    def visit(self, page: str = "", query: str = "") -> None:
        """Open a page by its address (`module`, `?m=...` without the question mark), as a link inside the course does."""
        self.query = query
        self.page = self.pages.get(page, "")
        self._run(None, "", name="" if self.page else page)

    def press(self, key: str) -> None:
        """Press the button with this key."""
        self._act(WidgetState(id=self.id(key), trigger_value=True), keep=False)

    def choose(self, widget_id: str, option: int) -> None:
        """Pick one of a radio group."""
        self._act(self._picked(widget_id, option), keep=True)

    def slide(self, key: str, value: float) -> None:
        """Move the slider with this key."""
        state = WidgetState(id=self.id(key))
        state.double_array_value.data.append(value)
        self._act(state, keep=True)

    def mark(self, widget_id: str, option: int) -> None:
        """Pick one of a radio group that reports nothing by itself; the next click carries it."""
        self.states[widget_id] = self._picked(widget_id, option)

    def ids(self, pattern: str) -> list[str]:
        """Widget ids on the page whose key matches, in order."""
        return [i for i in self.elements if re.fullmatch(pattern, _key(i))]

    def shown(self, pattern: str, kind: str) -> list[str]:
        """As `ids`, of widgets of one kind that the last run has drawn."""
        return [i for i in self.ids(pattern) if i in self.drawn and self.drawn[i] == kind]

    def has(self, key: str) -> bool:
        return bool(self.ids(re.escape(key)))

    def id(self, key: str) -> str:
        found = self.ids(re.escape(key))
        if not found:
            raise LookupError(f"no widget {key!r} on the page; there are {sorted(map(_key, self.elements))}")
        return found[-1]

    def _picked(self, widget_id: str, option: int) -> WidgetState:
        return WidgetState(id=widget_id, string_value=self.elements[widget_id].options[option])

    def _act(self, state: WidgetState, *, keep: bool) -> None:
        if keep:
            self.states[state.id] = state
        self._run(state, self.fragments.get(state.id, ""))

    def _run(self, clicked: WidgetState | None, fragment: str, name: str = "") -> None:
        assert self._socket is not None
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash, run.page_name, run.fragment_id = self.query, self.page, name, fragment
        run.widget_states.widgets.extend(s for i, s in self.states.items() if i in self.elements and (clicked is None or i != clicked.id))
        if clicked is not None:
            run.widget_states.widgets.append(clicked)
        run.cached_message_hashes.extend(self._kept)
        run.context_info.timezone, run.context_info.locale, run.context_info.color_scheme = "Europe/Berlin", "en-GB", "light"
        run.context_info.url = f"{self.server.url}/{name}"
        self._socket.send(message.SerializeToString())
        self._read()

    def _read(self) -> None:
        assert self._socket is not None
        self.messages = self.bytes_received = 0
        while True:
            data = self._socket.recv(PATIENCE)
            assert isinstance(data, bytes)
            self.messages += 1
            self.bytes_received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != _EARLY:
                return
            if kind == "ref_hash":
                whole = ForwardMsg()
                whole.CopyFrom(self._kept[message.ref_hash])
                whole.metadata.CopyFrom(message.metadata)
                message, kind = whole, "delta"
            self._note(message, kind or "")

    def _note(self, message: ForwardMsg, kind: str) -> None:
        match kind:
            case "new_session":
                self.drawn.clear()
                if not message.metadata.run.fragment_ids:
                    self.elements.clear()
                    self.fragments.clear()
                self.page = message.new_session.page_script_hash
            case "navigation":
                self.pages = {p.url_pathname: p.page_script_hash for p in message.navigation.app_pages}
                self.page = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                if message.metadata.cacheable:
                    self._kept[message.hash] = message
                element = message.delta.new_element
                found = element.WhichOneof("type") if message.delta.HasField("new_element") else None
                if found == "exception":
                    raise RuntimeError(f"the page broke: {element.exception.message}")
                if found == "alert" and "Something broke" in element.alert.body:
                    raise RuntimeError(f"the page broke: {element.alert.body}")
                widget: Any = getattr(element, found) if found else None
                if widget is not None and getattr(widget, "id", ""):
                    self.elements[widget.id] = widget
                    self.drawn[widget.id] = found or ""
                    self.fragments[widget.id] = message.delta.fragment_id
            case _:
                pass


def _key(widget_id: str) -> str:
    """`$$ID-hash-key`: the key the page gave, "None" without one."""
    return widget_id.split("-", 2)[2] if widget_id.startswith("$$ID-") else widget_id


def _cookie_of(server: Server) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(server.url + "/", timeout=30) as answer:
        jar = SimpleCookie()
        for header in answer.headers.get_all("Set-Cookie") or ():
            jar.load(header)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
