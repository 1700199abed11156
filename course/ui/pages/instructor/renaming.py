"""What a cohort is called, its time zone, copying and archiving it."""

from __future__ import annotations

import streamlit as st

from course.services.people.desk import zones
from course.storage.stores.cohorts import Cohort
from course.ui.components import acting, page
from course.ui.components.acting import Told, Way
from course.ui.pages.instructor import copying
from course.ui.visit import Visit


def draw(visit: Visit, cohort: Cohort) -> None:
    service = visit.process.cohorts
    if cohort.archived_at is None:
        page.section("Name and time zone", "Dates of the cohort are set in its time zone; each learner reads them in their own.")
        offered = sorted(z for z in zones() if "/" in z or z == "UTC")
        with st.form("rename", border=False):
            st.text_input("Name", value=cohort.name, key=f"name_{cohort.id}", max_chars=120)
            index = offered.index(cohort.time_zone) if cohort.time_zone in offered else offered.index("UTC")
            st.selectbox("Time zone", offered, index=index, key=f"zone_{cohort.id}")

            def save() -> str:
                made = service.edit(visit.caller, cohort.id, name=acting.field(f"name_{cohort.id}"), zone=acting.field(f"zone_{cohort.id}"))
                if made == cohort:
                    return "Nothing was changed."
                moved = "" if made.time_zone == cohort.time_zone else " Dates that are set keep their moment and are shown in the new zone."
                return f"The cohort is called {made.name}; its time zone is {made.time_zone}.{moved}"

            acting.submit("Save", save, key="save_cohort")
    copying.draw(visit, cohort)
    archived = cohort.archived_at is not None
    page.section("Archive", "An archived cohort can be read. Nothing in it changes, and nobody comes in. It can be taken back at any time.")

    def archive() -> Told:
        service.archive(visit.caller, cohort.id, undo=archived)
        said = (
            "is back: learners see what is assigned again" if archived else "is archived: learners see nothing of it, and you can read it"
        )
        return Told(f"{cohort.name} {said}.", (Way("cohorts", "All cohorts", {}),))

    acting.button("Take it back" if archived else "Archive the cohort", archive, key="archive")
