"""docs/authoring.md, made from what the code reads: the specs, the types, the directives."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from course.content import silence
from course.content.directives import COMMON, DIRECTIVES, Directive
from course.content.formats import CLAIM, COUNTRY, COURSE, COURSE_FILE, FIGURE, MISCONCEPTION, MODULE, OBJECTIVE, REFERENCE, SERVICE, TERM
from course.content.quiz_format import DRAW, QUIZ, REVEAL, UNLOCK, USE
from course.questions import TYPES, QuestionType
from course.questions.authored import FEEDBACK, HINT, TEST, grading_fields, teaching_fields
from course.questions.record_specs import Either, Field, ListOf, MapOf, Record
from course.questions.scalar_specs import Slug
from course.questions.spec import Spec

_HEAD: Final = """# Writing modules and quizzes

<!-- Made by `make schema` from the code that reads these files; do not edit. -->

Content is text in git. `python -m course check` reads all of it and says what is wrong, where, and what to do; `make run`
shows it, and `COURSE_AUTHOR=true make run` what is to be mended beside each cell. A saved file shows on the next click; while a
file does not load, the content stays as it was. The page *Preview* then shows every cell, question and quiz in every state, with
its file and line. Nothing that is written can break the course: a faulty part is left out and reported.

- YAML is read as plain data. Anchors, aliases, tags and merge keys are refused; unknown and duplicate keys are errors.
- Texts are taken as written: `no`, `1e3` and `2024-01-01` need no quotes. Numbers must not be quoted.
- A text without quotes holds no `: ` and ends at ` #`, inside braces at a comma too. One that begins with a quote, bracket, brace or
  one of `* & ! % @` stands in quotes; LaTeX in single ones, since in double quotes a backslash begins an escape.
- Ids are lower-case letters, digits and hyphens. They are never reused: answers and statistics are kept by them.
- Texts are Markdown with LaTeX, never HTML.
- Durations are written `90 s`, `20 min`, `24 h` or `2 d`.
- Files are UTF-8, at most 1 MiB, nested at most 50 levels deep.
- In the tables below a key with * must be there; "id" is an id as above, "Markdown" a text.
"""
_QUIZ: Final = """
## Quizzes

One file a quiz, `quizzes/<id>.yaml`. Editors that know JSON Schema complete and check it against `quizzes/quiz.schema.json`:
put `# yaml-language-server: $schema=quiz.schema.json` into the first line.
"""
_MODULE: Final = """
## Modules

A module is `modules/<NN-slug>/module.md`: front matter between two lines of `---`, then CommonMark. A second-level heading
(`##`) starts a prose cell; its id is made from its words. A fence whose name stands in braces is a directive, one cell:

````markdown
```{note} Title
:id: note-first-pass
Body, with a source {cite}`zhang2021` and a word of the glossary {term}`first-pass metabolism`.
```
````

