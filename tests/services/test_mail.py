"""Mail, handed to a server of our own that speaks just enough SMTP."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

import pytest

from course.services.people.mail import by_smtp


class _Handler(socketserver.StreamRequestHandler):
    """One conversation. What was sent is kept by the server."""

    def handle(self) -> None:
        self._say("220 course.test")
        while line := self.rfile.readline():
            word = line.split()[0].upper().decode()
            self.server.heard.append(line.decode().strip())  # type: ignore[attr-defined]
            if word == "EHLO":
                self._say("250-course.test\r\n250 AUTH PLAIN")
            elif word == "AUTH":
                self._say("235 known" if self.server.friendly else "535 unknown")  # type: ignore[attr-defined]
            elif word == "DATA":
                self._say("354 go on")
                body = bytearray()
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.letters.append(message_from_bytes(bytes(body)))  # type: ignore[attr-defined]
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, friendly: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.friendly = friendly
        self.letters: list[Message] = []
        self.heard: list[str] = []


@contextmanager
def server(*, friendly: bool = True) -> Iterator[_Server]:
    with _Server(friendly) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def test_a_letter_arrives_as_it_was_written() -> None:
    with server() as found:
        post = by_smtp(f"smtp://127.0.0.1:{found.server_address[1]}", "course@course.test")
        assert post("ann@course.test", "An invitation", "Ænn, come in:\nhttps://course.test/join")
    (letter,) = found.letters
    assert (letter["From"], letter["To"], letter["Subject"]) == ("course@course.test", "ann@course.test", "An invitation")
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().startswith("Ænn, come in:")


def test_a_name_and_password_in_the_address_sign_in() -> None:
    with server() as found:
        assert by_smtp(f"smtp://me%40course.test:a%20b@127.0.0.1:{found.server_address[1]}", "course@course.test")("a@b.test", "x", "y")
    assert any(line.startswith("AUTH PLAIN") for line in found.heard)


def test_a_server_that_refuses_or_is_not_there_is_told_and_nothing_raised(caplog: pytest.LogCaptureFixture) -> None:
    with server(friendly=False) as found:
        address = f"smtp://me:secret@127.0.0.1:{found.server_address[1]}"
        assert not by_smtp(address, "course@course.test")("ann@course.test", "x", "y")
    assert not by_smtp(address, "course@course.test")("ann@course.test", "x", "y")
    assert "could not be sent" in caplog.text
    assert "secret" not in caplog.text
    assert "ann@" not in caplog.text


@pytest.mark.parametrize("to", ["ann@course.test\nBcc: eve@course.test", "ann@course.test, eve@course.test"])
def test_a_letter_goes_to_one_person(to: str) -> None:
    with server() as found:
        post = by_smtp(f"smtp://127.0.0.1:{found.server_address[1]}", "course@course.test")
        assert not post(to, "x", "y")
    assert found.letters == []
