"""Rule: a question's own tests hold."""

from __future__ import annotations

import json
from collections.abc import Iterable

from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, Severity
from course.questions import AuthoredTest, Graded, State, graded_tests, holds


class OwnTests(Rule):
    """Every response listed under a question's `tests` gets the score, and the state, that is written beside it.

    A failing test means that the key, the scoring rule or the test is not what its author thought. A response that cannot be
    read (an option that does not exist) also scores 0: where that is not what is tested, it is a warning.
    """

    code = "own-test"
    basic = True

    def check(self, context: Context) -> Iterable[Finding]:
        for authored in context.authored.questions:
            for test, graded in graded_tests(authored.question):
                response = json.dumps(test.response, ensure_ascii=False)[:60]
                if not holds(test, graded):
                    yield self.finding(f"the response `{response}` gets {_got(graded)}; this test expects {_expected(test)}", test.place)
                elif graded.state is State.INVALID and test.state is None:
                    told, hint = f"the response `{response}` is no answer to this question", "mend it, or add `state: invalid`"
                    yield Finding(self.code, Severity.WARNING, test.place, told, hint)


def _got(graded: Graded) -> str:
    return f"{graded.state}" if graded.score is None else f"{graded.score:.4g} ({graded.state})"


def _expected(test: AuthoredTest) -> str:
    return " ".join(str(e) for e in (test.score, test.state and f"({test.state})") if e is not None)
