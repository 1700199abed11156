"""All settings in one place. `parse` reads a mapping (the environment) and refuses what the course cannot use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

from course.errors import SettingsError

E = TypeVar("E", bound=StrEnum)

ROOT: Final = Path(__file__).resolve().parents[1]
EDITOR: Final = "vscode://file/{folder}/{path}:{line}"
"""Where authors open a file unless they say otherwise."""
_NO_LINK: Final = ("javascript", "data", "vbscript")


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class ClinicianView(StrEnum):
    """Whether clinician cells exist: never, after a declaration, or for everybody."""

    OFF = "off"
    ASK = "ask"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Setting:
    """One documented variable; docs/settings.md is made from these."""

    name: str
    default: str
    doc: str


DOCUMENTED: Final = (
    Setting("COURSE_DATA_DIR", "data", "Folder for the database and the secret; made when absent."),
    Setting("COURSE_DATABASE_URL", "sqlite:///<data>/course.db", "`sqlite:///absolute/path` or `postgresql://user:password@host/name`."),
    Setting(
        "COURSE_SECRET",
        "made once in the data folder",
        "At least 32 characters; signs cookies and links. Change it and every guest starts anew.",
    ),
    Setting("COURSE_BASE_URL", "http://localhost:8501", "Where learners reach the course; https makes cookies Secure and sends HSTS."),
    Setting("COURSE_ENV", "development", "`development` or `production`."),
    Setting("COURSE_CONTENT", "the repository", "Another folder with `modules/` and `quizzes/`, for an institution's own content."),
    Setting("COURSE_CLINICIAN_VIEW", "ask", "`off` (school mode), `ask` (after a declaration) or `on`."),
    Setting(
        "COURSE_AUTHOR",
        "false",
        "`true` shows authors what `check` finds, beside each cell and in a list on every page, and opens the preview to everybody; refused in production, as learners see it too.",
    ),
    Setting(
        "COURSE_SMTP_URL",
        "no mail is sent",
        "`smtp://user:password@host:587` (STARTTLS when offered) or `smtps://...`, for invitations and new passwords.",
    ),
    Setting("COURSE_MAIL_FROM", "none", "The sender of the course's mail; needed with `COURSE_SMTP_URL`."),
    Setting(
        "COURSE_SOURCE_URL",
        "text to copy; with `COURSE_AUTHOR` a link to Visual Studio Code",
        "Where leads open a question's file, with `{path}` and `{line}`: `https://github.com/org/course/blob/main/{path}#L{line}`. `{folder}` is the folder of the content, for an editor: `vscode://file/{folder}/{path}:{line}`.",
    ),
    Setting("COURSE_DISCREET", "false", "`true` puts a neutral course title into the browser's tab and history."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the process runs with. Paths are absolute. `secret` None: made once in `data_dir`."""

    data_dir: Path
    database_url: str
    secret: str | None
    base_url: str
    environment: Environment
    content: Path
    clinician_view: ClinicianView
    discreet: bool
    author: bool
    smtp_url: str = ""
    mail_from: str = ""
    source_url: str = ""

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")

    def source_of(self, path: str, line: int) -> str:
        """The address that shows this line of a content file; "" when none is set. `path`: within the content's folder."""
        values = {"path": path, "line": str(line), "folder": self.content.as_posix().lstrip("/")}
        return re.sub(r"\{(path|line|folder)\}", lambda found: quote(values[found[1]]), self.source_url)


def parse(environ: Mapping[str, str]) -> Settings:
    """Read the documented variables.

    Raises:
        SettingsError: a value is odd, or a `COURSE_` variable is not one of ours; the sentence names it and the mend.
    """
    known = {s.name for s in DOCUMENTED}
    for name in environ:
        if name.startswith("COURSE_") and name not in known:
            raise SettingsError(f"{name} is not a setting of the course. Known: {', '.join(sorted(known))}.")
    data_dir = Path(_text(environ, "COURSE_DATA_DIR") or ROOT / "data").expanduser().resolve()
    return Settings(
        data_dir=data_dir,
        database_url=_database(environ, data_dir),
        secret=_secret(environ),
        base_url=_base_url(environ),
        environment=_word(environ, "COURSE_ENV", Environment, Environment.DEVELOPMENT),
        content=_content(environ),
        clinician_view=_word(environ, "COURSE_CLINICIAN_VIEW", ClinicianView, ClinicianView.ASK),
        discreet=_switch(environ, "COURSE_DISCREET"),
        author=_author(environ),
        smtp_url=_smtp(environ),
        mail_from=_text(environ, "COURSE_MAIL_FROM"),
        source_url=_source_url(environ),
    )


