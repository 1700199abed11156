"""An attempt keeps the rules it began under."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.learning.policy import Draw, Kind, QuizPolicy, Reveal, Unlock
from course.learning.snapshot import policy_from_json, policy_to_json
from tests.factories import policy

number = st.floats(allow_nan=False, allow_infinity=False)
policies = st.builds(
    QuizPolicy, wait=number, pass_mark=number, time_limit=st.none() | number, grace=number, tries=st.lists(number, max_size=3).map(tuple)
)


@given(made=policies)
def test_every_policy_comes_back_equal(made: QuizPolicy) -> None:
    assert policy_from_json(json.loads(json.dumps(policy_to_json(made)))) == made


@pytest.mark.parametrize("kind", list(Kind))
def test_the_defaults_of_each_kind_come_back_equal(kind: Kind) -> None:
    made = policy(
        "q", kind, draw=(Draw(2, objectives=("a",)),), unlock=(Unlock(completed="m"), Unlock(handed_in="c", after=60.0)), time_limit=90.0
    )
    assert policy_from_json(json.loads(json.dumps(policy_to_json(made)))) == made
    assert isinstance(policy_from_json(policy_to_json(made)).reveal, Reveal)
