"""Rule: whatever is named by its id exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from course.content.authored import Authored
from course.content.mentions import Mention, Target
from course.content.rules.base import Context, Rule
from course.diagnostics import Finding, did_you_mean

_MANY: Final = 500


class Unresolved(Rule):
    """A citation, claim, glossary term, objective, misconception, module, quiz, question or cell that is named somewhere exists.

    Citations resolve against `references.yaml`, claims against `claims.yaml`, {term} against the words of `glossary.yaml`
    (whatever the case), objectives against the modules' front matter. Where the file that would define it cannot be read,
    nothing is reported: that file's own fault comes first.
    """

    code = "unresolved"
    basic = True

    def check(self, context: Context) -> Iterable[Finding]:
        authored = context.authored
        known = _known(authored)
        missing = set(authored.head.order if authored.head else ()) - set(known[Target.MODULE])
        hints: dict[tuple[Target, str], str] = {}
        for mention in authored.mentions:
            if mention.target in authored.blind or _follows(mention, missing) or _exists(mention, known[mention.target], authored):
                continue
            asked = (mention.target, mention.id)
            if asked not in hints:
                hints[asked] = _hint(mention.id, known[mention.target])
            hint = hints[asked]
            yield self.finding(f"there is no {mention.target} `{mention.id}`", mention.place, hint)


def _follows(mention: Mention, missing: Collection[str]) -> bool:
    """Whether it leads into a module that course.yaml names and that does not exist, which is told there."""
    if mention.place.path == "modules/course.yaml" or not missing:
        return False
    return mention.target in (Target.MODULE, Target.CELL) and mention.id.partition("#")[0] in missing


def _hint(name: str, known: Collection[str]) -> str:
    """The nearest known id; among very many only those that begin alike are compared."""
    hint = did_you_mean(name, known if len(known) <= _MANY else [k for k in known if k[:3] == name[:3]][:_MANY])
    return hint if hint.startswith("did") else ""


def _known(authored: Authored) -> dict[Target, Collection[str]]:
    return {
        Target.REFERENCE: authored.references,
        Target.CLAIM: authored.claims,
        Target.TERM: authored.lookup.terms,
        Target.OBJECTIVE: authored.objectives,
        Target.MISCONCEPTION: authored.misconceptions,
        Target.MODULE: {module.id for module in authored.modules},
        Target.QUIZ: {quiz.id for quiz in authored.quizzes},
        Target.QUESTION: set(authored.defined),
        Target.CELL: {f"{module.id}#{cell.id}" for module in authored.modules for cell in module.cells},
    }


def _exists(mention: Mention, known: Collection[str], authored: Authored) -> bool:
    if mention.target is Target.TERM:
        return authored.lookup.term(mention.id) is not None
    if mention.target is Target.QUIZ and mention.id in authored.draws:
        return True
    if mention.target is Target.QUESTION:
        quiz_id, _, question = mention.id.rpartition("/")
        if question in authored.broken:
            return True
        if quiz_id:
            return any(quiz.id == quiz_id and quiz.question(question) for quiz in authored.quizzes)
    return mention.id in known
