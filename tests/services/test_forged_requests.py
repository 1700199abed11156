"""What another site, a stranger or a mail program can do with the course's routes: nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from course.access import session_cookie
from course.access.passport import Identity, sealed
from course.access.roles import CohortRole, SiteRole
from course.bootstrap import Process, build
from course.services.people import OPERATOR, Caller
from course.services.people.accounts import Credentials
from course.storage.tables import metadata
from course.web import application
from course.web.origin import SameOrigin
from tests.unit.web.asgi import Got, call

WORDS = "seven green umbrellas"
ANN, EVE = "a" * 43, "e" * 43
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Site:
    """Ann, signed in, in a class of Ivo's; and one unused link of every kind."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.app = Starlette(
            routes=application.routes(process),
            middleware=[Middleware(SameOrigin, prefixes=application.OURS)],
            exception_handlers=application.exception_handlers(),
        )
        self.ann = process.people.sign_up(None, Credentials("ann", WORDS, "Ann", "ann@course.test"), ANN).id
        ivo = Caller(process.people.sign_up(None, Credentials("ivo", WORDS, "Ivo"), "i" * 43).id)
        first = process.people.first_admin_link() or ""
        process.site.set_role(OPERATOR, ivo.learner or "", SiteRole.TEACHER, has=True)
        cohort = process.cohorts.create(ivo, "Group B")
        guest = process.people.begin("g" * 43)
        self.links = {
            "/join/first": first,
            "/join/invitation": process.cohorts.invite_link(ivo, cohort.id, CohortRole.LEARNER).token,
            "/join/resume": process.people.resume_link(guest.id),
            "/join/reset": process.site.reset_link(OPERATOR, self.ann),
        }

    def ask(self, method: str, path: str, *, who: str = ANN, headers: dict[str, str] | None = None, **fields: str) -> Got:
        """As a browser that holds `who` as its token; a POST says that it comes from the course unless `headers` say otherwise."""
        cookie = {"cookie": f"{session_cookie.NAME}={session_cookie.signed(who, self.process.secret)}"}
        sent = urlencode(fields)
        if method == "GET":
            return call(self.app, path, headers={**cookie, **(headers or {})}, query=sent)
        here = {"origin": "http://course.test"} if headers is None else headers
        return call(self.app, path, method=method, headers={**cookie, **FORM, **here}, body=sent.encode())

    def stored(self) -> dict[str, list[str]]:
        """Everything in the database."""
        with self.process.storage.engines.read.connect() as connection:
            return {name: sorted(map(repr, connection.execute(select(table)))) for name, table in metadata.tables.items()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    process = build({"COURSE_DATA_DIR": str(tmp_path_factory.mktemp("site"))})
    process.prepare()
    yield Site(process)
    process.storage.close()


def paths(site: Site, method: str) -> list[str]:
    return [r.path for r in application.routes(site.process) if isinstance(r, Route) and method in (r.methods or ())]


FORGED = (
    {},
    {"origin": "null"},
    {"origin": "https://elsewhere.test"},
    {"origin": "http://course.test.elsewhere.test"},
    {"origin": "http://course.test@elsewhere.test"},
    {"origin": "http://course.test:8080"},
    {"referer": "https://elsewhere.test/http://course.test/"},
    {"origin": "https://elsewhere.test", "referer": "http://course.test/"},
)


def test_no_form_of_another_site_does_anything(site: Site) -> None:
    before, tried = site.stored(), 0
    for path in paths(site, "POST"):
        for headers in FORGED:
            got = site.ask("POST", path, headers=headers, login="ann", password=WORDS, token=site.links.get(path, ""))
            assert got.status == 403, (path, headers)
            assert "set-cookie" not in got.headers, path
            tried += 1
    assert tried >= 12 * len(FORGED)
    assert site.stored() == before


def test_opening_an_address_changes_nothing(site: Site) -> None:
    before = site.stored()
    for path in paths(site, "GET"):
        filled = re.sub(r"\{\w+[^}]*\}", "x", path)
        for who in (ANN, EVE):
            got = site.ask("GET", filled, who=who, token=site.links.get(path, "x"))
            assert got.status < 500, path
            assert "set-cookie" not in got.headers, path
    assert site.stored() == before


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.test", "//elsewhere.test", "/\\elsewhere.test", "/you", "/join/invitation?token=x\r\nX: y"]
)
def test_signing_in_goes_on_to_an_invitation_or_home(site: Site, onward: str) -> None:
    got = site.ask("POST", "/session/sign-in", who=EVE, login="ann", password=WORDS, next=onward)
    assert (got.status, got.headers["location"]) == (303, "/")


def test_what_is_typed_comes_back_as_text(site: Site) -> None:
    typed = '"><script>alert(1)</script>'
    for path in paths(site, "POST"):
        got = site.ask("POST", path, who=EVE, login=typed, name=typed, email=typed, code=typed, token=typed, seal=typed, next=typed)
        assert b"<script>alert" not in got.body, path
        assert got.status < 500, path


@pytest.mark.parametrize("fields", [{"token": "x" * 30_000}, {f"field{n}": "" for n in range(60)}], ids=["large", "many"])
def test_a_form_larger_than_any_here_does_nothing(site: Site, fields: dict[str, str]) -> None:
    before = site.stored()
    for path in paths(site, "POST"):
        assert site.ask("POST", path, **fields).status == 400, path
    assert site.stored() == before


def test_the_seal_of_another_browser_signs_nobody_in_and_joins_nothing(site: Site) -> None:
    eve = Identity("https://id.test", "666", "eve@course.test", "Eve")
    hers = sealed(eve, site.process.secret, site.process.clock(), EVE)
    for path in ("/join/enter", "/join/link"):
        got = site.ask("POST", path, seal=hers, password=WORDS)
        assert got.status == 410, path
        assert "set-cookie" not in got.headers
        assert b"eve@course.test" not in site.ask("GET", path, seal=hers).body
    mine = site.process.people.account(site.ann)
    assert mine is not None
    assert mine.elsewhere is None


def test_a_token_that_was_planted_is_worth_nothing_after_signing_in(site: Site) -> None:
    planted = "p" * 43
    site.process.people.begin(planted)
    got = site.ask("POST", "/session/sign-in", who=planted, login="ann", password=WORDS, bring="")
    fresh = session_cookie.token_of(re.findall(r"course_session=([^;]+)", got.headers["set-cookie"])[0], site.process.secret)
    assert fresh not in (None, planted)
    assert site.process.people.visitor(planted).learner is None
    assert (site.process.people.visitor(fresh).learner or site.process.people.begin("z" * 43)).id == site.ann
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in got.headers["set-cookie"]


def test_whether_somebody_has_an_account_is_not_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(site.process.people), "sends_mail", True)
    answers = {name: site.ask("POST", "/join/forgot", who=EVE, login=name).body for name in ("ann@course.test", "no@course.test")}
    wrong = [
        site.ask("POST", "/session/sign-in", who=EVE, login=n, password="x" * 12).body.replace(n.encode(), b"") for n in ("ann", "nobody")
    ]
    assert answers["ann@course.test"] == answers["no@course.test"].replace(b"no@course.test", b"ann@course.test")
    assert wrong[0] == wrong[1]
