"""Rule: a question's own tests hold."""

from __future__ import annotations

import json
from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding
from course.questions import failing_tests


class OwnTests(Rule):
    """Every response listed under a question's `tests` gets the score, and the state, that is written beside it.

    A failing test means that the key, the scoring rule or the test is not what its author thought.
    """

    code = "own-test"

    def check(self, context: Context) -> Iterable[Finding]:
        for authored in context.authored.questions:
            for test, graded in failing_tests(authored.question):
                got = f"{graded.state}" if graded.score is None else f"{graded.score:.4g} ({graded.state})"
                expected = " ".join(str(e) for e in (test.score, test.state and f"({test.state})") if e is not None)
                response = json.dumps(test.response, ensure_ascii=False)
                yield self.finding(f"the response `{response[:60]}` gets {got}; this test expects {expected}", test.place)
