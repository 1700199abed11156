"""An OpenID provider of our own, as small as the protocol allows: whoever comes is signed in as one person."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = "course"
SECRET = "a secret of thirty-two characters!"


@dataclass
class Provider:
    """`person` are the claims of whoever signs in next; `nonces` what each handed-out code was asked with."""

    url: str
    person: Mapping[str, Any]
    nonces: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str, query: Mapping[str, str]) -> Mapping[str, Any] | str:
        """JSON for a path, or the address to go on to."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "id_token_signing_alg_values_supported": ["HS256"],
            }
        if path == "/keys":
            return {"keys": [{"kty": "oct", "kid": "one", "alg": "HS256", "k": _b64(SECRET.encode())}]}
        if path == "/authorize":
            code = f"code-{len(self.nonces)}"
            self.nonces[code] = query.get("nonce", "")
            return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        return {"access_token": "none", "token_type": "Bearer", "expires_in": 300, "id_token": self._token(query["code"])}

    def _token(self, code: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonces[code], **self.person}
        head = _b64(json.dumps({"alg": "HS256", "kid": "one"}).encode())
        body = f"{head}.{_b64(json.dumps(claims).encode())}"
        return f"{body}.{_b64(hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).digest())}"


@contextmanager
def provider(**person: Any) -> Iterator[Provider]:
    """A provider on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, query: str) -> None:
            found = one.answer(urlsplit(self.path).path, {k: v[-1] for k, v in parse_qs(query).items()})
            body = b"" if isinstance(found, str) else json.dumps(found).encode()
            self.send_response(302 if isinstance(found, str) else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if isinstance(found, str):
                self.send_header("Location", found)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one = Provider(f"http://127.0.0.1:{server.server_address[1]}", person)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield one
        server.shutdown()


def secrets_file(one: Provider, port: int) -> str:
    """What the operator writes into Streamlit's secrets."""
    return (
        "[auth]\n"
        f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        'cookie_secret = "another secret of many characters, made up"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'server_metadata_url = "{one.url}/.well-known/openid-configuration"\n'
    )


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
