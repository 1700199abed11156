"""Roles, rendering, plain text and raw HTML of the course's Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content.markdown import Lookup, plain, raw_html, render, roles, slug, word_count
from course.content.model import Reference, Term
from course.diagnostics import Place

HARDING = Reference(
    "hard2025",
    "article",
    "Withdrawal",
    ("Harding RE", "A B", "C D"),
    False,
    2025,
    "Addiction",
    "",
    "",
    "",
    "",
    "",
    "",
    False,
    None,
    Place(""),
)
AGENCY = Reference("fda_x", "report", "Warning", ("FDA [US] office",), False, 2023, "", "", "", "", "", "", "", False, None, Place(""))
BLOCK = Term("open-channel-block", "open-channel block", ("uncompetitive block",), "Inside.", (), Place(""))
LOOKUP = Lookup.of({"hard2025": HARDING, "fda": AGENCY}, (BLOCK,))


def test_citations_become_author_and_year_linked_to_the_references() -> None:
    assert render("Craving {cite}`hard2025`.", LOOKUP) == "Craving ([Harding et al. 2025](references?key=hard2025))."


def test_several_sources_stand_in_one_pair_of_brackets() -> None:
    shown = render("{cite}`hard2025, fda`", LOOKUP)
    assert shown == r"([Harding et al. 2025](references?key=hard2025); [FDA \[US\] office 2023](references?key=fda))"


@pytest.mark.parametrize("word", ["open-channel block", "Open-channel block", "uncompetitive\nblock"])
def test_terms_link_to_the_glossary_by_any_of_their_words(word: str) -> None:
    shown = " ".join(word.split())
    assert render(f"a {{term}}`{word}` b", LOOKUP) == f"a [{shown}](glossary?term=open-channel-block) b"


def test_what_does_not_resolve_is_shown_as_code() -> None:
    assert render("{cite}`nobody` {term}`un*known*` {ref}`x`", LOOKUP) == "(`nobody`) `un*known*` `x`"


@pytest.mark.parametrize("code", ["`` {cite}`hard2025` ``", "```\n{cite}`hard2025`\n```", "~~~\n{term}`x`\n~~~"])
def test_code_is_left_alone(code: str) -> None:
    assert render(code, LOOKUP) == code
    assert list(roles(code)) == []


def test_plain_text_drops_citations_and_keeps_words() -> None:
    assert plain("A **brief** {term}`rise` {cite}`hard2025`.\n\n- one\n- [two](https://x.y) `three`") == "A brief rise.\none\ntwo three"


def test_words_are_counted_as_a_reader_counts_them() -> None:
    assert word_count("Open-channel block isn't 1.5 things") == 5


def test_raw_html_is_found_where_it_stands() -> None:
    text = "a <b>x</b>\n\n<div>\ny\n</div>\n\n<https://x.y> `<i>` 3 < 4\n"
    assert list(raw_html(text)) == [(2, "<b>"), (6, "</b>"), (12, "<div>")]


@pytest.mark.parametrize(("title", "expected"), [("What's next?", "whats-next"), ("  D2 – auto", "d2-auto"), ("???", "section")])
def test_slugs_come_from_headings(title: str, expected: str) -> None:
    assert slug(title) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="{}citerm`~<>/b!-[]()*_#\n :ab,", max_size=120))
def test_any_text_renders_without_gaining_html(text: str) -> None:
    assert len(list(raw_html(render(text, LOOKUP)))) <= len(list(raw_html(text)))
    plain(text)
