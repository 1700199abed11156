"""One question: what is worth looking at, who chose what, its curve, its versions, and where it stands. `?q=question`."""

from __future__ import annotations

from html import escape

from course.analytics.gates import GATES
from course.errors import NotFound
from course.services.insight.question import OptionRow, QuestionView, VersionRow
from course.services.study.wording import counted
from course.ui.charts import items as charts
from course.ui.charts.figure import show, words
from course.ui.components import closed, numbers, page
from course.ui.components.markup import block, inline
from course.ui.components.numbers import decimal, of_hundred, percent
from course.ui.components.source_link import source_link
from course.ui.pages.lead import filters
from course.ui.pages.lead.scale import MODELS
from course.ui.tokens import current
from course.ui.visit import Visit, query


def draw(visit: Visit) -> None:
    chosen = filters.choose(visit)
    if chosen is None:
        return
    try:
        view = visit.process.insight.question(visit.caller.learner, chosen[1], query("q"))
    except NotFound:
        closed.draw(visit)
        return
    row = view.row
    page.masthead(f"Question in {view.quiz_title}", row.stem, meta=" · ".join(filter(None, (row.id, row.objective))), compact=True)
    _place(visit, view)
    page.section("Worth looking at", filters.in_words(view.lens))
    if row.flags:
        page.flags(flag.sentence for flag in row.flags)
    else:
        page.fine("Nothing stands out." if row.item.n >= GATES.flags else f"{row.item.n} of the {GATES.flags} answers that a flag needs.")
    _numbers(view)
    _options(view)
    _curve(view)
    _sides(view)
    _versions(view)
    _reports(visit, view)
    if view.options:
        filters.downloads(visit, view.lens, ("options", "Who chose what"), q=view.row.id)
    with_links = filters.address(view.lens)
    visit.link("insight-questions", "All questions of the quiz", **with_links)


def _place(visit: Visit, view: QuestionView) -> None:
    if view.row.place:
        page.small_print(f"Written in {source_link(visit, view.lens.cohort, view.row.id, view.row.place)}")
        if visit.previews:
            visit.link("preview", "Every state of the question", question=view.row.id)
    if view.taught_in is not None:
        place = view.taught_in
        visit.link("module", f"Taught in module {place.module_number}, {place.title}", m=place.module, cell=place.cell)


def _numbers(view: QuestionView) -> None:
    item = view.row.item
    page.section("Numbers", "Each opens how it is computed and from how many.")
    cells = [
        (
            "Answers",
            numbers.count(item.n, "Answers that count: answered and graded, or left blank (0 points).", f"{item.omitted} left blank."),
        ),
        ("Share of the points", numbers.told(item.facility, "facility", percent)),
        ("Correlation with the rest", numbers.told(item.item_rest, "item_rest", decimal)),
        ("Discrimination index", numbers.told(item.discrimination_index, "discrimination_index", of_hundred)),
        ("Efficiency", numbers.told(item.discriminative_efficiency, "discriminative_efficiency", of_hundred)),
        ("Upper less lower", numbers.told(item.d27, "d27", percent)),
        ("By guessing", numbers.told(item.guess, "guess", percent)),
        ("Intended weight", numbers.told(item.intended_weight, "intended_weight", of_hundred)),
        ("Effective weight", numbers.told(item.effective_weight, "effective_weight", of_hundred)),
    ]
    page.table(["Number", "Value"], [[head, cell] for head, cell in cells], label="Numbers of the question", numeric=(1,))


def _options(view: QuestionView) -> None:
    page.section("Who chose what")
    if view.stem:
        page.quoted(block(view.stem))
    if not view.options and not view.hidden:
        page.empty(
            "There is nothing to choose in it.",
            "Questions with options, and answers that five people or more typed alike, are listed here.",
        )
        return
    page.table(
        ["Answer", "Chosen by", "Share", "Correlation with the rest", "Against the key, points", "Does its work"],
        [_option(row) for row in view.options],
        label="Who chose what",
        numeric=(1, 2, 3, 4),
    )
    if view.hidden:
        page.fine(f"{counted(view.hidden, 'other answer')}, each given by fewer than five people, are not listed.")


