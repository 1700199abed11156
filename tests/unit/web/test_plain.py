from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from course.web.plain import confirm, error, plain


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.fields: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "input" and found.get("name"):
            self.fields[found["name"] or ""] = found.get("value")

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(max_size=60), st.text(max_size=60))
def test_text_stays_text(title: str, paragraph: str) -> None:
    usual = Seen(plain("a", "b").body.decode())
    seen = Seen(plain(title, paragraph).body.decode())
    assert seen.tags == usual.tags


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_a_hidden_field_carries_its_value_unchanged(value: str) -> None:
    seen = Seen(plain("Sure?", form=confirm("/session/resume", "Yes", token=value)).body.decode())
    assert seen.fields == {"token": value}
    assert seen.tags.count("input") == 1


def test_there_is_always_a_way_back() -> None:
    assert 'href="/"' in plain("Gone").body.decode()
    assert 'href="/"' in plain("Sure?", form=confirm("/session/leave", "Leave")).body.decode()


def test_help_and_the_quick_exit_stand_on_these_pages_too() -> None:
    for shown in (plain("Sign in"), error(404, "There is no such page", "Look again.")):
        html = shown.body.decode()
        assert '<a href="/help">Get help</a>' in html
        assert 'rel="noreferrer">Quick exit</a>' in html


def test_no_script_and_no_style_of_its_own() -> None:
    tags = Seen(error(500, "Broke", "Try again.", error_id="ab12").body.decode()).tags
    assert "script" not in tags
    assert "style" not in tags


def test_an_error_gives_the_id_and_is_not_kept() -> None:
    response = error(500, "Broke", "Try again.", error_id="ab12")
    assert response.status_code == 500
    assert response.headers["cache-control"] == "no-store"
    assert "ab12" in response.body.decode()
