"""From a source to what leans on it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from course.content.leaning import shows_claim
from course.content.loader import load
from course.content.model import Catalogue, Leaning, Spot
from course.settings import ROOT
from tests.content.bad_examples import GOOD


@pytest.fixture(scope="module")
def small() -> Catalogue:
    catalogue = load(GOOD).catalogue
    assert catalogue is not None
    return catalogue


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    catalogue = load(ROOT).catalogue
    assert catalogue is not None
    return catalogue


def address(spot: Spot) -> str:
    return f"{spot.page}?{urlencode(spot.query)}"


def test_a_source_leads_to_every_kind_of_place(small: Catalogue) -> None:
    leaning = small.leaning["zhang2021"]
    assert [address(spot) for spot in leaning.cells] == [
        "module?m=block&cell=a-plug-in-a-door",
        "module?m=block&cell=ev-pore",
        "module?m=block&cell=note-dose",
    ]
    assert "module?m=block&cell=check-where" in [address(spot) for spot in leaning.questions]
    assert "quiz?q=block" in [address(spot) for spot in leaning.questions]
    assert [claim.id for claim in leaning.claims] == ["pore-block"]
    assert [address(spot) for spot in leaning.terms] == ["glossary?term=open-channel-block"]
    assert [address(spot) for spot in small.leaning["survey2025"].figures] == ["module?m=block&cell=fig-half"]


def test_lay_readers_are_not_led_to_what_they_may_not_see(small: Catalogue) -> None:
    shown = small.leaning["zhang2021"].shown(clinician=False)
    assert "note-dose" not in str(shown)
    assert shown.cells
    assert not Leaning()


def test_a_question_is_named_by_its_place_and_objective_never_by_its_words(small: Catalogue) -> None:
    for spot in small.leaning["zhang2021"].questions:
        assert "plug" not in spot.label
        assert spot.about == "Explain open-channel block"


def test_a_claim_leads_to_where_it_is_shown(small: Catalogue) -> None:
    assert [spot.query[1][1] for spot in shows_claim(small.course, "pore-block")] == ["ev-pore", "fig-half"]


def test_no_place_of_the_shipped_course_that_cites_is_left_out(shipped: Catalogue) -> None:
    for key, places in shipped.cited_by.items():
        leaning = shipped.leaning[key]
        listed = {address(spot) for spot in (*leaning.cells, *leaning.figures)}
        for place in places:
            if place.cell:
                assert f"module?{urlencode({'m': place.module, 'cell': place.cell})}" in listed
        assert len(leaning.questions) == sum(1 for place in places if place.question)


def test_claims_with_amounts_or_routes_are_for_clinicians(shipped: Catalogue) -> None:
    claims = shipped.course.claims
    assert claims["use-019"].clinician
    assert not claims["pharm-001"].clinician
    for leaning in shipped.leaning.values():
        assert not any("mg" in claim.statement for claim in leaning.shown(clinician=False).claims)
