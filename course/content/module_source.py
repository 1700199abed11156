"""A module as written to a `Module`: ids and titles of its cells, its figures, and everything it points at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.content.formats import MODULE, read_file
from course.content.markdown import plain, roles, slug, word_count
from course.content.markdown_source import ModuleText
from course.content.mentions import Mention, Owner, Target, listed
from course.content.model import Cell, Claim, FigureTable, Module, Objective
from course.content.raw_cells import RawCell
from course.content.simulation_source import asks_a_question, read_placed
from course.diagnostics import Place, Report, did_you_mean
from course.learning.outline import CellKind
from course.questions.spec import Parsed
from course.simulation import simulation
from course.simulation.placing import Placed


@dataclass(frozen=True, slots=True)
class ModuleHead:
    """A module's front matter, read; its cells still as written."""

    id: str
    folder: str
    front: Parsed
    text: ModuleText
    place: Place


def read_head(text: ModuleText, folder: str, report: Report, mentions: list[Mention]) -> ModuleHead | None:
    """The front matter, or None when it does not say which module this is."""
    front = read_file(MODULE, text.front, report)
    if front is None or front["id"] is None:
        return None
    mentions.extend(Mention(Target.MODULE, s.text, s.place, Owner(front["id"])) for s in listed(text.front, "prerequisites"))
    return ModuleHead(front["id"], folder, front, text, front.at("id"))


def build_module(
    head: ModuleHead,
    number: int,
    figures: Mapping[str, FigureTable | None],
    claims: Mapping[str, Claim],
    report: Report,
    mentions: list[Mention],
) -> Module:
    """The module with its place in the course. `figures` are those of its folder, None where one is broken."""
    front = head.front
    ids = _ids(head.text.cells, report)
    cells = []
    for position, (raw, cell_id) in enumerate(zip(head.text.cells, ids, strict=True), 1):
        owner = Owner(head.id, cell_id)
        mentions.extend(_mentions(raw, owner))
        table = _table(raw, figures, report)
        placed = read_placed(raw, report) if raw.directive and raw.directive.kind is CellKind.SIMULATION else None
        mentions.extend(_model_sources(raw, placed, owner))
        cells.append(_cell(raw, cell_id, position, table, placed, claims))
    objectives = tuple(
        Objective(o["id"], o["text"], o["bloom"], head.id, f"{number}.{index}", o.at("id"))
        for index, o in enumerate(front["objectives"], 1)
    )
    return Module(
        id=head.id,
        number=number,
        folder=head.folder,
        title=front["title"],
        summary=front["summary"],
        minutes=front["minutes"],
        objectives=objectives,
        prerequisites=tuple(front["prerequisites"]),
        cells=tuple(cells),
        reviewed_on=front["reviewed_on"],
        review_by=front["review_by"],
        content_notice=front["content_notice"],
        place=head.place,
    )


def _ids(cells: tuple[RawCell, ...], report: Report) -> list[str]:
    """A stable id each: the given one, else one from the heading or title, with -2, -3 where it is taken."""
    given: set[str] = set()
    for cell in cells:
        written = cell.options.get("id")
        if written and written.value in given:
            report.error("duplicate-id", f"`{written.value}` is the id of two cells", written.place)
        if written:
            given.add(written.value)
    taken, used = set(given), set()
    ids = []
    last = "introduction"
    for cell in cells:
        written = cell.options.get("id")
        if written and written.value not in used:
            used.add(written.value)
            ids.append(written.value)
            continue
        wish = _wish(cell, last)
        if cell.directive is None:
            last = wish
        ids.append(_free(wish, taken))
    return ids


def _wish(cell: RawCell, last: str) -> str:
    """The id a cell would like; prose that goes on after a directive takes that of the prose before."""
    if cell.directive is None:
        return slug(plain(cell.title.value)) if cell.title else last
    words = cell.title or cell.argument
    return slug(plain(words.value)) if words else cell.directive.name


def _free(wish: str, taken: set[str]) -> str:
    count, found = 1, wish
    while found in taken:
        count += 1
        found = f"{wish[:74]}-{count}"
    taken.add(found)
    return found


