"""The office's own sign-in: authorization code with PKCE, state and nonce in; claims that its key signed, out.

What must survive the way there and back (state, nonce, verifier, where to go) lies sealed in the browser's own cookie, so that
nobody can fill our tables by starting, and nobody can finish in a browser that did not start.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any
from urllib.parse import quote_plus

import httpx
import sqlalchemy as sa
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy.engine import Engine

from bot.gateway.seal import Seal, SealError
from bot.staff.people.oidc_settings import OidcSettings, is_safe
from bot.staff.people.tables import OIDC_USED

WAY_SECONDS = 600.0
"""From the first step to the last."""
KEPT_SECONDS = 3600.0
"""How long what the provider says of itself is believed without asking again."""
TIMEOUT = 8.0
LEEWAY = 60
"""Seconds that the two clocks may differ."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signed with a key that only the provider holds: neither "none" nor a shared secret."""
DOWN = "Hệ thống đăng nhập của cơ quan không trả lời. Anh/chị thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu."
OVER = "Lượt đăng nhập này đã cũ hoặc đã dùng rồi. Anh/chị bấm đăng nhập lại từ đầu."
REFUSED = "Hệ thống đăng nhập của cơ quan chưa xác nhận được anh/chị. Anh/chị thử lại, vẫn không được thì báo người quản trị."


class OidcError(Exception):
    """sentence: Vietnamese, for the page. reason: one English word for the log. status: of HTTP."""

    def __init__(self, sentence: str, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.sentence, self.reason, self.status = sentence, reason, status


@dataclass(frozen=True, slots=True)
class Way:
    """address: at the provider. cookie: to be held by this browser until it comes back."""

    address: str
    cookie: str


class Provider:
    """clock: seconds since 1970. transport: how to reach the provider, for tests."""

    def __init__(
        self, settings: OidcSettings, engine: Engine, clock: Callable[[], float], data_key: bytes, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._settings, self._engine, self._clock, self._transport = settings, engine, clock, transport
        self._seal = Seal(data_key, "staff-oidc")
        self._lock, self._known_at = Lock(), float("-inf")
        self._metadata: dict[str, Any] = {}
        self._keys: Any = None

    def start(self, back: str, after: str) -> Way:
        """back: our own address for the way back. after: where to go then, below /can-bo. Raises OidcError."""
        metadata = self._about()
        held = {"state": secrets.token_urlsafe(24), "nonce": secrets.token_urlsafe(24), "verifier": secrets.token_urlsafe(48), "after": after}
        address = prepare_grant_uri(
            metadata["authorization_endpoint"], self._settings.client_id, "code", back, "openid profile email", held["state"],
            nonce=held["nonce"], code_challenge=create_s256_code_challenge(held["verifier"]), code_challenge_method="S256",
        )
        return Way(address, self._seal.seal({**held, "at": self._clock()}))

    def finish(self, back: str, cookie: str, state: str, code: str) -> tuple[Mapping[str, Any], str]:
        """(claims of the id token, where to go). Each way is walked once. Raises OidcError."""
        try:
            held = self._seal.open(cookie)
        except SealError:
            raise OidcError(OVER, "no_cookie") from None
        if not hmac.compare_digest(held["state"].encode(), state.encode("utf-8", "replace")):
            raise OidcError(OVER, "state")
        if not self._clock() - WAY_SECONDS < held["at"] <= self._clock():
            raise OidcError(OVER, "late")
        self._use(held["state"])
        token = self._exchange(self._about()["token_endpoint"], back, code, held["verifier"])
        return self._claims(token, held["nonce"]), str(held["after"])

    def _exchange(self, endpoint: str, back: str, code: str, verifier: str) -> str:
        """The code → the id token. Id and secret are form-encoded within HTTP Basic (RFC 6749, 2.3.1)."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        try:
            answer = self._http.post(endpoint, data=form, auth=(quote_plus(self._settings.client_id), quote_plus(self._settings.client_secret)))
        except httpx.HTTPError as error:
            raise OidcError(DOWN, "token_down", 502) from error
        if answer.status_code >= 500:
            raise OidcError(DOWN, "token_down", 502)
        try:
            return str(answer.raise_for_status().json()["id_token"])
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError) as error:
            raise OidcError(REFUSED, "token_refused", 403) from error

    def _claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        try:
            claims = self._signed(token)
            now = int(self._clock())
            needed = {"iss": {"essential": True, "value": self._settings.issuer}, "aud": {"essential": True, "value": self._settings.client_id}}
            needed |= {"nonce": {"essential": True, "value": nonce}, "exp": {"essential": True}, "iat": {"essential": True}, "sub": {"essential": True}}
            jwt.JWTClaimsRegistry(now=now, leeway=LEEWAY, **needed).validate(claims)  # type: ignore[arg-type]
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise OidcError(REFUSED, f"id_token_{type(error).__name__}", 403) from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", self._settings.client_id if not several else None) != self._settings.client_id:
            raise OidcError(REFUSED, "id_token_azp", 403)
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise OidcError(REFUSED, "id_token_sub", 403)
        return claims

    def _signed(self, token: str) -> dict[str, Any]:
        """A key that we do not know yet may be a new one: asked for once more, then refused."""
        self._about()
        try:
            return dict(jwt.decode(token, self._keys, algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError):
            self._about(again=True)
            return dict(jwt.decode(token, self._keys, algorithms=ALGORITHMS).claims)

    def _about(self, *, again: bool = False) -> dict[str, Any]:
        """What the provider says of itself, and its keys."""
        with self._lock:
            if not again and self._clock() - self._known_at < KEPT_SECONDS:
                return self._metadata
            try:
                metadata = self._http.get(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration").raise_for_status().json()
                if metadata["issuer"] != self._settings.issuer:
                    raise OidcError(REFUSED, "issuer", 502)
                if not all(is_safe(metadata[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")):
                    raise OidcError(REFUSED, "unsafe_endpoint", 502)
                keys = KeySet.import_key_set(self._http.get(metadata["jwks_uri"]).raise_for_status().json())
            except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
                raise OidcError(DOWN, "provider_down", 502) from error
            self._metadata, self._keys, self._known_at = metadata, keys, self._clock()
            return metadata

    @cached_property
    def _http(self) -> httpx.Client:
        """One for all: making it reads every certificate authority of the machine."""
        return httpx.Client(timeout=TIMEOUT, transport=self._transport, follow_redirects=False, trust_env=False)

    def _use(self, state: str) -> None:
        mark = hashlib.sha256(state.encode()).hexdigest()
        try:
            with self._engine.begin() as connection:
                connection.execute(OIDC_USED.delete().where(OIDC_USED.c.at < self._clock() - 2 * WAY_SECONDS))
                connection.execute(OIDC_USED.insert(), [{"state_hash": mark, "at": self._clock()}])
        except sa.exc.IntegrityError:
            raise OidcError(OVER, "replayed") from None
