"""Loads a content root: reads every file, tolerates every fault, and makes the catalogue that a process serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from course.content.authored import Authored
from course.content.catalogue import make_catalogue
from course.content.course_source import CourseHead, read_course
from course.content.evidence_source import read_claims, read_references
from course.content.figure_source import read_figure
from course.content.files import Files
from course.content.glossary_source import read_glossary, read_misconceptions
from course.content.help_source import read_help
from course.content.markdown_source import read_module_text
from course.content.mentions import Mention, Target
from course.content.model import Catalogue, Claim, Course, FigureTable, Module, Quiz, QuizEntry
from course.content.module_source import ModuleHead, build_module, read_head
from course.content.quiz_source import AuthoredQuestion, QuizDraft, Use, read_quiz
from course.diagnostics import Finding, Place, Report, did_you_mean
from course.questions.nodes import Node

_LAST: Final = 10**9
_DEFINES: Final = {
    "modules/references.yaml": Target.REFERENCE,
    "modules/claims.yaml": Target.CLAIM,
    "modules/glossary.yaml": Target.TERM,
    "modules/misconceptions.yaml": Target.MISCONCEPTION,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read. `course` and `catalogue` are None when course.yaml or every module is unusable.

    `findings` are faults of format, sorted by place, each with its source line; the authoring rules (`content.rules`) look
    through `authored` for more.
    """

    course: Course | None
    catalogue: Catalogue | None
    findings: tuple[Finding, ...]
    authored: Authored


def load(root: Path, extra: Sequence[Path] = (), *, serve: bool = True) -> Loaded:
    """Read the content below `root`; `extra` are quiz files that stand elsewhere below it. Never raises on content.

    With `serve` False the catalogue is left out: checking does not need it.

    A broken part is a finding and the rest is loaded: a quiz without its broken question, a course without its broken module.
    """
    report = Report()
    files = Files(root, report)
    mentions: list[Mention] = []
    head = _course_head(files, mentions)
    references = read_references(_optional(files, "references.yaml"), report, mentions)
    claims = read_claims(_optional(files, "claims.yaml"), report, mentions)
    glossary = read_glossary(_optional(files, "glossary.yaml"), report, mentions)
    misconceptions = read_misconceptions(_optional(files, "misconceptions.yaml"), report, mentions)
    help_panel = read_help(_optional(files, "help.yaml"), report)
    modules = _modules(files, head, claims, mentions)
    drafts = _drafts(files, extra, mentions)
    for path in files.misnamed():
        report.error("file-name", "a content file ends in `.yaml`; this one is not read", Place(files.name(path)))
    authored = Authored(
        root=root,
        head=head,
        modules=tuple(modules),
        quizzes=tuple(_quizzes(drafts, report)),
        questions=tuple(entry for draft in drafts for entry in draft.entries if isinstance(entry, AuthoredQuestion)),
        references=references,
        claims=claims,
        glossary=glossary,
        misconceptions=misconceptions,
        help=help_panel,
        mentions=tuple(mentions),
        sources=files.sources,
        draws={draft.id: draft.draws for draft in drafts},
        listed={draft.path: draft.listed for draft in drafts},
        uses=tuple((draft.id, entry) for draft in drafts for entry in draft.entries if isinstance(entry, Use)),
        blind=_blind(files, modules, drafts),
        broken=frozenset(name for draft in drafts for name in draft.broken),
    )
    findings = tuple(in_order(report, authored))
    course = _course(authored)
    catalogue = make_catalogue(course, authored, findings) if serve and course is not None else None
    return Loaded(course, catalogue, findings, authored)


def in_order(findings: Iterable[Finding], authored: Authored) -> list[Finding]:
    """Findings by file and line, each once, with the source line that they are about."""
    unique = dict.fromkeys(findings)
    ordered = sorted(unique, key=lambda f: (f.place.path, f.place.line or 0, f.place.column or 0, f.code))
    return [f if f.source else f.with_source(_source_line(f.place, authored)) for f in ordered]


def _source_line(place: Place, authored: Authored) -> str:
    source = authored.sources.get(place.path)
    if source is None or place.line is None or place.line > len(source.lines):
        return ""
    return source.lines[place.line - 1]


def _blind(files: Files, modules: Sequence[Module], drafts: Sequence[QuizDraft]) -> frozenset[Target]:
    """What may be defined where something could not be read, or under another name."""
    unread = {target for name, target in _DEFINES.items() if name in files.failed}
    heads = {f"{module.folder}/module.md": module.cells[0].place.line if module.cells else None for module in modules}
    if any(f.place.path in heads and (f.place.line or 0) < (heads[f.place.path] or _LAST) for f in files.report.errors):
        unread.add(Target.OBJECTIVE)
    if any(draft.listed == 0 for draft in drafts):
        unread.add(Target.QUESTION)
    if any(PurePosixPath(draft.path).stem != draft.id for draft in drafts):
        unread |= {Target.QUIZ, Target.QUESTION}
    if len(modules) < len(files.modules()):
        unread |= {Target.OBJECTIVE, Target.CELL, Target.MODULE}
    if len(drafts) < len(files.quizzes()):
        unread |= {Target.QUESTION, Target.QUIZ}
    return frozenset(unread)


