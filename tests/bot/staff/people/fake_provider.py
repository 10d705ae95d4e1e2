"""An OpenID provider on loopback that lies on demand: metadata, keys, codes with PKCE, id tokens of any kind."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
"""Made once: that takes a second."""
CLIENT, SECRET = "mot-cua", "a secret for tests only"


@dataclass
class FakeProvider:
    """claims: put over what an honest id token says; None takes one out. lie: "none", "hs256", "other_key", "garbage" or "" (honest)."""

    now: float
    base: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    lie: str = ""
    up: bool = True
    issuer: str = ""
    key: Any = field(default_factory=lambda: KEY)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def code_for(self, address: str) -> tuple[str, str]:
        """What a browser brings back from the address it was sent to: (state, code)."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code" and query["code_challenge_method"] == "S256" and query["client_id"] == CLIENT
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        return query["state"], code

    def answer(self, method: str, path: str, body: str, headers: Any) -> tuple[int, Any]:
        self.asked.append(path)
        if not self.up:
            return 503, {"error": "down"}
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
            return 200, {"issuer": self.issuer or self.base, **{name: self.base + place for name, place in names.items()}}
        if path == "/jwks":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        if (method, path) == ("POST", "/token"):
            return self._token({name: values[0] for name, values in parse_qs(body).items()}, headers.get("Authorization", ""))
        return 404, {}

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        asked = self.codes.pop(form.get("code", ""), None)
        fits = asked and _s256(form.get("code_verifier", "")) == asked["code_challenge"] and form.get("redirect_uri") == asked["redirect_uri"]
        if not fits or unquote_plus(base64.b64decode(authorization.removeprefix("Basic ")).decode()) != f"{CLIENT}:{SECRET}":
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": self.base, "aud": CLIENT, "sub": "u-1", "exp": int(self.now) + 300, "iat": int(self.now), "nonce": asked["nonce"],
            "preferred_username": "Nguyen.Lan", "name": "Nguyễn Thị Lan", "groups": ["mc-bien-tap"], **self.claims,
        }
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._sign({name: value for name, value in claims.items() if value is not None})}

    def _sign(self, claims: dict[str, Any]) -> str:
        if self.lie == "garbage":
            return "a.b.c"
        if self.lie == "none":
            return f"{_part({'alg': 'none'})}.{_part(claims)}."
        if self.lie == "hs256":
            public = OctKey.import_key(self.key.as_pem(private=False).replace(b"-----", b"==="))
            return jwt.encode({"alg": "HS256", "kid": "one"}, claims, public)
        key = RSAKey.generate_key(2048, {"kid": "one"}, private=True) if self.lie == "other_key" else self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


@contextmanager
def running_provider(now: float) -> Iterator[FakeProvider]:
    provider = FakeProvider(now)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self._serve("GET", "")

        def do_POST(self) -> None:  # noqa: N802
            self._serve("POST", self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        def _serve(self, method: str, body: str) -> None:
            status, value = provider.answer(method, self.path, body, self.headers)
            raw = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _s256(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
