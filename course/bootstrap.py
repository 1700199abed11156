"""Puts the parts together. The only place that reads the clock, the environment and a random source.

A process holds one `Process`: settings, storage, the content snapshot and the services on top of them.
"""

from __future__ import annotations

import logging
import os
import random
import secrets
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from course.content.loader import Loaded, load
from course.content.model import Catalogue
from course.content.review import review
from course.diagnostics import Finding, Severity
from course.errors import CourseError, SettingsError
from course.services.authoring import Authoring, Findings
from course.services.demo import Demo
from course.services.insight import Insight
from course.services.people import Cohorts, Desk, People, Site
from course.services.people.mail import by_smtp
from course.services.people.passwords import Passwords
from course.services.study import Study
from course.services.teach import Teach
from course.services.teach.classes import Classes
from course.services.teach.grading import Grading
from course.settings import ClinicianView, Settings, parse
from course.storage import schema
from course.storage.unit_of_work import UnitOfWork, open_storage

log = logging.getLogger("course")


class ContentBroken(CourseError):
    """The content has errors and no earlier good snapshot is at hand."""


class Shelf:
    """Holds the content snapshot; swaps it whole when files change, and keeps the last good one when they do not load.

    `findings` are those of the last load, good or not: faults of format, or with `judge` whatever that finds. `behind`: the
    files do not load now, and an older snapshot is held.
    """

    def __init__(self, root: Path, judge: Callable[[Loaded], tuple[Finding, ...]] | None = None) -> None:
        self.root = root
        self._judge = judge
        self.findings: tuple[Finding, ...] = ()
        self.behind = False
        self._lock = Lock()
        self._kept: Catalogue | None = None
        self._seen = ""

    def __call__(self) -> Catalogue:
        return self._kept if self._kept is not None else self.reload()

    def reload(self) -> Catalogue:
        """Load the files again.

        Raises:
            ContentBroken: the files have errors and nothing was loaded before; the sentence names the first place.
        """
        with self._lock:
            self._seen = self._fingerprint()
            loaded = load(self.root)
            self.findings = self._judge(loaded) if self._judge else loaded.findings
            errors = [f for f in loaded.findings if f.severity is Severity.ERROR]
            if errors:
                log.warning("content: %d errors, the first at %s: %s", len(errors), errors[0].place, errors[0].message)
            fresh = loaded.catalogue is not None and (not errors or self._kept is None)
            if fresh:
                self._kept = loaded.catalogue
            self.behind = not fresh
            if self._kept is None:
                first = f" First: {errors[0].place}: {errors[0].message}." if errors else ""
                raise ContentBroken(f"The course content does not load.{first} Run `python -m course check`.")
            return self._kept

    def refresh(self) -> None:
        """Load again when a file was added, removed or saved since the last load."""
        if self._fingerprint() != self._seen:
            self.reload()

    def _fingerprint(self) -> str:
        files = sorted(p for folder in ("modules", "quizzes") for p in (self.root / folder).rglob("*") if p.is_file())
        return " ".join(f"{p}:{p.stat().st_mtime_ns}" for p in files)


@dataclass(frozen=True, slots=True)
class Process:
    """Everything a running course has."""

    settings: Settings
    secret: str
    storage: UnitOfWork
    catalogue: Shelf
    clock: Callable[[], datetime]
    people: People
    cohorts: Cohorts
    site: Site
    study: Study
    teach: Teach
    insight: Insight
    classes: Classes
    grading: Grading
    authoring: Authoring
    demo: Demo

    def prepare(self) -> None:
        """Make the schema on an empty database; refuse an older one with the command to run. Build what is kept of answers, when a
        database from before has none of it."""
        schema.prepare(self.settings.database_url)
        if self.teach.build():
            log.info("counted what was answered so far")

    def ping(self) -> None:
        """Raises StorageUnavailable when the database does not answer."""
        with self.storage.read() as tx:
            tx.meta.get("ping")


def build(environ: Mapping[str, str], clock: Callable[[], datetime] | None = None) -> Process:
    """Make a process from the environment. Opens no connection yet.

    Raises:
        SettingsError: an odd setting or a data folder that cannot be written.
    """
    settings = parse(environ)
    now = clock or _utc_now
    shelf = Shelf(settings.content, (lambda loaded: review(loaded, today=now().date())) if settings.author else None)
    storage = open_storage(settings.database_url)
    desk = Desk(
        uow=storage,
        clock=now,
        tokens=lambda: secrets.token_urlsafe(32),
        codes=_code,
        ids=lambda: str(uuid.uuid4()),
        passwords=Passwords(salts=lambda: secrets.token_bytes(16)),
        post=by_smtp(settings.smtp_url, settings.mail_from) if settings.smtp_url else None,
        base_url=settings.base_url,
    )
    return Process(
        settings=settings,
        secret=settings.secret or _kept_secret(settings.data_dir),
        storage=storage,
        catalogue=shelf,
        clock=now,
        people=People(desk),
        cohorts=Cohorts(desk),
        site=Site(desk),
        study=Study(storage, shelf, now, seeds=lambda: random.SystemRandom().getrandbits(32)),
        teach=Teach(storage, shelf, now),
        insight=Insight(storage, shelf, now),
        demo=Demo(storage, shelf, now, password=lambda: secrets.token_urlsafe(9), hashed=desk.passwords.hash),
        classes=Classes(storage, shelf, now, ids=lambda: str(uuid.uuid4())),
        grading=Grading(storage, shelf, now),
        authoring=Authoring(
            storage,
            shelf,
            now,
            Findings(
                shelf,
                known=(lambda: shelf.findings) if settings.author else (lambda: None),
                judge=lambda: review(load(settings.content, serve=False), today=now().date()),
            ),
            everybody=settings.author,
            clinician_cells=settings.clinician_view is not ClinicianView.OFF,
        ),
    )


@lru_cache(maxsize=1)
def process() -> Process:
    """The one process object, made from the environment on first use."""
    return build(os.environ)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _code() -> str:
    """Ten letters and digits that are not taken for one another, as `7K2QM-9XD4T`: 50 bits."""
    letters = [secrets.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(10)]
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


def _kept_secret(data_dir: Path) -> str:
    """The secret in the data folder, made once with mode 0600. Two processes starting together agree on one."""
    path = data_dir / "secret"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with NamedTemporaryFile("w", dir=data_dir, encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                with suppress(FileExistsError):
                    os.link(file.name, path)
        text = path.read_text(encoding="ascii").strip()
    except OSError as failure:
        raise SettingsError(
            f"The data folder {data_dir} cannot be used ({failure.strerror}). Set COURSE_DATA_DIR to a folder the course may write."
        ) from None
    if len(text) < 32:
        raise SettingsError(f"{path} holds no usable secret. Delete it, or set COURSE_SECRET.")
    return text
