"""A report's pictures are well-formed and say what they show; its PDF can be read, searched and navigated."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from course.interop import report_pdf
from course.interop.picture import INK, Picture, Span, columns, evenly, plane, progress, spans
from course.interop.report import Report, ReportPart
from course.ui.tokens import LIGHT
from course.web.lead_downloads import FONTS

SHARES = ((0.0, "0%"), (1.0, "100%"))
NAMES = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=120)
counts = st.none() | st.integers(0, 10**6)
shares = st.floats(0, 1)


def drawn(picture: Picture) -> ElementTree.Element:
    found = ElementTree.fromstring(picture.svg)
    assert found.get("aria-label") == f"{picture.title}. {picture.alt}"
    width, height = (float(size) for size in (found.get("viewBox") or "").split()[2:])
    for mark in found.iter():
        for at, most in (("x", width), ("cx", width), ("x2", width), ("y", height), ("cy", height), ("y2", height)):
            assert -0.1 <= float(mark.get(at, "0")) <= most + 0.1
    return found


@given(bars=st.lists(st.tuples(NAMES, counts), min_size=1, max_size=40))
def test_columns_of_anything(bars: list[tuple[str, int | None]]) -> None:
    found = drawn(columns("Title", "Words.", bars, frozenset({0})))
    assert len(found.findall(".//{*}rect")) == sum(bool(count) for _, count in bars)


@given(rows=st.lists(st.tuples(NAMES, shares, shares, shares), max_size=40))
def test_rows_of_values_are_cut_into_pictures_that_fit_a_page(rows: list[tuple[str, float, float, float]]) -> None:
    made = [Span(name, value, low, high, f"{value:.0%}") for name, value, low, high in rows]
    pictures = spans("Title", made, SHARES, 0.0)
    assert sum(len(drawn(picture).findall(".//{*}circle")) for picture in pictures) == len(rows)
    assert all(picture.height < 900 for picture in pictures)


@given(rows=st.lists(st.tuples(NAMES, counts, counts, NAMES), min_size=1, max_size=8))
def test_progress_of_anything(rows: list[tuple[str, int | None, int | None, str]]) -> None:
    whole = max([n for _, begun, done, _ in rows for n in (begun or 0, done or 0)])
    drawn(progress("Title", "Words.", rows, whole))


@given(points=st.lists(st.tuples(shares, st.floats(-1, 1), st.booleans()), max_size=20))
def test_a_plane_of_anything(points: list[tuple[float, float, bool]]) -> None:
    found = drawn(plane("Title", "Words.", points, "across", "up"))
    assert len(found.findall(".//{*}polygon")) == sum(special for _, _, special in points)


@given(low=st.floats(-1, 0), high=st.floats(0, 1))
def test_ticks_enclose_everything(low: float, high: float) -> None:
    ticks = list(evenly(low, high, 0.2))
    assert ticks[0] <= low
    assert ticks[-1] >= high


def test_pictures_have_the_colours_of_the_pages() -> None:
    assert {name: getattr(LIGHT, name) for name in INK} == INK


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    rows = tuple((f"Question {n}", f"{n}%") for n in range(60))
    parts = (
        ReportPart("Łódź ≥ 5", ("A sentence with – and − in it.",), (columns("Title of it", "One: 3.", [("one", 3)]),), ("Name", "Share"), rows, (3, 1)),
        ReportPart("Nothing", (), (), ("A",), (), (1,), "This needs five people."),
    )  # fmt: skip
    made = Report(
        "Health course", "Group 东", ("First attempts.",), "Made today.", parts, ("Alpha: a sum.",), "No clinician has signed it."
    )
    return PdfReader(io.BytesIO(report_pdf.write(made, FONTS, "en")))


def test_the_text_of_the_pdf_can_be_read(pdf: PdfReader) -> None:
    text = "\n".join(one.extract_text() for one in pdf.pages)
    for said in (
        "Group ?", "First attempts.", "Made today.", "at least", "A sentence with – and − in it.", "Question 59", "This needs five people.",
        "Alpha: a sum.", "No clinician has signed it.",
    ):  # fmt: skip
        assert said in text, said
    assert [f"Page {n} of {len(pdf.pages)}" in one.extract_text() for n, one in enumerate(pdf.pages, start=1)] == [True] * len(pdf.pages)
    assert "Name" in pdf.pages[1].extract_text(), "headings stand on each page of a table"


def test_the_pdf_says_what_it_is_and_has_an_outline(pdf: PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Health course: Group ?"
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    titles = [one.title for one in pdf.outline[1]]
    assert titles == ["Łódź at least  5", "Nothing", "How the numbers are computed"]


def test_pictures_of_the_pdf_are_vectors_with_words(pdf: PdfReader) -> None:
    assert not any(one.images for one in pdf.pages)
    root = pdf.trailer["/Root"]["/StructTreeRoot"].get_object()
    said = [alt for one in root["/K"][0].get_object()["/K"] if (alt := one.get_object().get("/Alt"))]
    assert said == ["Title of it. One: 3."]
