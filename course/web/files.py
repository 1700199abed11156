"""Files that are handed over as downloads, and names for them.

A large one is written into a temporary file first: the database is done with it in seconds however slow the reader's line is,
memory holds a piece at a time, and a file that could not be finished is an error page rather than half a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Final, TypeAlias

from starlette.responses import Response, StreamingResponse

IN_MEMORY: Final = 1_000_000
PIECE: Final = 128 * 1024
CSV: Final = "text/csv; charset=utf-8"
Write: TypeAlias = Callable[[bytes], object]


def file(body: bytes, name: str, media_type: str) -> Response:
    """A small file. `name` holds ASCII letters, digits, dots and dashes alone (see `plain_name`)."""
    return Response(body, media_type=media_type, headers=_headers(name))


def large_file(fill: Callable[[Write], str], media_type: str) -> Response:
    """What `fill` hands over piece by piece; it returns the file's name. When it raises, nothing was sent."""
    # Closed when it was sent, or when the reader has gone away.
    kept: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        name = fill(kept.write)
        size = kept.tell()
        kept.seek(0)
    except BaseException:
        kept.close()
        raise
    return StreamingResponse(_pieces(kept), media_type=media_type, headers={**_headers(name), "Content-Length": str(size)})


def plain_name(name: str) -> str:
    """What a class or learner is called, as a name for a file."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "class"


def _pieces(kept: IO[bytes]) -> Iterator[bytes]:
    with kept:
        while piece := kept.read(PIECE):
            yield piece


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
