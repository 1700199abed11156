"""Get help: the panel of every corner, as a page."""

from __future__ import annotations

from course.ui.components import help_panel, page
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    page.begin("read")
    page.masthead(
        "Always here, never graded",
        "If this is about you, or someone you know",
        "Talking to someone is a normal thing to do. Nothing on this page is recorded.",
    )
    help_panel.panel(visit.catalogue.course.help, visit.process.clock().date(), key="help_page_country")
    page.section("When somebody cannot be woken or cannot respond")
    page.fine(
        "Call the emergency number; call also when you are not sure. Put a person who is breathing in the recovery position: on the side, with the "
        "airway kept open. Keep checking their breathing and stay with them; do not leave them to sleep it off. If breathing stops, start CPR if "
        "you can; the emergency service guides you by phone. Say what was taken, if you know. "
        "Naloxone does not reverse ketamine, but it is right if an opioid may be involved."
    )
