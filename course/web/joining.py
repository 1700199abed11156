"""`/join/...`: the first admin's link, invitations, codes, a new password. A GET changes nothing: mail programs open links."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from course.access.passport import Identity, opened
from course.bootstrap import Process
from course.errors import Refused
from course.services.people.admitting import Welcome
from course.web.forms import Field, form
from course.web.plain import confirm, plain
from course.web.signing import NEW_PASSWORD, account_fields, credentials
from course.web.visits import Visit, asked

LINK_LENGTH: Final = 20
"""A token that is shorter is a code, and typed ones are counted."""
_ROLES: Final = {"learner": "a learner", "instructor": "an instructor", "lead": "a lead", "admin": "an admin", "teacher": "a teacher"}


def routes(process: Process) -> list[BaseRoute]:
    return [
        *asked(process, "/join/first", first, first_page),
        *asked(process, "/join/code", code, code_page),
        *asked(process, "/join/invitation", invitation, invitation_page),
        *asked(process, "/join/enter", enter, enter_page),
        *asked(process, "/join/link", link, link_page),
        *asked(process, "/join/forgot", forgot, forgot_page),
        *asked(process, "/join/reset", reset, reset_page),
    ]


def first_page(visit: Visit, refused: str) -> Response:
    return plain(
        "The first admin",
        "This link was printed where the course was started. It makes one account, which can make others admins and teachers.",
        form=form("/join/first", "Make the account", *account_fields(visit), refused=refused, token=visit.asked("token")),
    )


def first(visit: Visit) -> Response:
    people = visit.process.people
    people.become_first_admin(visit.asked("token"), credentials(visit), visit.fresh, agent=visit.agent, old_token=visit.token)
    return visit.into("/")


def code_page(visit: Visit, refused: str) -> Response:
    return plain(
        "Join with a code",
        "Your instructor has read it out or written it down.",
        form=form(
            "/join/code",
            "Look it up",
            Field("code", "Code", value=visit.asked("code"), note="Ten letters and digits. Capitals and dashes do not matter."),
            refused=refused,
        ),
    )


def code(visit: Visit) -> Response:
    found = visit.process.people.look_up_code(visit.asked("code"), address=visit.address)
    return RedirectResponse(f"/join/invitation?token={quote(found)}", status_code=303, headers={"Cache-Control": "no-store"})


def invitation_page(visit: Visit, refused: str) -> Response:
    token = visit.asked("token")
    welcome = _welcome(visit, token)
    told = f"You are invited to {welcome.to}, as {_ROLES[welcome.role]}."
    sees = [] if welcome.to == "the site" or welcome.role != "learner" else [SEEN]
    person = visit.signed_in
    if person is not None:
        account = visit.process.people.account(person)
        whom = f"You are signed in as {account.login}." if account else ""
        said = [refused] if refused else []
        return plain("An invitation", told, *sees, whom, *said, form=confirm("/join/invitation", "Accept", token=token))
    fields = account_fields(visit, login=welcome.email, name=welcome.name, email=welcome.email)
    back = quote(f"/join/invitation?token={token}", safe="")
    return plain(
        "An invitation",
        told,
        *sees,
        "Make an account to accept it.",
        form=form(
            "/join/invitation",
            "Make the account and accept",
            *fields,
            *visit.bring_box(),
            refused=refused,
            links=((f"/session/sign-in?next={back}", "I have an account: sign in, then accept"),),
            token=token,
        ),
    )


SEEN: Final = (
    "Instructors and leads of the class see what you do in this course from the start: progress, attempts, answers and times. "
    "They do not see reflections, which are never stored."
)


def invitation(visit: Visit) -> Response:
    people, token = visit.process.people, visit.asked("token")
    _welcome(visit, token)
    person = visit.signed_in
    if person is not None:
        people.accept(token, person)
        return RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    people.accept_as_new(token, credentials(visit), visit.fresh, agent=visit.agent, old_token=visit.token, bring=visit.brings)
    return visit.into("/")


def enter_page(visit: Visit, refused: str) -> Response:
    one = _identity(visit)
    return plain(
        "Carry on here?",
        f"{one.issuer} knows you as {one.email or one.name or one.subject}.",
        form=form(
            "/join/enter",
            "Carry on",
            *visit.bring_box(),
            refused=refused,
            links=((f"/join/link?seal={quote(visit.asked('seal'))}", "I have an account with a password here: make both one"),),
            seal=visit.asked("seal"),
        ),
    )


def enter(visit: Visit) -> Response:
    visit.process.people.enter(
        _identity(visit), visit.asked("seal"), visit.fresh, agent=visit.agent, old_token=visit.token, bring=visit.brings
    )
    return visit.into("/")


def link_page(visit: Visit, refused: str) -> Response:
    one, person = _identity(visit), visit.signed_in
    account = visit.process.people.account(person) if person is not None else None
    mine = account.login if account is not None and account.has_password else ""
    here = f"You are signed in here as {mine}." if mine else "Sign in to your account here."
    login = () if mine else (Field("login", "Name or e-mail address", complete="username", value=visit.asked("login")),)
    return plain(
        "Make both one?",
        f"{one.issuer} knows you as {one.email or one.name or one.subject}. {here}",
        "From then on either opens your account. What you did under the other sign-in becomes part of it.",
        form=form(
            "/join/link",
            "Make both one",
            *login,
            Field("password", "Password of your account here", "password", "current-password"),
            refused=refused,
            seal=visit.asked("seal"),
        ),
    )


def link(visit: Visit) -> Response:
    visit.process.people.link(
        _identity(visit),
        visit.asked("seal"),
        visit.asked("login"),
        visit.fields.get("password", ""),
        visit.fresh,
        address=visit.address,
        agent=visit.agent,
        old_token=visit.token,
    )
    return visit.into("/you")


def _identity(visit: Visit) -> Identity:
    found = opened(visit.asked("seal"), visit.process.secret, visit.process.clock(), visit.token or "")
    if found is None:
        raise Refused("This took too long, or was changed on the way. Go to the page You to sign in again.")
    return found


def forgot_page(visit: Visit, refused: str) -> Response:
    if not visit.process.people.sends_mail:
        return plain(
            "A new password", "This site sends no mail. Ask whoever runs it: an admin can make a link with which you set a new password."
        )
    return plain(
        "A new password",
        "If there is an account with this name and it has an e-mail address, a link is sent there. It works once, within 24 hours.",
        form=form("/join/forgot", "Send the link", Field("login", "Name or e-mail address", complete="username"), refused=refused),
    )


def forgot(visit: Visit) -> Response:
    mail = visit.process.people.ask_reset(visit.asked("login"), address=visit.address)
    answer = plain("Look at your mail", "If there is such an account and it has an e-mail address, a link is on its way.")
    answer.background = BackgroundTask(mail)
    return answer


def reset_page(visit: Visit, refused: str) -> Response:
    return plain(
        "A new password",
        "Every browser that was signed in is signed out, and this one is signed in.",
        form=form(
            "/join/reset",
            "Set the password",
            Field("password", "New password", "password", "new-password", note=NEW_PASSWORD),
            refused=refused,
            token=visit.asked("token"),
        ),
    )


def reset(visit: Visit) -> Response:
    visit.process.people.reset(visit.asked("token"), visit.fields.get("password", ""), visit.fresh, agent=visit.agent)
    return visit.into("/")


def _welcome(visit: Visit, token: str) -> Welcome:
    people = visit.process.people
    return people.welcome(people.look_up_code(token, address=visit.address) if len(token) < LINK_LENGTH else token)
