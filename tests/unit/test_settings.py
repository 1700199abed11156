from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import SettingsError
from course.settings import DOCUMENTED, ROOT, ClinicianView, Environment, parse

SECRET = "s" * 32


def test_nothing_needs_to_be_set() -> None:
    settings = parse({})
    assert settings.data_dir == ROOT / "data"
    assert settings.database_url == f"sqlite:///{ROOT / 'data' / 'course.db'}"
    assert settings.secret is None
    assert settings.base_url == "http://localhost:8501"
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.content == ROOT
    assert settings.clinician_view is ClinicianView.ASK
    assert not settings.discreet
    assert not settings.author
    assert not settings.secure_cookies


def test_the_defaults_are_the_documented_ones() -> None:
    documented = {s.name: s.default for s in DOCUMENTED}
    settings = parse({})
    assert settings.base_url == documented["COURSE_BASE_URL"]
    assert settings.environment == documented["COURSE_ENV"]
    assert settings.clinician_view == documented["COURSE_CLINICIAN_VIEW"]
    assert str(settings.discreet).lower() == documented["COURSE_DISCREET"]
    assert settings.data_dir.relative_to(ROOT) == Path(documented["COURSE_DATA_DIR"])


def test_every_documented_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "quizzes").mkdir()
    environ = {
        "COURSE_DATA_DIR": str(tmp_path / "d"),
        "COURSE_DATABASE_URL": "postgresql://u:p@h/n",
        "COURSE_SECRET": SECRET,
        "COURSE_BASE_URL": "https://course.example.org/",
        "COURSE_ENV": "production",
        "COURSE_CONTENT": str(tmp_path),
        "COURSE_CLINICIAN_VIEW": "off",
        "COURSE_DISCREET": "true",
        "COURSE_AUTHOR": "false",
        "COURSE_SMTP_URL": "smtps://u:p@mail.example.org",
        "COURSE_MAIL_FROM": "course@example.org",
        "COURSE_SOURCE_URL": "https://git.example.org/{path}#L{line}",
    }
    untried = sorted({s.name for s in DOCUMENTED} - set(environ))
    assert not untried, f"give {', '.join(untried)} a value above that is not its default"
    set_, unset = parse(environ), parse({})
    assert parse({"COURSE_AUTHOR": "true"}).author, "read apart: it is refused in production"
    assert all(getattr(set_, field) != getattr(unset, field) for field in type(set_).__slots__ if field != "author")
    assert set_.base_url == "https://course.example.org"
    assert set_.secure_cookies


def test_a_line_of_a_file_has_an_address_where_one_is_set() -> None:
    assert parse({}).source_of("quizzes/x.yaml", 12) == ""
    on_the_web = parse({"COURSE_SOURCE_URL": "https://git.example.org/blob/main/{path}#L{line}"})
    assert on_the_web.source_of("quizzes/a {line}.yaml", 12) == "https://git.example.org/blob/main/quizzes/a%20%7Bline%7D.yaml#L12"
    assert parse({"COURSE_AUTHOR": "true"}).source_of("quizzes/x.yaml", 12) == f"vscode://file{ROOT}/quizzes/x.yaml:12"


def test_an_empty_variable_counts_as_absent() -> None:
    assert parse({s.name: "  " for s in DOCUMENTED}) == parse({})


def test_other_programs_variables_are_none_of_its_business() -> None:
    assert parse({"PATH": "/bin", "STREAMLIT_SERVER_PORT": "1", "COURSEWARE": "x"}) == parse({})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("COURSE_DATABSE_URL", "sqlite:////x", "COURSE_DATABSE_URL is not a setting of the course"),
        ("COURSE_DATABASE_URL", "sqlite:///course.db", "absolute path"),
        ("COURSE_DATABASE_URL", "mysql://h/n", "must begin with"),
        ("COURSE_DATABASE_URL", "sqlite://", "absolute path"),
        ("COURSE_SECRET", "short", "at least 32 characters"),
        ("COURSE_BASE_URL", "course.example.org", "write it like"),
        ("COURSE_SMTP_URL", "mail.example.org:25", "must look like"),
        ("COURSE_SMTP_URL", "smtp://mail.example.org:x", "must look like"),
        ("COURSE_SMTP_URL", "smtp://mail.example.org", "needs COURSE_MAIL_FROM"),
        ("COURSE_SOURCE_URL", "https://git.example.org/blob/main", "{path} and {line}"),
        ("COURSE_SOURCE_URL", "javascript://{path}{line}", "{path} and {line}"),
        ("COURSE_BASE_URL", "ftp://course.example.org", "write it like"),
        ("COURSE_BASE_URL", "https://course.example.org/?a=1", "write it like"),
        ("COURSE_ENV", "staging", "development, production"),
        ("COURSE_CLINICIAN_VIEW", "yes", "off, ask, on"),
        ("COURSE_DISCREET", "1", "`true` or `false`"),
        ("COURSE_CONTENT", "/nonexistent", "must hold `modules/` and `quizzes/`"),
    ],
)
def test_it_refuses_what_it_cannot_use(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(sentence)) as refused:
        parse({name: value})
    assert name in refused.value.message


def test_a_refusal_never_repeats_a_secret() -> None:
    with pytest.raises(SettingsError) as refused:
        parse({"COURSE_SECRET": "hunter2"})
    assert "hunter2" not in refused.value.message
    with pytest.raises(SettingsError) as refused:
        parse({"COURSE_DATABASE_URL": "mysql://user:hunter2@host/name"})
    assert "hunter2" not in refused.value.message


def test_both_spellings_of_postgresql_name_the_same() -> None:
    assert parse({"COURSE_DATABASE_URL": "postgres://u@h/n"}) == parse({"COURSE_DATABASE_URL": "postgresql://u@h/n"})


@given(
    st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=60),
    st.sampled_from([s.name for s in DOCUMENTED if s.name != "COURSE_DATA_DIR"]),
)
def test_any_text_is_used_or_refused_with_a_sentence(text: str, name: str) -> None:
    message = ""
    try:
        parse({name: text})
    except SettingsError as refused:
        message = refused.message
    assert not message or (name in message and message.endswith("."))


def test_what_authors_see_is_refused_in_production() -> None:
    assert parse({"COURSE_AUTHOR": "true"}).author
    with pytest.raises(SettingsError, match="COURSE_AUTHOR"):
        parse({"COURSE_AUTHOR": "true", "COURSE_ENV": "production"})
