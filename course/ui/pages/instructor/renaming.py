"""What a cohort is called, its time zone, copying and archiving it."""

from __future__ import annotations

from zoneinfo import available_timezones

import streamlit as st

from course.storage.stores.cohorts import Cohort
from course.ui.components import acting, page
from course.ui.visit import Visit


def draw(visit: Visit, cohort: Cohort) -> None:
    service = visit.process.cohorts
    if cohort.archived_at is None:
        page.section("Name and time zone", "Dates of the cohort are set in its time zone; each learner reads them in their own.")
        zones = sorted(z for z in available_timezones() if "/" in z or z == "UTC")
        with st.form("rename", border=False):
            st.text_input("Name", value=cohort.name, key=f"name_{cohort.id}", max_chars=120)
            index = zones.index(cohort.time_zone) if cohort.time_zone in zones else zones.index("UTC")
            st.selectbox("Time zone", zones, index=index, key=f"zone_{cohort.id}")

            def save() -> str:
                service.edit(visit.caller, cohort.id, name=acting.field(f"name_{cohort.id}"), zone=acting.field(f"zone_{cohort.id}"))
                return "Saved."

            acting.submit("Save", save, key="save_cohort")
    page.section("Copy", "A new cohort with the same settings and empty groups, and nobody in it but you.")
    with st.form("copy", border=False):
        st.text_input("Name of the copy", key=f"copy_{cohort.id}", max_chars=120)

        def copy() -> str:
            made = service.copy(visit.caller, cohort.id, acting.field(f"copy_{cohort.id}"))
            return f"{made.name} is made. It is in the list of cohorts."

        acting.submit("Copy the cohort", copy, key="copy_cohort")
    archived = cohort.archived_at is not None
    page.section("Archive", "An archived cohort can be read. Nothing in it changes, and nobody comes in.")

    def archive() -> str:
        service.archive(visit.caller, cohort.id, undo=archived)
        return "The cohort is back." if archived else "The cohort is archived."

    acting.button("Take it back" if archived else "Archive the cohort", archive, key="archive")
