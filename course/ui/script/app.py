"""The one script Streamlit runs. It stands alone in its folder, since that folder goes first on the import path."""

from course.ui.shell import run

run()
