"""References: every source, and every place that leans on it. `?key=id` is the page of one source, `?claim=id` that of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

import streamlit as st

from course.content.leaning import shows_claim
from course.content.model import Catalogue, Claim, Leaning, Reference, Spot
from course.ui.components import page
from course.ui.components.markup import inline
from course.ui.components.source_link import written_in
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    page.begin("read")
    course = visit.catalogue.course
    wanted, claim = course.references.get(query("key")), course.claims.get(query("claim"))
    if wanted is not None:
        _source(visit, wanted)
    elif claim is not None:
        _claim(visit, claim)
    else:
        _all(visit)


def _all(visit: Visit) -> None:
    catalogue = visit.catalogue
    cited = [r for r in catalogue.course.references.values() if catalogue.leaning.get(r.key)]
    page.masthead(
        "", "References", f"{len(cited)} sources, and where the course leans on each.",
        "An open circle marks an entry whose title or authors nobody has yet confirmed on the publisher’s page.",
    )  # fmt: skip
    if query("key"):
        page.fine("That source is not cited in the course; here are all that are.")
    elif query("claim"):
        page.fine("The course makes no such claim; here are its sources.")
    cited.sort(key=lambda r: (r.short.casefold(), r.key))
    st.html(
        '<ul class="k-list k-refs">' + "".join(f"<li>{_entry(r)}{_summary(r, catalogue, visit.clinician)}</li>" for r in cited) + "</ul>"
    )


def _source(visit: Visit, ref: Reference) -> None:
    """The page of one source: all that is known of it, then what leans on it."""
    catalogue = visit.catalogue
    page.masthead("Source", ref.short, "", after=f'<ul class="k-list k-refs"><li>{_entry(ref)}{_standing(ref, catalogue)}</li></ul>')
    leaning = catalogue.leaning.get(ref.key, Leaning()).shown(clinician=visit.clinician)
    _spots("Cells that cite it", leaning.cells)
    _spots("Figures drawn from it", leaning.figures)
    _spots("Questions whose key rests on it", leaning.questions)
    if leaning.claims:
        page.section("Claims that rest on it")
        st.html(f'<ul class="k-list">{"".join(f"<li>{_claim_line(claim)}</li>" for claim in leaning.claims)}</ul>')
    _spots("Words of the glossary", leaning.terms)
    if visit.previews:
        _for_authors(visit, ref)
    if not leaning:
        page.fine("Nothing that is shown to you leans on this source.")
    visit.link("references", "All sources")


def _for_authors(visit: Visit, ref: Reference) -> None:
    """Where the entry is written, and the questions by name: learners are not told which these are."""
    named = dict.fromkeys(c.question for c in visit.catalogue.cited_by.get(ref.key, ()) if c.question)
    links = ", ".join(f'<a href="preview?{urlencode({"question": name})}" target="_self">{escape(name)}</a>' for name in named)
    page.section("For authors")
    page.small_print(written_in(visit, str(ref.place)))
    if links:
        page.small_print(f"Questions in the preview: {links}.")


def _claim(visit: Visit, claim: Claim) -> None:
    """The page of one claim: how sure, how far it was checked, what it rests on, where it is shown."""
    course = visit.catalogue.course
    if claim.clinician and not visit.clinician:
        page.masthead("Claim", "For health professionals", "This claim names clinical amounts or ways of giving a medicine.")
        visit.link("references", "All sources")
        return
    page.masthead("Claim", claim.id, after=f'<ul class="k-list k-refs"><li>{_claim_line(claim, linked=False)}</li></ul>')
    if visit.previews:
        page.small_print(written_in(visit, str(claim.place)))
    if claim.overdue(visit.now().date()):
        page.fine("This claim is past the day by which it was to be looked at again.")
    sources = [course.references[key] for key in claim.cites if key in course.references]
    _spots("It rests on", tuple(Spot(source.short, "references", (("key", source.key),)) for source in sources))
    shown = shows_claim(course, claim.id)
    _spots("Where the course shows it", tuple(spot for spot in shown if visit.clinician or not spot.clinician))
    visit.link("references", "All sources")


def _spots(title: str, spots: Iterable[Spot]) -> None:
    lines = "".join(f"<li>{_link(spot)}</li>" for spot in dict.fromkeys(spots))
    if lines:
        page.section(title)
        st.html(f'<ul class="k-list">{lines}</ul>')


def _link(spot: Spot) -> str:
    return f'<a href="{escape(f"{spot.page}?{urlencode(spot.query)}")}" target="_self">{escape(spot.label)}</a>' + (
        f"<small>{escape(spot.about)}</small>" if spot.about else ""
    )


def _claim_line(claim: Claim, *, linked: bool = True) -> str:
    checked = "checked" if claim.status == "checked" else "partly checked"
    sure = "contested" if claim.confidence == "contested" else f"{claim.confidence} confidence"
    days = "".join(
        f", {word} {day.day} {day:%B %Y}" for word, day in (("as of", claim.as_of), ("to be looked at again by", claim.review_by)) if day
    )
    limits = f"<small>{inline(claim.limits)}</small>" if claim.limits else ""
    link = f' <a href="references?claim={escape(claim.id)}" target="_self">Claim {escape(claim.id)}</a>' if linked else ""
    return f"{inline(claim.statement)}{link}<small>{sure.capitalize()}, {checked}{days}</small>{limits}"


def _entry(ref: Reference) -> str:
    """The source as a bibliography prints it, and what kind of source it is."""
    who = ", ".join(ref.authors) + (", et al." if ref.et_al else "")
    where = escape(", ".join(filter(None, (ref.container, ref.volume, ref.pages))))
    title = (
        f'<a href="{escape(ref.url)}" rel="noreferrer" target="_blank">{escape(ref.title)}</a>'
        if ref.url.startswith(("https://", "http://"))
        else escape(ref.title)
    )
    parts = [
        escape(who).removesuffix(".") + "." if who else "",
        f"{title}.",
        where + "." if where else "",
        f"{ref.year}." if ref.year else "",
    ]
    doubt = (
        f' <span title="to be confirmed">{page.mark("unseen", spoken=False)}<span class="k-sr">To be confirmed.</span></span>'
        if ref.to_confirm
        else ""
    )
    kind = escape(", ".join(filter(None, (ref.design or ref.type, ref.doi and f"doi {ref.doi}"))))
    return f"{' '.join(filter(None, parts))}{doubt}<small>{kind}</small>"


def _standing(ref: Reference, catalogue: Catalogue) -> str:
    """How far the entry can be relied on, in words."""
    newer = catalogue.course.references.get(ref.superseded_by)
    lines = [
        "This source has been retracted." if ref.retracted else "",
        f'Superseded by <a href="references?key={escape(newer.key)}" target="_self">{escape(newer.short)}</a>.' if newer else "",
        "Part of this entry is not yet confirmed on the publisher’s page." if ref.to_confirm else "",
        escape(ref.note),
        f"Last looked up on {ref.checked_on.day} {ref.checked_on:%B %Y}." if ref.checked_on else "",
    ]
    return "".join(f"<small>{line}</small>" for line in lines if line)


def _summary(ref: Reference, catalogue: Catalogue, clinician: bool) -> str:
    """How much leans on the source, leading to its page."""
    leaning = catalogue.leaning.get(ref.key, Leaning()).shown(clinician=clinician)
    counts = [
        f"{len(found)} {word}{'s' if len(found) != 1 else ''}"
        for found, word in (
            (leaning.cells, "cell"),
            (leaning.figures, "figure"),
            (leaning.questions, "question"),
            (leaning.claims, "claim"),
            (leaning.terms, "term"),
        )
        if found
    ]
    named = f'<span class="k-sr"> on {escape(ref.short)}</span>'
    return f'<small><a href="references?key={escape(ref.key)}" target="_self">What leans on it{named}</a>: {", ".join(counts) or "nothing"}</small>'
