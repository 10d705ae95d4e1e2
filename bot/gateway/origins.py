"""Headers of a request in, does it come from a page of a site that we know out. Pure.

Nothing here protects a secret: there are no cookies, so a foreign page has no more power than anybody. It keeps other sites
from living on this service, and from writing in a citizen's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

API = "/api"
OPEN_FORMS = ("/", "/chat")
"""Forms that other sites may send: the question begins a new conversation (chat_page_web.py), which harms nobody."""
_READING = ("GET", "HEAD")


class Origins:
    """allowed: sites that embed the widget, "https://portal.example". public_url: how citizens reach this server, "" = not told."""

    def __init__(self, allowed: Iterable[str] = (), public_url: str = "") -> None:
        self.allowed = tuple(allowed)
        parts = urlsplit(public_url)
        self._known = {*self.allowed, *([f"{parts.scheme}://{parts.netloc}".lower()] if public_url else [])}

    def knows(self, origin: str, host: str) -> bool:
        """Is `origin` on the list, or our own? host: the Host header. Behind TLS elsewhere our own scheme cannot be told, so
        only the names are compared. "null" (a file, a sandboxed frame) is nobody."""
        origin = origin.lower()
        scheme, _, place = origin.partition("://")
        return origin in self._known or (scheme in ("http", "https") and place != "" and place == host.lower())

    def foreign(self, method: str, headers: Mapping[str, str]) -> bool:
        """Was this sent by a page of another site? headers: names in lower case.

        Without Origin (a server, an old browser, a followed link) only a browser that says so itself is believed to be foreign,
        and reading is free. Our own forms send "null", because of our referrer policy.
        """
        origin = headers.get("origin")
        if origin not in (None, "null"):
            return not self.knows(origin, headers.get("host", ""))
        return method not in _READING and headers.get("sec-fetch-site", "none") not in ("same-origin", "none")

    def refuses(self, method: str, path: str, headers: Mapping[str, str]) -> bool:
        """Is this to be refused? The API: whatever another site sends, also when it cannot be told which ("null"). Pages and files:
        only what writes."""
        if is_api(path):
            return headers.get("origin") == "null" or self.foreign(method, headers)
        return method not in _READING and path not in OPEN_FORMS and self.foreign(method, headers)


def is_api(path: str) -> bool:
    """ "/api/chat" is, "/apis" is not."""
    return path == API or path.startswith(f"{API}/")
