"""The course as a person's browser meets it: a process of its own, on a free port, over a data folder."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90.0
TRACE = "Traceback (most recent call last)"


@dataclass
class Server:
    """One course process. `data` outlives it: `kill` and `start` again is a power cut and a reboot."""

    data: Path
    env: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    def start(self) -> Server:
        """Serve and wait until `/healthz` says ok.

        Raises:
            AssertionError: the process ended or did not answer; the message holds its log.
        """
        self.port = self.port or free_port()
        with self.log.open("ab") as log:
            env = environment(self.data, {"COURSE_BASE_URL": self.url, **self.env})
            self.process = subprocess.Popen(command(self.port), cwd=ROOT, env=env, stdout=log, stderr=log)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, f"The server ended with {self.process.returncode}:\n{self.log_text()}"
            if self._healthy():
                return self
            time.sleep(0.2)
        raise AssertionError(f"The server did not answer in {START_SECONDS:.0f} s:\n{self.log_text()}")

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the process to end, as an operator would."""
        self._end(signal.SIGTERM)

    def command_line(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m course ...` over the same data."""
        return subprocess.run(
            [sys.executable, "-m", "course", *arguments],
            cwd=ROOT,
            env=environment(self.data, self.env),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def log_text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def get(self, path: str, **headers: str) -> Answer:
        return fetch(self.url + path, headers=headers)

    def _healthy(self) -> bool:
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(20)
        self.process = None


@dataclass(frozen=True)
class Answer:
    """An HTTP response, whatever its status; redirects are not followed and nothing is unpacked. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def fetch(url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
    """Raises: OSError when nobody answers."""
    opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, data=body, method=method, headers=dict(headers or {}))
    try:
        with opener.open(request, timeout=30) as found:
            return _answer(found)
    except urllib.error.HTTPError as refused:
        with refused:
            return _answer(refused)


def _answer(found: Any) -> Answer:
    headers = {name.lower(): value for name, value in found.headers.items()}
    return Answer(found.status, headers, tuple(found.headers.get_all("Set-Cookie") or ()), found.read())


def command(port: int) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]


def environment(data: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """The machine's environment without any setting of the course, then the test's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COURSE_", "STREAMLIT_"))}
    return {**kept, "COURSE_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1", **extra}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
