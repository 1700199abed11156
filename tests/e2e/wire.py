"""The course without a browser: everything a page is sent over its websocket, for what matters is whether it is sent, not how it looks."""

from __future__ import annotations

from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.e2e.servers import Server

_SECONDS = 30.0


def sent(server: Server, path: str, cookie: str) -> list[bytes]:
    """The frames of a page that is opened at this address by the visitor with this cookie header, until it is whole."""
    asked = urlsplit(path)
    question = BackMsg()
    question.rerun_script.page_name = asked.path.strip("/")
    question.rerun_script.query_string = asked.query
    question.rerun_script.context_info.url = server.url + path
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    frames: list[bytes] = []
    with connect(address, origin=server.url, additional_headers={"Cookie": cookie}, subprotocols=["streamlit"], max_size=None) as wire:  # type: ignore[arg-type,list-item]
        wire.send(question.SerializeToString())
        while True:
            frame = wire.recv(timeout=_SECONDS)
            assert isinstance(frame, bytes)
            frames.append(frame)
            told = ForwardMsg.FromString(frame)
            if told.WhichOneof("type") == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return frames