def _optional(files: Files, name: str) -> Node | None:
    """A file of the `modules` folder; a course may do without it."""
    path = files.root / "modules" / name
    return files.yaml(path) if path.is_file() else None


def _course_head(files: Files, mentions: list[Mention]) -> CourseHead | None:
    path = files.root / "modules" / "course.yaml"
    if not path.is_file():
        if (files.root / "modules").is_dir():
            files.report.error("missing-file", "there is no course.yaml", Place("modules/course.yaml"), "it says which modules there are")
        return None
    return read_course(files.yaml(path), files.report, mentions)


def _modules(files: Files, head: CourseHead | None, claims: Mapping[str, Claim], mentions: list[Mention]) -> list[Module]:
    """The modules in the course's order; those that it leaves out stand at the end."""
    heads: dict[str, ModuleHead] = {}
    for path in files.modules():
        found = _module_head(files, path, mentions)
        if found is not None and found.id in heads:
            files.report.error("duplicate-id", f"`{found.id}` is also the module in `{heads[found.id].folder}`", found.place)
        elif found is not None:
            heads[found.id] = found
    order = [module for module in head.order if module in heads] if head else []
    rest = [module for module in heads if module not in order]
    for module in rest if head and len(order) == len(head.order) else ():
        told = f"course.yaml does not list `{module}`, so nobody sees it"
        files.report.warning("unlisted-module", told, heads[module].place, "add it to `modules`")
    return [_module(files, heads[module], number, claims, mentions) for number, module in enumerate([*order, *rest], 1)]


def _module_head(files: Files, path: Path, mentions: list[Mention]) -> ModuleHead | None:
    data = files.data(path)
    text = read_module_text(data, files.name(path), files.report) if data is not None else None
    if text is None:
        return None
    files.sources[text.source.path] = text.source
    return read_head(text, files.name(path.parent), files.report, mentions)


def _module(files: Files, head: ModuleHead, number: int, claims: Mapping[str, Claim], mentions: list[Mention]) -> Module:
    figures: dict[str, FigureTable | None] = {}
    for path in files.figures(files.root / head.folder):
        table = files.text(path.with_suffix(".csv"))
        figures[path.stem] = read_figure(path.stem, files.yaml(path), table, files.report, mentions)
    return build_module(head, number, figures, claims, files.report, mentions)


def _drafts(files: Files, extra: Sequence[Path], mentions: list[Mention]) -> list[QuizDraft]:
    drafts: dict[str, QuizDraft] = {}
    for path in dict.fromkeys([*files.quizzes(), *extra]):
        draft = read_quiz(files.yaml(path), files.name(path), files.report, mentions)
        if draft is None:
            continue
        if draft.id in drafts:
            files.report.error("duplicate-id", f"`{draft.id}` is also the quiz in `{drafts[draft.id].path}`", draft.place)
            continue
        drafts[draft.id] = draft
    return list(drafts.values())


def _quizzes(drafts: Sequence[QuizDraft], report: Report) -> Iterator[Quiz]:
    """The quizzes with what they use from each other; one whose rules are unreadable is left out."""
    defined = {draft.id: {e.question.id: e for e in draft.entries if isinstance(e, AuthoredQuestion)} for draft in drafts}
    broken = frozenset(name for draft in drafts for name in draft.broken)
    for draft in drafts:
        entries = tuple(entry for written in draft.entries if (entry := _entry(written, defined, broken, report)) is not None)
        if draft.policy is not None:
            yield Quiz(draft.id, draft.title, draft.description, draft.module, draft.policy, entries, draft.path, draft.place)


def _entry(
    written: AuthoredQuestion | Use, defined: Mapping[str, Mapping[str, AuthoredQuestion]], broken: frozenset[str], report: Report
) -> QuizEntry | None:
    if isinstance(written, AuthoredQuestion):
        return QuizEntry(written.question, written.question.points, written.quiz)
    found = defined.get(written.quiz, {}).get(written.question)
    if found is None and written.question in broken:
        return None
    if found is None:
        known = [f"{quiz}/{question}" for quiz, questions in defined.items() for question in questions if question == written.question]
        hint = f"did you mean `{known[0]}`?" if known else did_you_mean(written.question, defined.get(written.quiz, ()))
        report.error("unknown-question", f"no question `{written.quiz}/{written.question}` is defined", written.place, hint)
        return None
    points = found.question.points if written.points is None else float(written.points)
    return QuizEntry(found.question, points, written.quiz)


def _course(authored: Authored) -> Course | None:
    """The course, when course.yaml is readable and at least one of its modules is."""
    head = authored.head
    modules = tuple(module for module in authored.modules if head is not None and module.id in head.order)
    if head is None or not modules:
        return None
    return Course(
        id=head.id,
        title=head.title,
        neutral_title=head.neutral_title,
        summary=head.summary,
        audience=head.audience,
        language=head.language,
        licence=head.licence,
        modules=modules,
        quizzes={quiz.id: quiz for quiz in authored.quizzes},
        references=authored.references,
        claims=authored.claims,
        glossary=authored.glossary,
        misconceptions=authored.misconceptions,
        help=authored.help,
        blueprint=head.blueprint,
    )
