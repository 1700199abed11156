"""One's own line of each gradebook, and of the class what its instructor lets be seen."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from course.services.teach.book_views import OwnBook, OwnGrade
from course.ui.components import page


def draw(books: Iterable[OwnBook]) -> None:
    for book in books:
        if book.grades:
            _book(book)


def _book(book: OwnBook) -> None:
    page.section(f"Grades: {book.cohort}", "Percentages, after penalties for lateness.")
    seen = any(g.mean is not None for g in book.grades)
    page.table(
        ["Assignment", "Weight", "You", *(["Class mean"] if seen else [])],
        [_row(g, seen) for g in book.grades],
        label=f"Your grades in {book.cohort}",
        numeric=(1, 2, 3) if seen else (1, 2),
    )
    parts = [f"In all {book.total:.0%}{f' ({book.label})' if book.label else ''}." if book.total is not None else ""]
    if book.mean is not None:
        parts.append(f"The class’s mean is {book.mean:.0%}.")
    if book.place is not None:
        parts.append(f"You stand {_ordinal(book.place)} of {book.of}.")
    page.fine(" ".join(filter(None, [*parts, book.note])))


def _row(one: OwnGrade, seen: bool) -> list[str]:
    share = f"{one.share:.0%}" if one.share is not None else escape(one.why)
    notes = [word for word, yes in (("late", one.late), ("changed by your instructor", one.changed)) if yes]
    mine = share + (f"<small>{', '.join(notes)}</small>" if notes else "")
    return [escape(one.title), f"{one.weight:g}", mine, *(["–" if one.mean is None else f"{one.mean:.0%}"] if seen else [])]


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
