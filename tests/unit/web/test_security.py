from __future__ import annotations

from course.web.security import SecurityHeaders, content_security_policy
from tests.unit.web.asgi import behind, call

POLICY = content_security_policy(("sha256-abc=",))


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def test_every_response_carries_the_headers() -> None:
    got = call(SecurityHeaders(behind, policy=POLICY, https=False))
    assert got.passed_on
    assert got.headers["content-security-policy"] == POLICY
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "same-origin"
    assert got.headers["x-frame-options"] == "DENY"


def test_only_https_promises_https() -> None:
    assert "strict-transport-security" not in call(SecurityHeaders(behind, policy=POLICY, https=False)).headers
    assert call(SecurityHeaders(behind, policy=POLICY, https=True)).headers["strict-transport-security"] == "max-age=31536000"


def test_inline_scripts_run_by_hash_alone() -> None:
    script = directives(POLICY)["script-src"]
    assert "'sha256-abc='" in script
    assert "'unsafe-inline'" not in script
    assert "'unsafe-eval'" not in POLICY


def test_the_policy_names_no_other_host() -> None:
    for name, sources in directives(POLICY).items():
        assert not [s for s in sources if not s.startswith("'") and s not in ("blob:", "data:")], name


def test_nobody_may_frame_the_course() -> None:
    assert directives(POLICY)["frame-ancestors"] == ["'none'"]
    assert directives(POLICY)["form-action"] == ["'self'"]
    assert directives(POLICY)["object-src"] == ["'none'"]
