import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.diagnostics import Place, Report
from course.questions.scoring_rules import Rule, choice_score, parts_score, rule_in_force

KEYS = frozenset("abc")
OPTIONS = dict.fromkeys("abcde", 0.0)
ALL, EACH, NET, COVERAGE = Rule.ALL_OR_NOTHING, Rule.EACH, Rule.NET_CORRECT, Rule.COVERAGE


@pytest.mark.parametrize(
    ("chosen", "scores"),
    [
        ("ab", {ALL: 0, EACH: 4 / 5, NET: 2 / 3, COVERAGE: 2 / 3}),
        ("abd", {ALL: 0, EACH: 3 / 5, NET: 1 / 3, COVERAGE: 4 / 9}),
        ("abcd", {ALL: 0, EACH: 4 / 5, NET: 2 / 3, COVERAGE: 3 / 4}),
        ("de", {ALL: 0, EACH: 0, NET: 0, COVERAGE: 0}),
        ("abcde", {ALL: 0, EACH: 3 / 5, NET: 1 / 3, COVERAGE: 3 / 5}),
        ("abc", {ALL: 1, EACH: 1, NET: 1, COVERAGE: 1}),
        ("", {ALL: 0, EACH: 2 / 5, NET: 0, COVERAGE: 0}),
    ],
)
def test_a_choice_scores_as_the_format_works_it_out(chosen, scores):
    assert {rule: choice_score(rule, frozenset(chosen), KEYS, OPTIONS) for rule in scores} == pytest.approx(scores)


@pytest.mark.parametrize(
    ("right", "wrong", "scores"),
    [
        (3, 1, {ALL: 0, EACH: 0.75, NET: 0.5, COVERAGE: 0.5625}),
        (2, 0, {ALL: 0, EACH: 0.5, NET: 0.5, COVERAGE: 0.5}),
        (1, 3, {ALL: 0, EACH: 0.25, NET: 0, COVERAGE: 0.0625}),
        (4, 0, {ALL: 1, EACH: 1, NET: 1, COVERAGE: 1}),
        (0, 0, {ALL: 0, EACH: 0, NET: 0, COVERAGE: 0}),
    ],
)
def test_four_items_score_as_the_format_works_it_out(right, wrong, scores):
    assert {rule: parts_score(rule, right, wrong, 4) for rule in scores} == pytest.approx(scores)


def test_per_option_sums_the_chosen_fractions_and_clips_them():
    fractions = {"a": 0.5, "b": 0.5, "c": -0.75, "d": -0.75, "e": 0.5}
    score = {
        chosen: choice_score(Rule.PER_OPTION, frozenset(chosen), frozenset("ab"), fractions) for chosen in ("ab", "ac", "cd", "abe", "")
    }
    assert score == {"ab": 1, "ac": -0.25, "cd": -1, "abe": 1, "": 0}


def test_per_option_has_no_meaning_for_items():
    with pytest.raises(ValueError, match="options, not items"):
        parts_score(Rule.PER_OPTION, 1, 0, 2)


@given(st.sets(st.sampled_from("abcde")), st.sets(st.sampled_from("abcde"), min_size=1), st.sampled_from([ALL, EACH, NET, COVERAGE]))
def test_a_choice_scores_1_for_the_keys_alone_and_never_leaves_0_to_1(chosen, keys, rule):
    score = choice_score(rule, frozenset(chosen), frozenset(keys), OPTIONS)
    assert 0 <= score <= 1
    assert (score == 1) == (chosen == keys)


def test_the_first_rule_of_a_type_is_its_default():
    report = Report()
    assert rule_in_force("ordering", (EACH, ALL), None, Place("q"), report) == "each"
    assert rule_in_force("numeric", (), None, Place("q"), report) is None
    assert report.ok


@pytest.mark.parametrize(
    ("authored", "rules", "code", "hint"),
    [
        ("net_corect", (NET, ALL), "unknown-scoring", "did you mean `net_correct`?"),
        ("per_option", (EACH, ALL), "refused-scoring", "ordering takes `each`, `all_or_nothing`"),
        ("each", (), "refused-scoring", "ordering is scored by its own rule; leave `scoring` out"),
    ],
)
def test_it_refuses_a_rule_that_does_not_exist_or_does_not_fit(authored, rules, code, hint):
    report = Report()
    rule_in_force("ordering", rules, authored, Place("q", 3), report)
    assert [(f.code, f.hint, f.place.line) for f in report] == [(code, hint, 3)]
