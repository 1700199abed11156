"""The references page: all sources, the page of one, the page of a claim."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from streamlit.testing.v1 import AppTest

from course.content.loader import load
from course.content.model import Catalogue
from course.settings import ROOT


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    catalogue = load(ROOT).catalogue
    assert catalogue is not None
    return catalogue


def drawn(clinician: bool, previews: bool) -> None:
    """The page as a reader sees it; what links elsewhere is noted, as no menu stands around it."""
    from datetime import UTC, datetime
    from types import SimpleNamespace
    from typing import Any

    from course.ui.pages.learner import references
    from tests.ui.test_references import shipped

    visit: Any = SimpleNamespace(
        catalogue=shipped(),
        clinician=clinician,
        previews=previews,
        process=SimpleNamespace(settings=SimpleNamespace(source_of=lambda path, line: "")),
        now=lambda: datetime(2026, 11, 23, tzinfo=UTC),
        link=lambda page, label, **query: None,
    )
    references.draw(visit)


def page(clinician: bool = False, previews: bool = False, **query: str) -> str:
    app = AppTest.from_function(drawn, args=(clinician, previews), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception[0].value
    return "\n".join(html.proto.body for html in app.get("html"))


def test_every_source_leads_to_its_page() -> None:
    text = page()
    assert 'href="references?key=spravato"' in text
    assert re.search(r"What leans on it.*?\d+ cells?", text)


def test_the_page_of_a_source_says_how_it_stands_and_what_leans_on_it() -> None:
    text = page(key="spravato")
    assert 'Superseded by <a href="references?key=spravato2026"' in text
    assert "numeric safety figures come from this revision" in text
    for address in ("module?m=use-contexts&amp;cell=", "quiz?q=use-contexts", "references?claim="):
        assert f'href="{address}' in text, address
    assert 'href="glossary?term=' in page(key="spravato2026")


def test_no_key_and_no_stem_stands_on_it() -> None:
    assert "At least two hours of monitoring afterwards" not in page(key="spravato")


@pytest.mark.parametrize(("clinician", "shown"), [(True, True), (False, False)])
def test_claims_with_amounts_are_shown_to_clinicians_alone(clinician: bool, shown: bool) -> None:
    assert ("56 mg" in page(clinician, key="spravato")) is shown
    assert ("56 mg" in page(clinician, claim="use-019")) is shown
    assert ("8% in healthy volunteers" in page(clinician, claim="pharm-031")) is shown


def test_the_page_of_a_claim_leads_to_its_sources_and_cells() -> None:
    text = page(claim="pharm-027")
    assert 'href="references?key=willreply"' in text
    assert 'href="module?m=pharmacology&amp;cell=ev-opioid"' in text
    assert "Contested, checked, as of 23 November 2026" in text


@pytest.mark.parametrize("query", [{"key": "nobody1999"}, {"claim": "nothing-1"}])
def test_an_unknown_one_shows_all(query: dict[str, str]) -> None:
    assert "here are" in page(**query)


def test_authors_read_where_a_source_is_written_and_which_questions_rest_on_it_and_learners_do_not() -> None:
    shown, hidden = page(previews=True, key="zhang2021"), page(key="zhang2021")
    assert "modules/references.yaml:" in shown
    assert 'href="preview?question=ph-site"' in shown
    assert "references.yaml" not in hidden
    assert "preview?" not in hidden
