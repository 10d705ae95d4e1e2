"""The cookies of signing in: set and taken away in one place, so that name and path always fit."""

from __future__ import annotations

from starlette.responses import Response

from bot.staff.app import cookie_name
from bot.staff.visit import ROOT, Visit

OIDC = "can_bo_oidc"
OIDC_PATH = f"{ROOT}/login"
OIDC_SECONDS = 600


def token_of(visit: Visit) -> str:
    """What the browser brought; "" for nothing."""
    return (visit.cookies or {}).get(cookie_name(visit.desk), "")


def with_token(visit: Visit, answer: Response, token: str) -> Response:
    """Ends with the browser; the server ends it earlier (sessions.py). __Host- asks for the path "/" and TLS."""
    path = "/" if visit.secure else ROOT
    answer.set_cookie(cookie_name(visit.desk), token, path=path, httponly=True, samesite="lax", secure=visit.secure)
    return answer


def without_token(visit: Visit, answer: Response) -> Response:
    """Signed out."""
    path = "/" if visit.secure else ROOT
    answer.delete_cookie(cookie_name(visit.desk), path=path, httponly=True, samesite="lax", secure=visit.secure)
    return answer


def with_way(visit: Visit, answer: Response, sealed: str) -> Response:
    """Lax: the provider's page leads back to us, and a strict cookie would stay behind."""
    answer.set_cookie(OIDC, sealed, max_age=OIDC_SECONDS, path=OIDC_PATH, httponly=True, samesite="lax", secure=visit.secure)
    return answer


def without_way(visit: Visit, answer: Response) -> Response:
    """The way was walked, or could not be."""
    answer.delete_cookie(OIDC, path=OIDC_PATH, httponly=True, samesite="lax", secure=visit.secure)
    return answer
