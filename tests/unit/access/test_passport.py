"""A seal says who somebody is for ten minutes, and cannot be changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.access.passport import GOOD_FOR, Identity, opened, sealed

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
SECRET = "s" * 40
HERE = "the token of a browser"
ANN = Identity("https://id.test", "42", "ann@course.test", "Ann Ænn")


@given(st.text(), st.text(), st.text(), st.text())
def test_what_is_sealed_comes_out_again(issuer: str, subject: str, email: str, name: str) -> None:
    one = Identity(issuer[:50], subject[:50], email[:50], name[:50])
    assert opened(sealed(one, SECRET, NOW, HERE), SECRET, NOW, HERE) == one


def test_a_seal_ends_and_opens_nowhere_else() -> None:
    seal = sealed(ANN, SECRET, NOW, HERE)
    assert opened(seal, SECRET, NOW, HERE) == ANN
    assert opened(seal, SECRET, NOW + GOOD_FOR, HERE) is None
    assert opened(seal, "t" * 40, NOW, HERE) is None
    assert opened(seal, SECRET, NOW, "another browser") is None
    assert opened(seal, SECRET, NOW, "") is None


@pytest.mark.parametrize("text", ["", ".", "abc", "abc.def", "é.é", "x" * 10_000])
def test_what_is_no_seal_is_nobody(text: str) -> None:
    assert opened(text, SECRET, NOW, HERE) is None


@given(st.integers(0, 10_000), st.characters())
def test_a_changed_seal_is_nobody(place: int, other: str) -> None:
    seal = sealed(ANN, SECRET, NOW, HERE)
    place %= len(seal)
    changed = seal[:place] + other + seal[place + 1 :]
    assert changed == seal or opened(changed, SECRET, NOW, HERE) is None
