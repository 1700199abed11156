"""A server process of its own, on a free port, and the processor time it has used."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = "streamlit_app.py"
BARE = "benchmarks/bare/streamlit_app.py"
START_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `ready_cpu`, `ready_wall`: seconds from the start of the process to the first 200 of /healthz."""

    port: int
    pid: int
    ready_cpu: float
    ready_wall: float

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of processor time the process has used so far, ended threads included, user and system together."""
        return processor_time(self.pid)


def processor_time(pid: int) -> float:
    """Linux counts it in nanoseconds; elsewhere (and for a process of somebody else) this raises OSError."""
    return time.clock_gettime((~pid << 3) | 2)  # clock_getcpuclockid(3): CPUCLOCK_SCHED of the whole process


@contextmanager
def serving(launcher: str, data: Path, content: Path | None = None) -> Iterator[Server]:
    """Serve `launcher` over the data folder until the block ends; `content`: another course than the repository's.

    Raises:
        RuntimeError: the server ended or did not answer; the message holds the end of its log.
    """
    data.mkdir(parents=True, exist_ok=True)
    port, log = _free_port(), data / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", launcher, "--server.port", str(port), "--server.address", "127.0.0.1"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COURSE_", "STREAMLIT_"))}
    environment = {**kept, "COURSE_DATA_DIR": str(data), "COURSE_BASE_URL": f"http://127.0.0.1:{port}", "PYTHONPATH": str(ROOT)}
    if content is not None:
        environment["COURSE_CONTENT"] = str(content)
    began = time.monotonic()
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        _until_ready(process, port, log)
        yield Server(port, process.pid, processor_time(process.pid), time.monotonic() - began)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


def _until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with opener.open(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                if answer.status == 200:
                    return
        except (OSError, urllib.error.URLError):
            time.sleep(0.02)
    raise RuntimeError(f"The server did not get ready.\n{log.read_text(errors='replace')[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
