"""Forms of the plain pages: fields that can be labelled, read and filled in by a password manager; and reading what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from course.errors import Refused

LARGEST: Final = 20_000
"""Bytes of a form: every form here is far smaller."""
_TOO_LARGE: Final = "The form is too large. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled input. `complete` is what a browser may fill in (the HTML autocomplete token)."""

    name: str
    label: str
    kind: str = "text"
    complete: str = "off"
    value: str = ""
    note: str = ""
    required: bool = True

    def markup(self, *, wrong: bool) -> str:
        note = f'<small id="{self.name}-note">{escape(self.note)}</small>' if self.note else ""
        described = " ".join(filter(None, (f"{self.name}-note" if self.note else "", "refused" if wrong else "")))
        return (
            f'<p class="field"><label for="{self.name}">{escape(self.label)}</label>{note}'
            f'<input id="{self.name}" name="{self.name}" type="{self.kind}" autocomplete="{self.complete}" value="{escape(self.value)}"'
            + (f' aria-describedby="{described}"' if described else "")
            + (" required" if self.required else "")
            + (' autocapitalize="none" spellcheck="false"' if self.complete == "username" else "")
            + "></p>"
        )


@dataclass(frozen=True, slots=True)
class Tick:
    """A box that is ticked beforehand."""

    name: str
    label: str
    ticked: bool = True

    def markup(self, *, wrong: bool) -> str:
        box = f'<input id="{self.name}" name="{self.name}" type="checkbox" value="yes"{" checked" if self.ticked else ""}>'
        return f'<p class="tick">{box}<label for="{self.name}">{escape(self.label)}</label></p>'


def form(action: str, button: str, *parts: Field | Tick, refused: str = "", links: tuple[tuple[str, str], ...] = (), **hidden: str) -> str:
    """A form that POSTs to `action`. `refused` says why the last try did not work; `links` (address, text) stand below it."""
    said = f'<p class="refused" id="refused" role="alert">{escape(refused)}</p>' if refused else ""
    kept = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in hidden.items() if v)
    below = "".join(f'<p><a href="{escape(address)}">{escape(text)}</a></p>' for address, text in (*links, ("/", "Back to the course")))
    inputs = "".join(p.markup(wrong=bool(refused)) for p in parts)
    return f'{said}<form class="sheet" method="post" action="{escape(action)}">{kept}{inputs}<button type="submit">{escape(button)}</button></form>{below}'


async def sent(request: Request) -> Mapping[str, str]:
    """The fields of a form, the last one of each name.

    Raises:
        Refused: it is larger than any form here, or has more fields.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise Refused(_TOO_LARGE)
    try:
        return dict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        raise Refused(_TOO_LARGE) from None
