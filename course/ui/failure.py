"""What a page shows when its script broke: an id to quote and no trace."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from course.errors import CourseError

log = logging.getLogger("course")


def on_script_error(failure: Exception) -> bool:
    """Show a sentence instead of Streamlit's trace. Known failures speak for themselves; others get an id for the log."""
    if isinstance(failure, CourseError):
        st.error(" ".join(filter(None, (failure.message, failure.kept))))
        return True
    error_id = secrets.token_hex(4)
    log.error("failure %s", error_id, exc_info=failure)
    st.error(
        f"Something broke on our side. What was shown as saved is saved. Reload the page to try again; if it happens again, give this number: {error_id}."
    )
    return True
