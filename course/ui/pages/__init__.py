"""The pages. One file a page; `PAGES` below is the menu, in order. Adding a page is a file and a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from course.ui.pages.learner import about, glossary, help_page, home, module, progress, quiz, references, result, search, you
from course.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its address (one segment, "" for the start page), its name in the menu, what draws it.

    `needs_database` False: it is also drawn while the database does not answer, for somebody unknown.
    """

    url: str
    title: str
    draw: Callable[[Visit], None]
    menu: bool = True
    needs_database: bool = True


PAGES: tuple[PageSpec, ...] = (
    PageSpec("", "Home", home.draw),
    PageSpec("module", "Notebook", module.draw),
    PageSpec("quiz", "Quiz", quiz.draw, menu=False),
    PageSpec("result", "Result", result.draw, menu=False),
    PageSpec("progress", "Progress", progress.draw),
    PageSpec("search", "Search", search.draw),
    PageSpec("glossary", "Glossary", glossary.draw, needs_database=False),
    PageSpec("references", "References", references.draw, needs_database=False),
    PageSpec("about", "About", about.draw, needs_database=False),
    PageSpec("you", "You", you.draw),
    PageSpec("help", "Get help", help_page.draw, needs_database=False),
)