def _author(environ: Mapping[str, str]) -> bool:
    author = _switch(environ, "COURSE_AUTHOR")
    if author and _word(environ, "COURSE_ENV", Environment, Environment.DEVELOPMENT) is Environment.PRODUCTION:
        raise SettingsError("COURSE_AUTHOR shows everybody what authors have to mend. Leave it out where COURSE_ENV is `production`.")
    return author


def _text(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _word(environ: Mapping[str, str], name: str, words: type[E], default: E) -> E:
    text = _text(environ, name).lower()
    if not text:
        return default
    try:
        return words(text)
    except ValueError:
        raise SettingsError(f"{name} is `{text}`; it must be one of {', '.join(w.value for w in words)}.") from None


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = _text(environ, name).lower()
    if text in ("", "false"):
        return False
    if text == "true":
        return True
    raise SettingsError(f"{name} is `{text}`; it must be `true` or `false`.")


def _database(environ: Mapping[str, str], data_dir: Path) -> str:
    url = _text(environ, "COURSE_DATABASE_URL")
    if not url:
        return f"sqlite:///{data_dir / 'course.db'}"
    if re.match(r"sqlite:////", url) or (url.startswith("sqlite:///") and Path(url.removeprefix("sqlite:///")).is_absolute()):
        return url
    if url.startswith("sqlite"):
        raise SettingsError("COURSE_DATABASE_URL must name an absolute path: `sqlite:////srv/course/course.db`.")
    if re.match(r"postgres(ql)?://", url):
        return "postgresql://" + url.split("://", 1)[1]
    raise SettingsError("COURSE_DATABASE_URL must begin with `sqlite:///` or `postgresql://`.")


def _secret(environ: Mapping[str, str]) -> str | None:
    text = _text(environ, "COURSE_SECRET")
    if not text:
        return None
    if len(text) < 32:
        raise SettingsError("COURSE_SECRET is too short; it needs at least 32 characters.")
    return text


def _base_url(environ: Mapping[str, str]) -> str:
    text = _text(environ, "COURSE_BASE_URL") or "http://localhost:8501"
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(f"COURSE_BASE_URL is `{text}`; write it like `https://course.example.org`.")
    return text.rstrip("/")


def _smtp(environ: Mapping[str, str]) -> str:
    text = _text(environ, "COURSE_SMTP_URL")
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("smtp", "smtps") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError("COURSE_SMTP_URL must look like `smtp://user:password@mail.example.org:587`.")
    if "@" not in _text(environ, "COURSE_MAIL_FROM"):
        raise SettingsError("COURSE_SMTP_URL needs COURSE_MAIL_FROM as well, like `course@example.org`.")
    return text


def _source_url(environ: Mapping[str, str]) -> str:
    text = _text(environ, "COURSE_SOURCE_URL") or (EDITOR if _switch(environ, "COURSE_AUTHOR") else "")
    scheme, _, rest = text.partition("://")
    if text and not (re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme) and scheme not in _NO_LINK and "{path}" in rest and "{line}" in rest):
        raise SettingsError(
            "COURSE_SOURCE_URL must be an address with {path} and {line}, like `https://github.com/org/course/blob/main/{path}#L{line}`."
        )
    return text


def _content(environ: Mapping[str, str]) -> Path:
    text = _text(environ, "COURSE_CONTENT")
    if not text:
        return ROOT
    path = Path(text).expanduser().resolve()
    if not (path / "modules").is_dir() or not (path / "quizzes").is_dir():
        raise SettingsError(f"COURSE_CONTENT is `{text}`; that folder must hold `modules/` and `quizzes/`.")
    return path
