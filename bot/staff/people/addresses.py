"""Where to go after signing in: only ever a page of this app."""

from __future__ import annotations

import re


def safe_next(path: str) -> str:
    """A path below /can-bo, with its query, as typed by anybody -> the same, or "/" for whatever could lead elsewhere.

    What comes back is always put behind "/can-bo", so it names no host; "//" and dot segments, which browsers read in
    their own ways, and control characters, which would end a header, are refused. Signing in and out are no places to go.
    """
    if not re.fullmatch(r"/[A-Za-z0-9._~/%?&=+,:@-]*", path) or len(path) > 500:
        return "/"
    place = path.partition("?")[0]
    if "//" in place or "%" in place or re.search(r"/\.{1,2}(/|$)", place) or re.match(r"/(login|logout|static)(/|$)", place):
        return "/"
    return path