def _option(row: OptionRow) -> list[str]:
    key = "<small>key</small>" if row.key else ""
    text = f"{escape(row.name)}. {inline(row.text)}" if row.text and row.text != row.name else inline(row.text or row.name)
    if row.option is None:
        return [text + key, "0", "–", "–", "–", "–"]
    o = row.option
    works = {None: "–", True: "yes", False: "no"}[o.functional]
    return [
        text + key,
        numbers.count(o.n, f"{o.n} of the {o.of} answers that count."),
        numbers.told(o.share, "options", percent),
        numbers.told(o.item_rest, "options", decimal),
        numbers.told(o.above_key, "options", decimal),
        numbers.how(works, ("A wrong option does its work when at least 5 % choose it and those who do score lower on the other questions.",)) if works != "–" else "–",
    ]  # fmt: skip


def _curve(view: QuestionView) -> None:
    page.section("With ability")
    if view.curve is None or view.model is None:
        page.empty("There is no curve.", view.no_curve)
        return
    falls = view.row.item.item_rest.high is not None and view.row.item.item_rest.high < 0
    title = "Full points grow rarer with ability, which no curve of the model follows" if falls else "The chance of full points by ability"
    show(
        charts.curve(view.curve, current()),
        key="curve",
        title=title,
        head=words(title, f"Line: the {MODELS[view.model]} model, from {view.people} people. Points: groups of equal size by estimated ability, with 95% intervals."),
        alt="Observed: " + ("; ".join(f"ability {b.ability:.1f}: {b.share:.0%} of {b.n}" for b in view.curve.observed) or "too few people in each group") + ".",
        table=(
            ["Ability", "People", "Full points", "95% interval"],
            [[f"{b.ability:.2f}", str(b.n), f"{b.share:.0%}", f"{b.low:.0%} to {b.high:.0%}"] for b in view.curve.observed],
        ),
    )  # fmt: skip


def _sides(view: QuestionView) -> None:
    if len(view.attempts) > 1:
        page.section("By attempt", "Fewer people make each next one: it is no growth curve.")
        page.table(
            ["Attempt", "Answers", "Share of the points"],
            [[str(a.number), numbers.count(a.n, f"Answers in attempts number {a.number}."), numbers.told(a.facility, "by_attempt", percent)] for a in view.attempts],
            label="By attempt",
            numeric=(1, 2),
        )  # fmt: skip
    if view.variants:
        page.section("By variant", "Each set of drawn numbers, those most often asked first.")
        page.table(
            ["Drawn", "Answers", "Share of the points", "Less the others"],
            [
                [f"<code>{escape(v.variant)}</code>", numbers.count(v.n, "Answers to this variant."), numbers.told(v.facility, "by_variant", percent), numbers.told(v.against_others, "by_variant", percent)]
                for v in view.variants[:30]
            ],
            label="By variant",
            numeric=(1, 2, 3),
        )  # fmt: skip


def _versions(view: QuestionView) -> None:
    page.section("Versions", "Each version that was ever asked, oldest first. Statistics are of all of them together.")
    page.table(
        ["Version", "Asked since", "Answers here", "Not as before"],
        [_version(one) for one in view.versions],
        label="Versions of the question",
        numeric=(2,),
    )


def _reports(visit: Visit, view: QuestionView) -> None:
    page.section("Reported by learners", "In their words, without names, of every version and whatever the dates.")
    if not view.reports:
        page.fine("Nobody reported a problem with it.")
        return
    rows = [
        [f"{at.day} {at:%B %Y}", f"<code>{one.version[:8]}</code>", escape(one.text)]
        for one in view.reports
        for at in (visit.local(one.at),)
    ]
    page.table(["When", "Version", "What"], rows, label="Reported by learners")


def _version(one: VersionRow) -> list[str]:
    now = "<small>in the course today</small>" if one.current else ""
    answers = numbers.count(one.answers, "Every answer to this version in this quiz, under the filters of the page, of all attempts.")
    return [f"<code>{one.version[:8]}</code>{now}", f"{one.since.day} {one.since:%B %Y}", answers, escape(", ".join(one.changed)) or "–"]
