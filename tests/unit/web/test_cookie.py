from __future__ import annotations

import secrets
from http.cookies import SimpleCookie

from hypothesis import given
from hypothesis import strategies as st

from course.web import cookie

SECRET = "k" * 40


def test_what_was_signed_is_read_back() -> None:
    token = secrets.token_urlsafe(32)
    assert cookie.token_of(cookie.signed(token, SECRET), SECRET) == token


def test_a_cookie_signed_with_another_secret_is_nobodys() -> None:
    assert cookie.token_of(cookie.signed(secrets.token_urlsafe(32), SECRET), "other" * 8) is None


def test_an_absent_cookie_is_nobodys() -> None:
    assert cookie.token_of(None, SECRET) is None
    assert cookie.token_of("", SECRET) is None


@given(st.text(max_size=90))
def test_no_guess_is_believed(guess: str) -> None:
    assert cookie.token_of(guess, SECRET) is None


@given(st.integers(0, 75), st.characters(codec="ascii"))
def test_changing_any_character_breaks_it(place: int, character: str) -> None:
    value = cookie.signed("A" * 43, SECRET)
    changed = value[:place] + character + value[place + 1 :]
    assert changed == value or cookie.token_of(changed, SECRET) is None


def test_scripts_and_other_sites_do_not_get_it() -> None:
    morsel = SimpleCookie(cookie.header(cookie.signed("A" * 43, SECRET), secure=True))[cookie.NAME]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert morsel["secure"]
    assert morsel["path"] == "/"
    assert int(morsel["max-age"]) == 365 * 24 * 3600
    assert not morsel["domain"]


def test_over_plain_http_it_is_not_marked_secure() -> None:
    assert not SimpleCookie(cookie.header("x", secure=False))[cookie.NAME]["secure"]


def test_no_age_deletes_it() -> None:
    assert SimpleCookie(cookie.header("", secure=False, max_age=0))[cookie.NAME]["max-age"] == "0"
