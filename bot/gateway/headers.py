"""Who may frame us, and do we speak TLS, in; the security headers of every answer out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HSTS_SECONDS = 365 * 24 * 3600
Headers = Mapping[bytes, bytes]


def security_headers(origins: Sequence[str] = (), *, https: bool = False) -> Headers:
    """Lower-case names. origins: sites that may show our pages in a frame. https: citizens reach us by TLS."""
    headers = {
        b"content-security-policy": content_policy(origins).encode(),
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"no-referrer",
        b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
    }
    if not origins:
        # For browsers older than frame-ancestors. It knows no list: with one it would shut out the portals themselves.
        headers[b"x-frame-options"] = b"SAMEORIGIN"
    if https:
        headers[b"strict-transport-security"] = b"max-age=%d" % HSTS_SECONDS
    return headers


def content_policy(origins: Sequence[str] = ()) -> str:
    """No inline script or style, no text that becomes markup: what a citizen typed can never become code on the page."""
    return "; ".join((
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        " ".join(("frame-ancestors 'self'", *origins)),
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ))
