import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.questions import State, by_name, grade
from course.questions.base import Comment, Line
from course.questions.short_text import edit_distance
from tests.unit.questions.authored import codes, finding, graded, question

TXT = """
id: txt
type: short_text
accept: [ketamine, {text: esketamine, score: 0.5, feedback: One of its two forms.}, {pattern: '(S|R)-ketamine', score: 1}]
reject: [{text: ketamide, feedback: Not a name of it.}]
edits: 1
"""


def txt(more: str) -> str:
    return f"id: t\ntype: short_text\n{more}\n"


@pytest.mark.parametrize(
    ("response", "score"),
    [
        ("Ketamine ", 1),
        ("  KETAMINE", 1),
        ("ketamin", 1),
        ("ketmaine", 1),
        ("ketaminee", 1),
        ("ketamnie", 1),
        ("ketmain", 0),
        ("ketamide", 0),
        ("KETAMIDE", 0),
        ("esketamine", 0.5),
        ("S-ketamine", 1),
        ("r-KETAMINE", 1),
        ("x S-ketamine", 0),
        ("S-ketamines", 0),
        ("\uff4b\uff45tamine", 1),
        ("ket\u00e1mine", 1),
        ("ketamine hydrochloride", 0),
        ("aspirin", 0),
    ],
)
def test_it_takes_what_is_equal_matches_or_is_a_slip_away(response, score):
    assert graded(TXT, response).score == score


def test_an_exact_text_goes_before_a_nearer_score_by_edits():
    text = txt("accept: [adrenaline, {text: adrenalin, score: 0.5}]\nedits: 1")
    assert graded(text, "adrenalin").score == 0.5
    assert graded(text, "adrenalinx").score == 1


def test_the_best_of_text_and_pattern_counts():
    assert graded(txt("accept: [full, {text: NMDA receptor, score: 0.5}, {pattern: 'nmda.*', score: 0.75}]"), "nmda receptor").score == 0.75


def test_texts_under_five_characters_take_no_edits():
    text = txt("accept: [NMDA, AMPA-R]\nedits: 1")
    assert [graded(text, r).score for r in ("NMDAA", "NMD", "AMPAR", "AMPA-RR")] == [0, 0, 1, 1]


@pytest.mark.parametrize(("rule", "scores"), [("case: respect", [1, 0, 1, 1]), ("accents: respect", [1, 1, 1, 0]), ("", [1, 1, 1, 1])])
def test_case_and_accents_follow_their_rule(rule, scores):
    text = txt(f"accept: [Ménière, {{pattern: 'M.* disease'}}]\n{rule}")
    assert [graded(text, r).score for r in ("Ménière", "ménière", "Me\u0301nie\u0300re", "Meniere")] == scores


def test_a_pattern_follows_the_case_rule():
    assert [graded(txt(f"accept: [x, {{pattern: 'N[A-Z]DA'}}]\ncase: {case}"), "nmda").score for case in ("ignore", "respect")] == [1, 0]


@pytest.mark.parametrize("response", [5, 1.5, True, ["ketamine"], {"text": "ketamine"}])
def test_anything_but_text_is_invalid(response):
    assert graded(TXT, response).state is State.INVALID


def test_it_reads_five_hundred_characters_and_no_more():
    assert graded(txt("accept: [x, {pattern: 'a{500}'}]"), "a" * 500 + "b").score == 1


def test_a_lone_surrogate_is_only_wrong():
    assert graded(TXT, "\ud800").state is State.WRONG


@pytest.mark.parametrize("pattern", ["(a)\\1", "(?=a)b", "(?<!a)b", "(", "a{2000}", "[z-a]", "*"])
def test_a_pattern_outside_the_subset_is_refused(pattern):
    code, message, *_ = finding(txt(f"accept:\n  - x\n  - pattern: '{pattern}'"))
    assert code == "bad-pattern"
    assert message.startswith("this pattern cannot be used: ")


def test_nested_quantifiers_are_matched_in_linear_time():
    assert graded(txt("accept: [x, {pattern: '(a+)+(a+)+(a+)+b'}]"), "a" * 499).score == 0


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("accept: []", ["too-few"]),
        ("accept: [{text: a, score: 0.5}]", ["no-key"]),
        ("accept: [{pattern: 'a+'}]", ["no-shown-answer"]),
        ("accept: [{text: a, pattern: b}]", ["text-or-pattern", "no-shown-answer"]),
        ("accept: [a, {score: 1}]", ["text-or-pattern"]),
        ("accept: [ketamine]\nreject: [Ketamine]", ["accept-and-reject"]),
        ("accept: [a]\nedits: 9", ["type"]),
        ("accept: [a]\ncase: maybe", ["type"]),
        ("accept: [a, {txt: b}]", ["unknown-key"]),
        ("reject: [a]", ["missing-key"]),
        ("accept: ketamine", ["type"]),
    ],
)
def test_it_reports_answers_that_make_no_question(more, expected):
    assert codes(txt(more)) == expected


def test_it_comments_on_the_answer_it_took_or_refused():
    kind, body = by_name("short_text"), question(TXT).body
    assert kind.comments(body, "Esketamine") == (Comment("accept-2", "One of its two forms."),)
    assert kind.comments(body, "ketamide") == (Comment("reject", "Not a name of it."),)
    assert kind.comments(body, "aspirin") == kind.comments(body, "ketamine") == kind.comments(body, 5) == ()


def test_a_review_gives_the_key_only_when_allowed():
    kind, body = by_name("short_text"), question(TXT).body
    assert kind.review(body, "aspirin", reveal_key=False) == (Line("aspirin", True, False),)
    assert kind.review(body, "aspirin", reveal_key=True) == (Line("aspirin", True, False), Line("ketamine", False, True))
    assert kind.review(body, "Ketamin", reveal_key=False) == (Line("Ketamin", True, False),)
    assert kind.review(body, "Ketamin", reveal_key=True) == (Line("Ketamin", True, True),)


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("", "", 0),
        ("abc", "", 3),
        ("ca", "abc", 3),
        ("ab", "ba", 1),
        ("kitten", "sitting", 3),
        ("ketamine", "ketmaine", 1),
        ("abcd", "badc", 2),
    ],
)
def test_the_distance_is_optimal_string_alignment(a, b, distance):
    assert edit_distance(a, b) == edit_distance(b, a) == distance


@given(st.text(alphabet="abc", max_size=8), st.text(alphabet="abc", max_size=8))
def test_the_distance_is_symmetric_bounded_and_zero_for_equals(a, b):
    distance = edit_distance(a, b)
    assert distance == edit_distance(b, a)
    assert abs(len(a) - len(b)) <= distance <= max(len(a), len(b))
    assert (distance == 0) == (a == b)


@given(st.text(max_size=30))
def test_any_text_gets_a_score_from_the_author(text):
    assert grade(question(TXT), text).score in (0, 0.5, 1)
