"""Writes docs/settings.md from `course.settings.DOCUMENTED`, so that the page cannot say something else than the code."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from course.settings import DOCUMENTED, Setting  # noqa: E402

PAGE = ROOT / "docs" / "settings.md"
HEAD = """# Settings

<!-- Made by `make schema` from course/settings.py; do not edit. -->

The course is set up by environment variables, and runs without any. A `COURSE_` variable that is not in this table, or a
value the course cannot use, stops the start with a sentence that names it.

| variable | default | meaning |
|---|---|---|
"""
TAIL = """
How the pages look and how Streamlit serves them is in `.streamlit/config.toml`, with a comment at what is not obvious.
The port and the address are Streamlit's: `streamlit run streamlit_app.py --server.port 8600 --server.address 127.0.0.1`.
"""


def page() -> str:
    return HEAD + "".join(map(_row, DOCUMENTED)) + TAIL


def _row(setting: Setting) -> str:
    default = setting.default.replace("<", "&lt;")
    return f"| `{setting.name}` | {default} | {setting.doc} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
