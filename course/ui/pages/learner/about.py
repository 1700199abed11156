"""About: what the course is, who stands behind it, what it keeps, where its facts come from."""

from __future__ import annotations

import streamlit as st

from course.ui.components import page
from course.ui.visit import Visit

_TEXT = """
## Who it is for

{audience}

## What it is not

It is education. It is not a diagnosis, not medical advice, and no reason to stop or start a treatment. A quiz score says
how well you know the course; it is **not** a screening result and says nothing about anybody’s own use. The people in
the cases are invented.

No clinician has signed this course off yet. It says so here, on prints and on downloads, until somebody does.

## Where the facts come from

Every factual paragraph and every answer key names its sources, and the [references](references) page lists what leans on
each. We print a claim when it was checked against its source. Where a claim was checked only in part, the text says how
far. Where researchers disagree, it says *contested*. Figures carry year, place and sample. Claims and help numbers have a
date by which they must be looked at again.

The course carries no advertising. Studies run or paid for by a manufacturer are named as such.

## What is kept about you

You need no account. A cookie with a random number lets this browser find its progress again. From the first thing worth
saving we store which cells you opened, your answers, your scores and when; a name only if you give one. Your answers to
reflections are never sent. Opening the help panel and pressing quick exit are not recorded. There is no tracking and
nothing is sent to anybody else. On the [You](you) page you can take everything with you, carry on in another browser, or
erase it all.

## Using it with the keyboard

Tab moves through a page, space and enter choose. In a notebook, Ctrl and the right arrow open the next cell. Pressing
Shift three times leaves for a neutral page at once.

## Licence

The software is free under the Apache License 2.0. The texts, questions and figures are free under CC BY 4.0.
"""


def draw(visit: Visit) -> None:
    page.begin("read")
    course = visit.catalogue.course
    page.masthead("About", course.title, course.summary)
    st.markdown(_TEXT.format(audience=course.audience))
