"""When two texts count as the same words."""

from __future__ import annotations

import unicodedata


def normalise(text: str, *, case: bool = False, accents: bool = True) -> str:
    """NFKC, trimmed, runs of white space collapsed; casefolded unless `case` matters; without combining marks unless `accents` matter."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not accents:
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
        plain = unicodedata.normalize("NFC", plain)
    return plain if case else plain.casefold()
