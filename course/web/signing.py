"""`/session/...` for accounts: sign in, sign out, make one, another password. Each gives the browser a new cookie."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from course.bootstrap import Process
from course.services.people.accounts import Credentials
from course.services.people.passwords import SHORTEST
from course.web.forms import Field, Tick, form
from course.web.plain import confirm, plain
from course.web.visits import Visit, asked

NEW_PASSWORD = f"At least {SHORTEST} characters. A few words with spaces between them make a good one."


def routes(process: Process) -> list[BaseRoute]:
    return [
        *asked(process, "/session/sign-in", sign_in, sign_in_page),
        *asked(process, "/session/sign-up", sign_up, sign_up_page),
        *asked(process, "/session/sign-out", sign_out, sign_out_page),
        *asked(process, "/session/password", password, password_page),
    ]


def sign_in_page(visit: Visit, refused: str) -> Response:
    fields = (
        Field("login", "Name or e-mail address", complete="username", value=visit.asked("login")),
        Field("password", "Password", "password", "current-password"),
    )
    onward = visit.onward if visit.onward != "/" else ""
    links = (("/join/forgot", "I do not know my password"), ("/session/sign-up", "I have no account"))
    return plain(
        "Sign in",
        "The course works without an account. Sign in to see what your class is asked to do, or to carry on in another browser.",
        form=form("/session/sign-in", "Sign in", *fields, *visit.bring_box(), refused=refused, links=links, next=onward),
    )


def sign_in(visit: Visit) -> Response:
    visit.process.people.sign_in(
        visit.asked("login"),
        visit.fields.get("password", ""),
        visit.fresh,
        address=visit.address,
        agent=visit.agent,
        old_token=visit.token,
        bring=visit.brings,
    )
    return visit.into(visit.onward)


def sign_up_page(visit: Visit, refused: str) -> Response:
    has_guest = visit.process.people.guest_here(visit.token) is not None
    told = "What you did in this browser is kept in it." if has_guest else "It carries your progress from one browser to another."
    return plain(
        "Make an account",
        f"An account is never needed for self-study. {told}",
        form=form(
            "/session/sign-up",
            "Make the account",
            *account_fields(visit),
            refused=refused,
            links=(("/session/sign-in", "I have an account"),),
        ),
    )


def sign_up(visit: Visit) -> Response:
    visit.process.people.sign_up(visit.token, credentials(visit), visit.fresh, address=visit.address, agent=visit.agent)
    return visit.into("/")


def sign_out_page(visit: Visit, refused: str) -> Response:
    return plain(
        "Sign out?",
        "This browser will no longer know who you are. Your progress stays in your account.",
        form=confirm("/session/sign-out", "Sign out"),
    )


def sign_out(visit: Visit) -> Response:
    visit.process.people.leave(visit.token)
    return visit.into("/", signed_in=False)


def password_page(visit: Visit, refused: str) -> Response:
    person = visit.signed_in
    if person is None:
        return plain("Sign in first", "Another password can be set in a browser that is signed in.", form=confirm_sign_in())
    found = visit.process.people.account(person)
    fields = (
        *((Field("old", "Present password", "password", "current-password"),) if found is not None and found.has_password else ()),
        Field("new", "New password", "password", "new-password", note=NEW_PASSWORD),
    )
    return plain(
        "Another password",
        "Every other browser is signed out.",
        form=form("/session/password", "Set the password", *fields, refused=refused, links=(("/you", "Back to your page"),)),
    )


def password(visit: Visit) -> Response:
    visit.process.people.change_password(
        visit.token, visit.fields.get("old", ""), visit.fields.get("new", ""), visit.fresh, agent=visit.agent
    )
    return visit.into("/you")


def account_fields(visit: Visit, *, login: str = "", name: str = "", email: str = "") -> tuple[Field | Tick, ...]:
    """What somebody types to make an account; the values are what the form begins with."""
    return (
        Field(
            "login",
            "Name to sign in with",
            complete="username",
            value=visit.asked("login") or login,
            note="An e-mail address or a word of your own.",
        ),
        Field("name", "Your name", complete="name", value=visit.asked("name") or name, note="As your instructors read it.", required=False),
        Field(
            "email",
            "E-mail address",
            "email",
            "email",
            visit.asked("email") or email,
            "Optional. For a new password, nothing else.",
            required=False,
        ),
        Field("password", "Password", "password", "new-password", note=NEW_PASSWORD),
    )


def credentials(visit: Visit) -> Credentials:
    return Credentials(visit.asked("login"), visit.fields.get("password", ""), visit.asked("name"), visit.asked("email"))


def confirm_sign_in() -> str:
    return '<p><a href="/session/sign-in">Sign in</a></p>'
