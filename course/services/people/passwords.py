"""Passwords: what may be one, and its argon2id hash."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from course.errors import Refused

SHORTEST: Final = 10
LONGEST: Final = 200
AT_ONCE: Final = 2
"""Each hash takes 64 MiB for about 0.1 s; more at once would let a crowd of tries fill the memory."""

_COMMON: Final = ("password", "passwort", "qwerty", "letmein", "iloveyou", "1234567890", "abcdefghij", "welcome")


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hashes and checks. `salts` makes 16 random bytes."""

    salts: Callable[[], bytes]
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def hash(self, password: str) -> str:
        with self._turns:
            return self.hasher.hash(_normal(password), salt=self.salts())

    def is_right(self, stored: str | None, password: str) -> bool:
        """Whether it is the password. Without a stored hash it takes as long, and is wrong."""
        with self._turns:
            if stored is None or len(password) > LONGEST:
                self.hasher.hash(_normal(password[:LONGEST]), salt=self.salts())
                return False
            try:
                return self.hasher.verify(stored, _normal(password))
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self.hasher.check_needs_rehash(stored)


def good(password: str, login: str) -> str:
    """The password, when it may be one for this sign-in name.

    Raises:
        Refused: it is too short, too long, or among the first that somebody would try.
    """
    if len(password) < SHORTEST:
        raise Refused(f"The password needs at least {SHORTEST} characters. A few words with spaces between them make a good one.")
    if len(password) > LONGEST:
        raise Refused(f"The password is too long: at most {LONGEST} characters.")
    bare = "".join(c for c in password.casefold() if c.isalnum())
    name = "".join(c for c in login.partition("@")[0].casefold() if c.isalnum())
    guessable = bare.rstrip("0123456789") in ("", *_COMMON, name) or bare in _COMMON
    if len(set(password.casefold())) < 5 or guessable:
        raise Refused("That password is among the first that somebody would try. Choose another one, for example a few words.")
    return password


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
