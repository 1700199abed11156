"""Every page is in the menu's list, and no file of a page is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import course.ui.pages
from course.ui.pages import PAGES
from course.web import page
from tests.contract.listing import assert_listed

FOLDER = Path(course.ui.pages.__file__).parent


def test_every_file_that_draws_a_page_is_listed() -> None:
    """A file that another page draws as a part of itself is imported there."""
    text = {path: path.read_text(encoding="utf-8") for path in FOLDER.glob("*/*.py")}
    imported = {
        name for source in text.values() for line in re.findall(r"^from course\.ui\.pages\..*$", source, re.M) for name in line.split()
    }
    parts = {name.strip(",") for name in imported}
    draws = {path.stem for path, source in text.items() if re.search(r"^def draw\(visit: Visit\)", source, re.M)}
    listed = {spec.draw.__module__.rpartition(".")[2] for spec in PAGES}
    assert_listed(draws - parts | (draws & listed), listed, "course/ui/pages", "`PAGES` in course/ui/pages/__init__.py")


def test_every_page_has_an_address_of_its_own() -> None:
    urls = [spec.url for spec in PAGES]
    twice = sorted({url for url in urls if urls.count(url) > 1})
    assert not twice, f"two pages have the address {', '.join(twice)}"


def test_the_server_answers_the_address_of_every_page_and_no_other() -> None:
    assert {f"/{spec.url}" for spec in PAGES} == page.PAGES, "course/ui/pages/__init__.py and course/web/page.py list other pages"
