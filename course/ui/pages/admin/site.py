"""The site's people: who has an account, roles for the site, new passwords, disabling."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from course.access.roles import SiteRole
from course.storage.stores.accounts import Known
from course.ui import state
from course.ui.components import acting, page
from course.ui.pages.instructor import links
from course.ui.visit import Visit

_ROLES: Final = {"Teacher": SiteRole.TEACHER, "Admin": SiteRole.ADMIN}
_RESET: Final = "reset_link_made"


def draw(visit: Visit) -> None:
    view = visit.process.site.people(visit.caller)
    page.begin()
    page.masthead("", "Site", "Accounts and what they may do on the whole site. What people do in the course is not shown here.")
    visit.link("audit", "Who changed what on the site")
    acting.outcome()
    page.section("People with an account")
    typed = st.text_input("Find", key="find_person", placeholder="Part of a name or address").casefold().strip()
    found = {k.account.learner: k for k in view.people if typed in f"{k.account.login} {k.name or ''} {k.account.email or ''}".casefold()}
    if not found:
        page.empty("Nobody.", "Everybody who made an account is listed here.")
    else:
        shown = list(found.values())[:200]
        page.table(["Signs in as", "Name", "Roles", "State"], [_row(k) for k in shown], label="People with an account")
        if len(found) > len(shown):
            page.fine(f"The first {len(shown)} of {len(found)}. Write part of a name to find others.")
        _acts(visit, found)
    _invite(visit)


def _row(one: Known) -> list[str]:
    roles = ", ".join(sorted(r.value for r in one.site)) or "–"
    state_ = '<span class="k-late">disabled</span>' if one.account.disabled_at else "can sign in"
    return [escape(one.account.login), escape(one.name or "–"), roles, state_]


def _acts(visit: Visit, found: Mapping[str, Known]) -> None:
    page.section("Change somebody")
    service = visit.process.site
    person = st.selectbox("Person", list(found), format_func=lambda i: found[i].account.login if i in found else "", key="site_person")
    if person is None or person not in found:
        return
    one = found[person]

    def role(wanted: SiteRole) -> str:
        has = wanted in one.site
        service.set_role(visit.caller, person, wanted, has=not has)
        return f"{one.account.login} is {'no ' if has else ''}{wanted.value}{' any more' if has else ' now'}."

    def reset() -> str:
        token = service.reset_link(visit.caller, person)
        state.remember(_RESET, (person, f"{visit.process.settings.base_url}/join/reset?token={token}"))
        return f"A link for {one.account.login} is made."

    def disable() -> str:
        undo = one.account.disabled_at is not None
        service.disable(visit.caller, person, undo=undo)
        return f"{one.account.login} can sign in again." if undo else f"{one.account.login} is signed out everywhere and cannot sign in."

    with st.container(horizontal=True):
        for name, wanted in _ROLES.items():
            label = f"Take the role {name.lower()} away" if wanted in one.site else f"Make {name.lower()}"
            acting.button(label, partial(role, wanted), key=f"role_{wanted.value}_{person}")
        acting.button("Make a link for a new password", reset, key=f"reset_{person}")
        acting.button("Enable" if one.account.disabled_at else "Disable", disable, key=f"disable_{person}")
    made = state.recall(_RESET)
    if isinstance(made, tuple) and made[0] == person:
        st.code(made[1], language=None, wrap_lines=True)
        page.fine("It works once, within 24 hours, and is shown now and never again. Hand it to this person alone.")


def _invite(visit: Visit) -> None:
    page.section(
        "Invite somebody to a role", "A teacher makes cohorts. An admin looks after people and cohorts, and reads nobody's answers."
    )
    with st.form("site_invite", border=False):
        st.selectbox("Role", list(_ROLES), key="site_invite_role")

        def make(_key: str) -> str:
            sent = visit.process.site.invite(visit.caller, _ROLES[acting.field("site_invite_role")])
            links.keep(visit, "site", [("", "", sent)])
            return "A link is made. It is for one person and lasts 30 days."

        acting.make("Make the link", make, key="site_make_link")
    links.shown("site")
