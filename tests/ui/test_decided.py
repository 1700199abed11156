"""A changed result and a mark by hand, as the result page draws them."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def drawn(sentence: str, comment: str, note: str) -> None:
    """A page with a notice and an essay that a person graded."""
    from course.learning.reveal import Shown
    from course.learning.scoring import Answered, Mark
    from course.questions import by_name
    from course.questions.base import State
    from course.services.study.asking import question_view, review_view
    from course.services.study.views import HandMarkView, RubricLine
    from course.ui.components import decided
    from tests.ui.test_looking_back import course
    from tests.unit.questions.authored import question

    found = question(by_name("essay").example)
    answered = Answered(found, 4, "It needs an open channel.")
    view = question_view(found, seed=1, shuffle=False, points=4, folder="")
    review = review_view(found, view, answered.response, Mark(0.875, State.PARTIAL, 4), Shown(True, True, True, True, True))
    decided.notices([sentence])
    given = HandMarkView(3.5, 4, (RubricLine("Says that it *blocks*", 2, 2), RubricLine("Says that use matters", 1.5, 2)), comment, note)
    decided.by_hand(review, given, course())


def page(sentence: str = "", comment: str = "", note: str = "") -> str:
    app = AppTest.from_function(drawn, args=(sentence, comment, note), default_timeout=20).run()
    assert not app.exception, app.exception[0].value
    return "\n".join(h.proto.body for h in app.get("html"))


def test_a_mark_by_hand_shows_points_rubric_and_comment() -> None:
    shown = page(comment="Say more on use.\nAnd on time.", note="A third one decides.")
    assert "Marked by a person: 3.5 of 4 points." in shown
    assert "<li>Says that it <em>blocks</em>: <b>2 of 2</b></li>" in shown
    assert "<p>Say more on use.</p><p>And on time.</p>" in shown
    assert "<p>A third one decides.</p>" in shown


def test_no_line_of_it_is_right_or_wrong() -> None:
    shown = page()
    assert "k-mark k-wrong" not in shown
    assert "k-mark k-right" not in shown
    assert shown.count("your answer") == 1
    assert "looked for" not in shown, "the rubric stands with its points"


def test_what_a_person_typed_is_no_markup() -> None:
    shown = page(sentence="<script>alert(1)</script>", comment="<b>bold</b> ![x](https://example.org/x.png)")
    assert "<script>" not in shown
    assert "<b>bold" not in shown
    assert "<img" not in shown
