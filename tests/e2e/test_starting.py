"""Starting the server: with settings it cannot use, with a database of another version, after a power cut."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.servers import ROOT, TRACE, Server, command, environment, free_port


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("COURSE_DATABSE_URL", "sqlite:////x.db", "COURSE_DATABSE_URL is not a setting of the course"),
        ("COURSE_DATABASE_URL", "mysql://host/name", "must begin with"),
        ("COURSE_SECRET", "short", "at least 32 characters"),
        ("COURSE_CONTENT", "/nonexistent", "must hold `modules/` and `quizzes/`"),
    ],
)
def test_it_does_not_start_with_a_setting_it_cannot_use(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    done = subprocess.run(
        command(free_port()),
        cwd=ROOT,
        env=environment(tmp_path / "data", {name: value}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert sentence in done.stdout + done.stderr
    assert TRACE not in done.stdout + done.stderr
    assert not (tmp_path / "data").exists(), "nothing is made before the settings are known to be right"


def test_the_secret_is_made_once_and_kept_private(fresh_server: Callable[..., Server]) -> None:
    server = fresh_server()
    before = {p.name: p.read_bytes() for p in server.data.iterdir() if "secret" in p.name}
    assert len(before) == 1
    (file,) = (p for p in server.data.iterdir() if p.name in before)
    assert file.stat().st_mode & 0o077 == 0
    server.kill()
    server.start()
    assert {p.name: p.read_bytes() for p in server.data.iterdir() if "secret" in p.name} == before


def test_it_starts_again_after_a_power_cut(fresh_server: Callable[..., Server]) -> None:
    server = fresh_server()
    server.kill()
    assert server.start().get("/healthz").status == 200
    assert server.command_line("db", "check").returncode == 0


def test_the_first_start_makes_the_schema(fresh_server: Callable[..., Server]) -> None:
    server = fresh_server()
    assert (server.data / "course.db").exists()
    assert server.command_line("db", "check").returncode == 0


def test_two_processes_share_one_database(fresh_server: Callable[..., Server]) -> None:
    first = fresh_server()
    second = Server(first.data, {"COURSE_DATABASE_URL": f"sqlite:///{first.data / 'course.db'}"})
    try:
        assert second.start().get("/healthz").status == 200
    finally:
        second.stop()
    assert first.get("/healthz").status == 200
