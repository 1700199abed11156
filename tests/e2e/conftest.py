"""One server and one browser a worker; a context of its own for each test."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, expect, sync_playwright

from course.content.model import Catalogue
from tests.e2e import behaviours, every_type
from tests.e2e.acts import PATIENCE
from tests.e2e.browsers import launch, new_context
from tests.e2e.servers import TRACE, Server

expect.set_options(timeout=PATIENCE)  # a busy machine draws late

HERE = Path(__file__).parent
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LONGEST_FIRST = (
    "test_accessible",
    "test_nothing_lost",
    "test_every_type",
    "test_behaviours",
    "test_carry_on",
    "test_keyboard",
    "test_accounts",
    "test_guest_walk",
    "test_look",
    "test_teaching",
)
"""The files that cost most: begun last, one of them would keep a worker busy when all others have ended."""


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            # One worker runs a file, so that what its tests share is made once.
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """Long files before short ones, and all of them before what is not driven in a browser."""
    if not item.path.is_relative_to(HERE):
        return len(LONGEST_FIRST) + 1
    return LONGEST_FIRST.index(item.path.stem) if item.path.stem in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The course on an empty database. Tests share it; each comes as a new visitor."""
    found = Server(tmp_path_factory.mktemp("course") / "data")
    yield from _served(found)


@pytest.fixture(scope="session")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Catalogue]]:
    """A small course with a question of every type in it, served."""
    yield from _small(tmp_path_factory.mktemp("every-kind"), every_type.write)


@pytest.fixture(scope="session")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Catalogue]]:
    """A small course that asks in every way, served."""
    yield from _small(tmp_path_factory.mktemp("every-way"), behaviours.write)


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Makes servers with data of their own: `fresh_server()`, `fresh_server(COURSE_CLINICIAN_VIEW="on")`."""
    made: list[Server] = []

    def make(**env: str) -> Server:
        found = Server(tmp_path / f"data{len(made)}", env)
        made.append(found)
        return found.start()

    yield make
    for found in made:
        found.stop()
    for found in made:
        assert TRACE not in found.log_text(), f"The server logged a failure:\n{found.log_text()}"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = launch(playwright)
    yield found
    _end_in_any_case()
    with suppress(Error):
        found.close()


def _end_in_any_case() -> None:
    """Playwright's driver has been seen to stay when it was told to end, and the run with it: soon after it is killed."""
    watch = threading.Timer(10, lambda: [os.kill(driver, signal.SIGKILL) for driver in _drivers()])
    watch.daemon = True
    watch.start()


def _drivers() -> list[int]:
    """Process ids of the drivers that this process started; none where there is no /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"playwright" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


@pytest.fixture(scope="session")
def jars(browser: Browser) -> dict[str, list[BrowserContext]]:
    """Cookie jars that are in nobody's use now, by the options they were made with. Used again they know Streamlit's scripts."""
    return {}


@pytest.fixture
def visitor(browser: Browser, jars: dict[str, list[BrowserContext]]) -> Iterator[Callable[..., Page]]:
    """Makes pages, each of a new visitor with a cookie jar of their own: `visitor()`, `visitor(viewport=PHONE)`.

    A script error, or anything the content security policy refused, fails the test.
    """
    contexts: list[tuple[str, BrowserContext]] = []
    complaints: list[str] = []

    def make(**options: Any) -> Page:
        wanted = {"viewport": DESK, "color_scheme": "light", **options}
        kind = repr(sorted(wanted.items()))
        free = jars.setdefault(kind, [])
        context = free.pop() if free else new_context(browser, **wanted)
        contexts.append((kind, context))
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(_complaint(message)))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        return page

    yield make
    for kind, context in contexts:
        if _emptied(context):
            jars[kind].append(context)
    assert not complaints, "\n".join(complaints)


def _emptied(context: BrowserContext) -> bool:
    """Whether nothing of a visitor is left: no page, no cookie, nothing stored. Else it is closed."""
    try:
        for page in context.pages:
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
            page.close()
        context.clear_cookies()
        context.unroute_all()
    except Error:
        context.close()
        return False
    return True


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """A new visitor at a desk, in the light theme."""
    return visitor()


@pytest.fixture
def dark_page(visitor: Callable[..., Page]) -> Page:
    """A new visitor at a desk, in the dark theme."""
    return visitor(color_scheme="dark")


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    """A new visitor with a phone, in the light theme."""
    return visitor(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def dark_phone(visitor: Callable[..., Page]) -> Page:
    """A new visitor with a phone, in the dark theme."""
    return visitor(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme="dark")


def _small(folder: Path, write: Callable[[Path], Catalogue]) -> Iterator[tuple[Server, Catalogue]]:
    catalogue = write(folder / "content")
    for server in _served(Server(folder / "data", {"COURSE_CONTENT": str(folder / "content")})):
        yield server, catalogue


def _served(server: Server) -> Iterator[Server]:
    yield server.start()
    server.stop()
    assert TRACE not in server.log_text(), f"The server logged a failure:\n{server.log_text()}"


def _complaint(message: ConsoleMessage) -> list[str]:
    return [f"console: {message.text}"] if "Content Security Policy" in message.text else []
