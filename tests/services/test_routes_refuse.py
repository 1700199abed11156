"""Nothing about a person leaves by a route without a permission check: every route is tried by everybody who may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from course.access import session_cookie
from course.bootstrap import Process, build
from course.services.demo import Filled
from course.services.people.accounts import Credentials
from course.web import application
from tests.unit.web.asgi import Got, call

OPEN = {"/healthz"}
"""Says nothing of anybody."""
OWN = {"/download/my-data.json", "/download/attempts.csv"}
"""Look at the cookie's person alone; whoever has no profile gets nothing."""


@dataclass
class Site:
    """A demo class, and somebody signed in who has nothing to do with it."""

    process: Process
    made: Filled
    learner: str
    tokens: dict[str, str]

    def get(self, path: str, who: str) -> tuple[int, bytes]:
        """Status and body of a GET as `who` (a key of `tokens`, or "stranger")."""
        got = self.ask(path, who)
        return got.status, got.body

    def ask(self, path: str, who: str) -> Got:
        token = self.tokens.get(who)
        cookie = f"{session_cookie.NAME}={session_cookie.signed(token, self.process.secret)}" if token else ""
        return call(self.app, path, headers={"cookie": cookie, "host": "testserver"})

    def __post_init__(self) -> None:
        self.app = Starlette(routes=application.routes(self.process), exception_handlers=application.exception_handlers())

    def filled(self, route: Route) -> str:
        values = {
            "cohort": self.made.cohort, "learner": self.learner, "form": "csv", "ending": "csv", "token": "t" * 43,
            "name": "support", "question": self.made.odd.against or "",
        }  # fmt: skip
        return re.sub(r"\{(\w+)[^}]*\}", lambda m: values[m[1]], route.path)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shared_database_url: str) -> Iterator[Site]:
    folder = str(tmp_path_factory.mktemp("site"))
    environ = {
        "COURSE_DATA_DIR": folder,
        "COURSE_DATABASE_URL": shared_database_url,
        "COURSE_SOURCE_URL": "idea://open?file={path}&line={line}",
    }
    process = build(environ)
    process.prepare()
    made = process.demo.fill(4, 1, beside=True)
    tokens = {name: name[0] * 43 for name in ("instructor", "member", "other", "guest")}
    for who, role in (("instructor", "instructor"), ("member", "learner")):
        process.people.sign_in(made.logins[role], made.password, tokens[who])
    process.people.sign_up(None, Credentials("oda", "seven green umbrellas"), tokens["other"])
    process.people.begin(tokens["guest"])
    view = process.classes.gradebook(made.instructor, made.cohort)
    yield Site(process, made, next(r.learner for r in view.rows if r.learner != made.learner), tokens)
    process.storage.close()


def test_every_route_refuses_whoever_may_not(site: Site) -> None:
    names = {row.name for row in site.process.classes.gradebook(site.made.instructor, site.made.cohort).rows}
    tried = 0
    for route in application.routes(site.process):
        assert isinstance(route, Route)
        if "GET" not in (route.methods or ()) or route.path in OPEN:
            continue
        path = site.filled(route)
        for who in ("stranger", "guest", "other", "member"):
            status, body = site.get(path, who)
            assert not any(name.encode() in body for name in names if who != "member"), (path, who)
            if path.startswith(("/download/", "/calendar/")) and route.path not in OWN:
                inside = who == "member" and path.startswith("/download/")
                assert status == (403 if inside else 404), (path, who, status)
                tried += 1
        if route.path in OWN:
            assert site.get(path, "stranger")[0] == 404
    assert tried >= 16, "four routes, four people"


def test_a_character_that_no_text_may_hold_breaks_nothing(site: Site) -> None:
    sent = urlencode(dict.fromkeys(("login", "password", "name", "email", "token", "seal", "new"), "a\0" + "b" * 30))
    form = {"content-type": "application/x-www-form-urlencoded", "host": "testserver"}
    for route in application.routes(site.process):
        assert isinstance(route, Route)
        if "POST" in (route.methods or ()):
            assert call(site.app, route.path, method="POST", headers=form, body=sent.encode()).status < 500, route.path
        else:
            assert site.get(re.sub(r"\{\w+[^}]*\}", "a\0b", route.path), "instructor")[0] < 500, route.path


def test_whoever_may_gets_each_file(site: Site) -> None:
    for route in application.routes(site.process):
        assert isinstance(route, Route)
        if route.path.startswith("/download/") and route.path not in OWN:
            elsewhere = route.path.endswith("/source/{question}")
            assert site.get(site.filled(route), "instructor")[0] == (302 if elsewhere else 200), route.path


def test_the_way_to_a_question_leads_into_the_editor(site: Site) -> None:
    place = site.process.catalogue().questions[site.made.odd.against or ""].place
    path = f"/download/insight/{site.made.cohort}/source/{site.made.odd.against}"
    assert site.ask(path, "instructor").headers["location"] == f"idea://open?file={place.path}&line={place.line}"
    assert site.get(f"/download/insight/{site.made.cohort}/source/no-such-question", "instructor")[0] == 404


def test_a_learner_gets_their_own_answers_and_nobody_elses(site: Site) -> None:
    assert site.get(f"/download/learner/{site.made.cohort}/{site.made.learner}.csv", "member")[0] == 200
    assert site.get(f"/download/learner/{site.made.cohort}/{site.learner}.csv", "member")[0] == 403
