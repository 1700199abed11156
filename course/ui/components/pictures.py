"""Pictures that authors keep beside a module. They travel inside the page, so that no address of them has to be open."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

from course.questions.base import Figure, Json

_KINDS: Final = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
_MOST_BYTES: Final = 4 * 1024 * 1024


def source(folder: Path | None, src: str) -> str:
    """The picture as a `data:` address; "" when it is not there, lies outside the folder, or is no picture of a sane size."""
    if folder is None:
        return ""
    path = (folder / src).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix.lower() not in _KINDS or not path.is_file():
        return ""
    found = path.stat()
    return _encoded(path, found.st_mtime_ns) if found.st_size <= _MOST_BYTES else ""


def markup(figure: Figure, folder: Path | None, point: Sequence[float] | None = None) -> str:
    """The picture as safe markup, with a mark at `point` (in the picture's own pixels); its words when there is no file."""
    address = source(folder, figure.src)
    if not address:
        return f"<p>{missing(figure)}</p>"
    size = f"aspect-ratio:{figure.width:g}/{figure.height:g}" if figure.width and figure.height else ""
    mark = ""
    if point is not None and figure.width and figure.height:
        mark = f'<i class="k-pin" style="left:{100 * point[0] / figure.width:.2f}%;top:{100 * point[1] / figure.height:.2f}%"></i>'
    words = figure.alt + (" Your mark stands on it." if mark else "")
    return f'<div class="k-picture"><img src="{address}" alt="{escape(words)}" style="{size}">{mark}</div>'


def missing(figure: Figure) -> str:
    """What stands for a picture that cannot be shown."""
    return f"The figure cannot be shown here. It shows: {escape(figure.alt)}"


def on_figure(given: Json, figure: Figure) -> list[float] | None:
    """A point as the browser sent it, moved to the figure's edge when it lies outside; None for anything else."""
    if not isinstance(given, list | tuple) or len(given) != 2:
        return None
    if not all(isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in given):
        return None
    return [min(max(n, 0), edge) for n, edge in zip(given, (figure.width, figure.height), strict=True)]


@lru_cache(maxsize=64)
def _encoded(path: Path, changed: int) -> str:
    """`changed` makes an edited file a new entry."""
    return f"data:{_KINDS[path.suffix.lower()]};base64,{b64encode(path.read_bytes()).decode('ascii')}"