A heading with nothing under it gives its title to the directive that follows. Two roles stand in prose: {cite}`key` or
{cite}`a,b` for sources, {term}`word` for the glossary (the term or one of its `also`, whatever the case).
"""
_GRADING: Final = """
Common to all types are the keys below; `objective`, `stem`, `explanation` and `cites` must be there unless the type says
otherwise.
"""


def authoring_page() -> str:
    """docs/authoring.md as it must be."""
    return "\n".join([*_lines()]).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    yield from _quizzes()
    yield from _question_types()
    yield from _modules()
    yield from _course_files()
    yield from _rules()


def _quizzes() -> Iterator[str]:
    yield _QUIZ.strip() + "\n"
    yield from _table(QUIZ, "### The quiz block")
    yield from _table(DRAW, "### A pool under `draw`", "Exactly one of `objectives`, `tags` and `ids`.")
    yield from _table(REVEAL, "### What is shown when: `reveal`", "What is left out follows from the kind of quiz.")
    yield from _table(UNLOCK, "### A condition under `unlock`", "One of `passed`, `completed` and `handed_in`.")
    yield from _table(USE, "### A question from another quiz", "It keeps its id and its statistics.")


def _question_types() -> Iterator[str]:
    common = {**grading_fields(TYPES[0]), **teaching_fields(TYPES[0])}
    own = set(TYPES[0].fields)
    yield "## Questions\n"
    yield _GRADING.strip() + "\n"
    yield from _fields({key: field for key, field in common.items() if key not in own})
    yield from _table(FEEDBACK, "### `feedback` of a question")
    yield from _table(HINT, "### A hint")
    yield from _table(TEST, "### A test")
    seen = {_signature(record) for record in (FEEDBACK, HINT, TEST)}
    for kind in TYPES:
        yield from _question_type(kind, seen)


def _question_type(kind: QuestionType[Any], seen: set[str]) -> Iterator[str]:
    yield f"### {kind.title}: `{kind.name}`\n"
    yield (inspect.getdoc(kind) or "") + "\n"
    if kind.rules:
        yield "Scoring: " + ", ".join(f"`{rule}`" for rule in kind.rules) + "; the first is the default.\n"
    yield from _fields(kind.fields)
    for record in _records(kind.fields.values(), seen):
        yield from _table(record, f"{record.name[0].upper()}{record.name[1:]}:")
    yield f"```yaml\n{kind.example.strip()}\n```\n"


def _modules() -> Iterator[str]:
    yield _MODULE.strip() + "\n"
    yield from _table(MODULE, "### Front matter")
    yield from _table(OBJECTIVE, "### An objective")
    yield "### Directives\n\nEvery directive takes these options:\n"
    yield from _fields(COMMON, code=":{}:")
    for directive in DIRECTIVES:
        yield from _directive(directive)
    yield from _table(
        FIGURE, "### Figures", "`figures/NAME.csv` holds the numbers, with a header; `figures/NAME.yaml` beside it the words."
    )


def _directive(directive: Directive) -> Iterator[str]:
    yield f"#### `{{{directive.name}}}`\n"
    yield f"{directive.doc} After the name: {directive.argument.value}. Inside: {directive.body.value}.\n"
    if directive.options:
        yield from _fields(directive.options, code=":{}:")


def _course_files() -> Iterator[str]:
    yield "## The course's own files\n\nThey stand in `modules/` and begin with `schema: 1`.\n"
    yield from _table(COURSE_FILE, "### course.yaml")
    yield from _table(COURSE, "### The `course` block")
    yield from _table(
        REFERENCE, "### references.yaml", "Under `references`: key and entry. Nothing is invented; what is unknown is left out."
    )
    yield from _table(CLAIM, "### claims.yaml", "Under `claims`: id and entry.")
    yield from _table(TERM, "### glossary.yaml", "A list under `terms`.")
    yield from _table(MISCONCEPTION, "### misconceptions.yaml", "A list under `misconceptions`.")
    yield from _table(COUNTRY, "### help.yaml", "`checked_on`, `emergency`, and a list under `countries`.")
    yield from _table(SERVICE, "### A service in help.yaml")


def _rules() -> Iterator[str]:
    yield "## Rules\n"
    yield "Beside the format, `python -m course check` applies the rules of [rules.md](rules.md), each with a bad example.\n"
    doc = (inspect.getdoc(silence) or "").partition("\n\n")[2]
    yield f"{doc} A silence without a reason hides nothing; one that hides nothing is a warning.\n"


def _table(record: Record, heading: str, text: str = "") -> Iterator[str]:
    yield heading + "\n"
    if text:
        yield text + "\n"
    yield from _fields(record.fields)


def _fields(fields: Mapping[str, Field], code: str = "{}") -> Iterator[str]:
    if fields:
        rows = (_row(code.format(key), field) for key, field in fields.items())
        yield "\n".join(["| key | value | meaning |", "|---|---|---|", *rows]) + "\n"


def _row(key: str, field: Field) -> str:
    must = " *" if field.required else ""
    return f"| `{key}`{must} | {_cell(_expected(field.spec))} | {_cell(field.doc)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _expected(spec: Spec) -> str:
    """What a value must be, in words; inside lists and alternatives too."""
    if isinstance(spec, ListOf):
        return f"list: {_expected(spec.item)}"
    if isinstance(spec, MapOf):
        return f"mapping to {_expected(spec.value)}"
    if isinstance(spec, Either):
        return " or ".join(_expected(option) for option in spec.options)
    if isinstance(spec, Record):
        return f"{spec.name}: " + ", ".join(f"`{key}`" for key in spec.fields)
    return "id" if isinstance(spec, Slug) else spec.expects


def _records(fields: Iterable[Field], seen: set[str]) -> Iterator[Record]:
    """The records inside these fields, each once in the whole page, outer ones first."""
    for field in fields:
        yield from _records_in(field.spec, seen)


def _records_in(spec: Spec, seen: set[str]) -> Iterator[Record]:
    if isinstance(spec, ListOf):
        yield from _records_in(spec.item, seen)
    elif isinstance(spec, MapOf):
        yield from _records_in(spec.value, seen)
    elif isinstance(spec, Either):
        for option in spec.options:
            yield from _records_in(option, seen)
    elif isinstance(spec, Record) and _signature(spec) not in seen:
        seen.add(_signature(spec))
        yield spec
        yield from _records(spec.fields.values(), seen)


def _signature(record: Record) -> str:
    return f"{record.name}: {', '.join(record.fields)}"
