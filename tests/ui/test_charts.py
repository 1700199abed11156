"""Charts of evidence tables: every kind an author may write is drawn, says its numbers, and shows gaps as gaps."""

from __future__ import annotations

import re

import pytest

from course.analytics.statistic import found
from course.content.formats import BODY_SITES, CONFIDENCE, FIGURE_KINDS
from course.content.loader import load
from course.content.model import FigureTable
from course.settings import ROOT
from course.ui.charts.body import SITES
from course.ui.charts.evidence import KINDS, beside_line, draw, rows_as_text
from course.ui.charts.figure import html_table
from course.ui.charts.gain import differences
from course.ui.components.prose import Same
from course.ui.tokens import DARK, LIGHT


def shipped() -> list[FigureTable]:
    catalogue = load(ROOT).catalogue
    assert catalogue is not None
    return [cell.figure for module in catalogue.course.modules for cell in module.cells if cell.figure is not None]


def table(kind: str, rows: list[dict[str, float | str | None]], **more: str) -> FigureTable:
    return FigureTable("f", "T", kind, "who", "share", tuple(rows[0]), tuple(rows), "%", "alt", **more)  # type: ignore[arg-type]


def said(drawn: FigureTable) -> str:
    """Every text that the chart shows."""
    figure = draw(Same(drawn), LIGHT)
    loose = [a.text for a in figure.layout.annotations]
    return " | ".join([*loose, *(str(t) for trace in figure.data for t in (trace.text or ()))])


def test_every_kind_of_figure_is_drawn_and_every_site_has_its_place() -> None:
    assert tuple(KINDS) == FIGURE_KINDS
    assert tuple(sorted(SITES)) == tuple(sorted(BODY_SITES))


@pytest.mark.parametrize("found", shipped(), ids=lambda found: found.name)
def test_every_figure_of_the_course_is_drawn_in_both_themes_with_its_table(found: FigureTable) -> None:
    for tokens in (LIGHT, DARK):
        assert draw(Same(found), tokens).to_dict()["layout"]["height"] > 100
    headers, rows = rows_as_text(found)
    assert len(rows) == len(found.rows)
    assert all(len(row) == len(headers) for row in rows)


def test_a_timeline_draws_a_bar_for_a_spell_a_point_for_a_moment_and_nothing_between() -> None:
    rows: list[dict[str, float | str | None]] = [
        {"who": "UK", "share": 2006.0, "until": 2014.0, "what": "class C (from January)"},
        {"who": "UN", "share": 2012.0, "until": None, "what": "advice"},
    ]
    found = table("timeline", rows, high="until", label="what")
    figure = draw(Same(found), LIGHT)
    bars = [s for s in figure.layout.shapes if s.type == "rect"]
    assert [(s.x0, s.x1) for s in bars] == [(2006, 2014)]
    assert [t.x[0] for t in figure.data if t.marker.symbol == "diamond"] == [2012]
    assert {"UK", "UN", "class C", "2006", "2012"} <= set(said(found).split(" | "))
    assert rows_as_text(found)[1] == [["UK", "2006", "2014", "class C (from January)"], ["UN", "2012", "–", "advice"]]


def test_moments_close_together_have_their_years_on_both_sides() -> None:
    years = (2000.0, 2020.0, 2021.0, 2022.0)
    rows: list[dict[str, float | str | None]] = [{"who": "UN", "share": y, "until": None, "what": "advice"} for y in years]
    figure = draw(Same(table("timeline", rows, high="until", label="what")), LIGHT)
    assert [t.textposition.split()[0] for t in figure.data] == ["bottom", "bottom", "top", "bottom"]


def test_a_body_numbers_its_findings_from_the_head_down_and_says_how_sure_each_is() -> None:
    rows: list[dict[str, float | str | None]] = [
        {"who": "Bladder", "share": 26.6, "what": "of users", "sure": "low", "site": "bladder"},
        {"who": "Memory", "share": None, "what": "no share", "sure": "high", "site": "brain"},
    ]
    found = table("body", rows, label="what", certainty="sure", site="site")
    words = [a.text for a in draw(Same(found), LIGHT).layout.annotations]
    assert words[:3] == ["<b>1</b>", "<b>1</b>", words[2]]
    assert "Memory: –" in words[2]
    assert words[2].endswith("high confidence")
    assert "Bladder: 26.6%" in words[5]
    assert words[5].endswith("low confidence")
    discs = [(s.fillcolor, s.line.dash) for s in draw(Same(found), LIGHT).layout.shapes if s.type == "circle"]
    assert discs == [(LIGHT.accent, "solid")] * 2 + [(LIGHT.bg, "dot")] * 2
    assert rows_as_text(found)[0] == ["Who", "Share", "What", "Sure"]


def test_certainties_look_different_without_colour() -> None:
    looks = set()
    for sure in CONFIDENCE:
        row: dict[str, float | str | None] = {"who": "a", "share": 1.0, "what": "b", "sure": sure, "site": "nose"}
        disc = next(
            s
            for s in draw(Same(table("body", [row], label="what", certainty="sure", site="site")), LIGHT).layout.shapes
            if s.type == "circle"
        )
        looks.add((disc.fillcolor == LIGHT.bg, disc.line.dash))
    assert len(looks) == len(CONFIDENCE)


def test_columns_of_words_stand_left_and_of_numbers_right() -> None:
    markup = html_table("T", ["Who", "Share", "What"], [["a", "26.6%", "of people in a survey"]])
    kinds = re.findall(r'<t[dh] role="(?:cell|columnheader)"[^>]*class="(\w)">([^<]*)', markup)
    assert kinds == [("t", "Who"), ("n", "Share"), ("t", "What"), ("n", "26.6%"), ("t", "of people in a survey")]


def test_a_wide_table_stands_below_itself_on_a_phone_with_its_headings() -> None:
    narrow, wide = (html_table("T", [f"Head {n}" for n in range(columns)], [["a"] * columns]) for columns in (3, 4))
    assert ("k-stack" in narrow, "k-stack" in wide) == (False, True)
    assert [f'data-label="Head {n}"' in wide for n in range(4)] == [False, True, True, True]


def test_a_long_row_name_goes_on_in_a_second_line_and_its_row_has_room_for_it() -> None:
    short, long = "3.3 A short one", "1.5 " + "Apply what is known of the acute effects to judge risk to awareness " * 3
    rows = [(name, found(0.1, 30, (0.0, 0.2))) for name in (short, long)]
    figure = differences(rows, "", LIGHT)
    texts = {note.text for note in figure.layout.annotations}
    assert short in texts
    longest = next(text for text in texts if text != short).split("<br>")
    assert len(longest) == 2
    assert longest[1].endswith(" …")
    assert max(map(len, longest)) <= 48
    assert figure.layout.height - differences(rows[:1], "", LIGHT).layout.height > 60


def test_the_value_of_a_point_stands_where_no_line_leaves_it() -> None:
    assert beside_line([1.3, 3.2, None, 3.8, 2.9]) == ["bottom center", "top center", "top center", "top center", "bottom center"]
    assert beside_line([2.0]) == ["top center"]
