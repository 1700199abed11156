"""The course that is shipped: it loads whole, breaks no rule, and its catalogue leads everywhere."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import pytest

from course.content.loader import Loaded, load
from course.content.markdown import Lookup, plain, render, roles
from course.content.model import Catalogue
from course.content.review import review
from course.content.search import search
from course.diagnostics import Severity
from course.learning.outline import CellKind
from course.learning.policy import Kind
from course.settings import ROOT


@lru_cache(maxsize=1)
def loaded() -> Loaded:
    return load(ROOT)


@pytest.fixture
def catalogue() -> Catalogue:
    found = loaded().catalogue
    assert found is not None
    return found


def test_it_loads_without_a_finding() -> None:
    assert [str(finding.place) + " " + finding.message for finding in loaded().findings] == []


def test_it_breaks_no_rule() -> None:
    reviewed = [module.reviewed_on for module in loaded().authored.modules if module.reviewed_on]
    findings = review(loaded(), today=max(reviewed) + timedelta(days=1), release=True)
    assert [str(f.place) + " " + f.message for f in findings if f.severity is Severity.ERROR] == []


def test_every_graded_question_leads_to_a_cell_that_teaches_it(catalogue: Catalogue) -> None:
    for quiz in catalogue.course.quizzes.values():
        for entry in quiz.entries if quiz.policy.kind is not Kind.SURVEY else ():
            module_id, cell_id = catalogue.taught_in[entry.question.id]
            module = catalogue.module(module_id)
            assert module is not None
            cell = module.cell(cell_id)
            assert cell is not None
            assert not cell.clinician
            assert catalogue.objectives[entry.question.objective or ""].module == module_id


def test_every_module_ends_in_a_checkpoint_that_exists(catalogue: Catalogue) -> None:
    for module in catalogue.outline.modules:
        assert module.checkpoint in catalogue.outline.policies
        assert module.cells[-1].kind is CellKind.CHECKPOINT


def test_the_minutes_of_the_cells_are_those_of_the_module(catalogue: Catalogue) -> None:
    for module, outline in zip(catalogue.course.modules, catalogue.outline.modules, strict=True):
        assert sum(cell.minutes for cell in outline.cells) == pytest.approx(module.minutes, abs=0.1)


def test_no_role_is_left_when_a_page_is_shown(catalogue: Catalogue) -> None:
    lookup = Lookup.of(catalogue.course.references, catalogue.course.glossary)
    for module in catalogue.course.modules:
        for cell in module.cells:
            shown = render(cell.body, lookup)
            assert list(roles(shown)) == []
            assert "{" not in plain(shown)


def test_every_source_that_is_cited_says_where(catalogue: Catalogue) -> None:
    for module in catalogue.course.modules:
        for cell in module.cells:
            for key in cell.cites:
                assert any(place.cell == cell.id and place.module == module.id for place in catalogue.cited_by[key])


def test_the_search_finds_the_cell_that_a_title_names(catalogue: Catalogue) -> None:
    for module in catalogue.course.modules:
        for cell in module.cells:
            if cell.kind is CellKind.READ and not cell.clinician:
                found = [(hit.module, hit.cell) for hit in search(catalogue, cell.title, clinician=False)]
                assert (module.id, cell.id) in found, cell.title


def test_the_search_shows_no_clinicians_cell_to_others(catalogue: Catalogue) -> None:
    hidden = {(m.id, c.id) for m in catalogue.course.modules for c in m.cells if c.clinician}
    for query in ("bioavailability", "percent", "label", "dose"):
        assert not hidden.intersection((hit.module, hit.cell) for hit in search(catalogue, query, clinician=False))
    assert hidden.intersection((hit.module, hit.cell) for hit in search(catalogue, "bioavailability", clinician=True)) or not hidden
