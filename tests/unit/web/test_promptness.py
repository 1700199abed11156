"""The server does not hold back small messages."""

from __future__ import annotations

import socket

import pytest

from course.web import promptness


def test_a_connection_accepted_afterwards_sends_at_once() -> None:
    with socket.socket() as listening:  # as Streamlit makes it: the protocol is not named
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert promptness.send_at_once() >= 1
        with socket.create_connection(listening.getsockname(), timeout=5), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_other_open_files_are_left_alone() -> None:
    with socket.socket() as closed, socket.socket(socket.AF_UNIX) as local, open(__file__, encoding="utf-8") as file:
        promptness.send_at_once()
        assert file.readline().startswith('"""The server')
        assert closed.fileno() >= 0 <= local.fileno()
        assert not closed.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_system_that_lists_no_open_files_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promptness, "_OPEN_FILES", "/no/such/folder")
    assert promptness.send_at_once() == 0
