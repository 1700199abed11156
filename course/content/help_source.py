"""help.yaml: whom to call, by country, and when the numbers were last looked up."""

from __future__ import annotations

from course.content.formats import HELP_FILE, read_file
from course.content.model import Country, Help, Service
from course.diagnostics import Report
from course.questions.nodes import Node
from course.questions.spec import Parsed


def read_help(node: Node | None, report: Report) -> Help:
    """The help panel's content; empty when the file is unreadable."""
    parsed = read_file(HELP_FILE, node, report)
    if parsed is None:
        return Help(None, "", ())
    if parsed["checked_on"] is None and "checked_on" not in parsed.places:
        report.error("missing-key", "help.yaml needs `checked_on`", parsed.place, "the day on which every number was last looked up")
    return Help(parsed["checked_on"], parsed["emergency"], tuple(_country(entry) for entry in parsed["countries"]))


def _country(entry: Parsed) -> Country:
    return Country(entry["code"], entry["name"], entry["emergency"], tuple(_service(service) for service in entry["services"]))


def _service(entry: Parsed) -> Service:
    return Service(entry["name"], entry["phone"], entry["url"], entry["hours"], entry["how"], entry["for"])
