"""What was typed is read back as it was typed, whatever Markdown would make of it."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.questions.base import Line
from course.questions.typed import literally, typed_lines
from course.ui.components.markup import block, inline

ODD = st.text(st.sampled_from("ab12 .*_`[]()<>&#+-=~!:|$\\"), min_size=1, max_size=12)


@given(ODD)
@example("*not* _emphasis_")
@example("[x](https://example.org)")
@example("<b>bold</b> &amp;")
@example("`code` \\ :red[x]")
def test_a_line_reads_as_it_was_typed(typed: str) -> None:
    assert unescape(inline(literally(typed))).split() == typed.split()


@given(st.lists(ODD, min_size=1, max_size=3))
@example(["# heading", "text"])
@example(["text", "---"])
@example(["1. one", "2) two", "- three", "    four"])
def test_paragraphs_read_as_they_were_typed(typed: list[str]) -> None:
    shown = block(literally("\n\n".join(typed)))
    assert unescape(shown.replace("<p>", "").replace("</p>", "")).split() == "\n\n".join(typed).split()


@pytest.mark.parametrize("plain", ["2.5 h", "-3", "1.5", "NMDA", "4 (of 10)", "10 mg/L", "3-4"])
def test_what_is_no_markup_stays(plain: str) -> None:
    assert literally(plain) == plain


def test_the_right_answer_reads_as_it_was_authored() -> None:
    lines = typed_lines("a*b*", "c_d_e", (), right=False, reveal_key=True)
    assert lines == (Line(r"a\*b\*", True, False), Line(r"c\_d\_e", False, True))