def _cell(raw: RawCell, cell_id: str, number: int, table: FigureTable | None, placed: Placed | None, claims: Mapping[str, Claim]) -> Cell:
    kind = raw.directive.kind if raw.directive else CellKind.READ
    options = {name: written.value for name, written in raw.options.items()}
    argument = raw.argument.value if raw.argument else ""
    asks = raw.directive is not None and raw.directive.argument.required
    title = plain((raw.title.value if raw.title else "") if asks or not argument else argument)
    if not title and table is not None:
        title = table.title
    body, caption = raw.text.strip(), options.get("caption", "")
    words = plain(body)
    claim = claims.get(options.get("claim", ""))
    cell = Cell(
        id=cell_id,
        kind=kind,
        number=number,
        title=title,
        body=body,
        place=raw.place,
        clinician=options.get("audience") == "clinician",
        optional="optional" in options,
        question=_question(kind, argument, options),
        quiz=argument if kind is CellKind.CHECKPOINT and argument else None,
        claim=options.get("claim"),
        figure=table,
        simulation=placed,
        caption=caption,
        options={k: v for k, v in options.items() if k not in ("id", "audience", "optional", "table", "caption", "claim")},
        cites=_cites(body, caption, table, placed, claim),
        terms=tuple(dict.fromkeys(role.argument for text in (body, caption) for role in roles(text) if role.name == "term")),
        words=word_count(words),
        version="",
    )
    return _with_version(cell, argument)


def _question(kind: CellKind, argument: str, options: Mapping[str, str]) -> str | None:
    if kind in (CellKind.QUESTION, CellKind.CASE):
        return argument or None
    _, slash, asked = options.get("predict", "").rpartition("/")
    return asked or None if kind is CellKind.SIMULATION and slash else None


def _cites(body: str, caption: str, table: FigureTable | None, placed: Placed | None, claim: Claim | None) -> tuple[str, ...]:
    """What the cell rests on: its own citations, then those of its figure, its simulation and its claim, each once."""
    keys = [key for text in (body, caption) for role in roles(text) if role.name == "cite" for key in role.keys]
    return tuple(dict.fromkeys([*keys, *(table.cites if table else ()), *_sources(placed), *(claim.cites if claim else ())]))


def _with_version(cell: Cell, argument: str) -> Cell:
    """The same cell with a hash over all that a reader sees of it."""
    seen: dict[str, Any] = {
        "kind": cell.kind,
        "title": cell.title,
        "body": cell.body,
        "caption": cell.caption,
        "argument": argument,
        "options": dict(cell.options),
    }
    if cell.figure is not None:
        seen["rows"] = [dict(row) for row in cell.figure.rows]
    text = json.dumps(seen, sort_keys=True, ensure_ascii=True)
    return replace(cell, version=hashlib.sha256(text.encode()).hexdigest()[:16])


def _table(raw: RawCell, figures: Mapping[str, FigureTable | None], report: Report) -> FigureTable | None:
    written = raw.options.get("table")
    if written is None or raw.directive is None or raw.directive.kind is not CellKind.FIGURE:
        return None
    if written.value not in figures:
        hint = did_you_mean(written.value, figures)
        report.error("unknown-table", f"there is no figures/{written.value}.yaml in this module's folder", written.place, hint)
    return figures.get(written.value)


def _mentions(raw: RawCell, owner: Owner) -> Iterator[Mention]:
    """Everything that a cell points at."""
    texts = [(raw.text, None), (raw.options["caption"].value, raw.options["caption"].place) if "caption" in raw.options else ("", None)]
    for text, whole in texts:
        for role in roles(text):
            place = whole or raw.at(role.start)
            if role.name == "cite":
                yield from (Mention(Target.REFERENCE, key, place, owner) for key in role.keys)
            elif role.name == "term":
                yield Mention(Target.TERM, role.argument, place, owner)
    if "claim" in raw.options:
        yield Mention(Target.CLAIM, raw.options["claim"].value, raw.options["claim"].place, owner)
    if asks_a_question(raw.options.get("predict")):
        yield Mention(Target.QUESTION, raw.options["predict"].value, raw.options["predict"].place, owner)
    if raw.directive and raw.argument:
        target = {CellKind.QUESTION: Target.QUESTION, CellKind.CASE: Target.QUESTION, CellKind.CHECKPOINT: Target.QUIZ}
        if raw.directive.kind in target:
            yield Mention(target[raw.directive.kind], raw.argument.value, raw.argument.place, owner)


def _model_sources(raw: RawCell, placed: Placed | None, owner: Owner) -> Iterator[Mention]:
    """The sources of a simulation must be known to the course that shows it."""
    for key in _sources(placed):
        yield Mention(Target.REFERENCE, key, raw.argument.place if raw.argument else raw.place, owner)


def _sources(placed: Placed | None) -> tuple[str, ...]:
    return simulation(placed.name).sources if placed else ()
