"""What authors see while they write, and learners never."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.content.bad_examples import make_example


def drawn(root: str, author_on: bool) -> None:
    from datetime import date
    from pathlib import Path
    from types import SimpleNamespace
    from typing import Any

    from course.bootstrap import Shelf
    from course.content.review import review
    from course.ui.components import author

    shelf = Shelf(Path(root), lambda loaded: review(loaded, today=date(2026, 11, 23)))
    process: Any = SimpleNamespace(settings=SimpleNamespace(author=author_on), catalogue=shelf)
    shelf()
    author.bar(process)
    author.note(process, author.for_cells(process, "block").get("a-plug-in-a-door", ()))


def page(root: Path, *, author: bool) -> str:
    app = AppTest.from_function(drawn, args=(str(root), author), default_timeout=20).run()
    assert not app.exception, app.exception[0].value
    return "\n".join([*(e.label for e in app.expander), *(h.proto.body for h in app.get("html"))])


def test_an_author_reads_the_place_the_sentence_and_the_line(tmp_path: Path) -> None:
    text = page(make_example("uncited", tmp_path).root, author=True)
    assert "For authors: 1 error, 0 warnings" in text
    assert text.count("modules/01-block/module.md:15:1") == 2, "in the list and beside the cell"
    assert "this paragraph speaks of `Ketamine` and cites no source" in text
    assert 'href="preview?module=block&amp;cell=a-plug-in-a-door"' in text


def test_a_learner_reads_none_of_it(tmp_path: Path) -> None:
    assert page(make_example("uncited", tmp_path).root, author=False) == ""


def test_content_without_a_fault_says_so(tmp_path: Path) -> None:
    root = make_example("help-numbers", tmp_path).root
    assert "Every rule is met" in page(root, author=True)
