"""A portal that embeds the widget: its pages in, a second server of another origin out. Some of its pages are hostile.

It listens on loopback as http://localhost, the API as http://127.0.0.1: another host name and another port, so another site.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

NONCE = "bm9uY2UtZm9yLXRlc3Rz"
HOSTILE = {
    "resets everything": "* { all: unset !important; }",
    "hides every div": "div, section, article, dialog, form, ul, li, p, button, textarea { display: none !important; }",
    "shouts": "body, body * { font-size: 60px !important; line-height: 1 !important; letter-spacing: 9px !important; text-transform: uppercase !important; }",
    "has small rems": "html { font-size: 62.5%; } body { font-size: 1.6rem; }",
    "paints over": "* { color: #eee !important; background: #fff !important; border-color: #fff !important; fill: #fff !important; }",
    "moves and shrinks": "* { transform: none; zoom: 1; writing-mode: vertical-rl !important; direction: rtl !important; }",
    "hides the unknown": ":not(:defined), mot-cua-chat { visibility: hidden !important; opacity: 0 !important; pointer-events: none !important; }",
    "takes all clicks of the front": ".front { position: fixed; inset: auto 0 0 0; height: 40%; z-index: 2147483647; background: #a00; }",
    "clips its page": "html, body { overflow: hidden; height: 100%; contain: paint; }",
}
"""Style sheets of portals: by what they do."""


@dataclass
class Site:
    """url: where it listens, no slash at the end. pages: path -> (HTML, headers), changed at will while it runs."""

    url: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def put(self, path: str, html: str, headers: Mapping[str, str] | None = None) -> str:
        """Serve this page from now on. Returns its address."""
        self.pages[path] = (html, dict(headers or {}))
        return f"{self.url}{path}"

    async def answer(self, request: Request) -> Response:
        """Any GET."""
        if request.url.path == "/favicon.ico":
            return Response(status_code=204)
        if request.url.path not in self.pages:
            return HTMLResponse("", 404)
        body, headers = self.pages[request.url.path]
        kind = "text/css" if request.url.path.endswith(".css") else "text/html"
        return Response(body, headers=headers, media_type=kind)


@contextmanager
def hosting() -> Iterator[Site]:
    """A site without pages on a free port of loopback."""
    site = Site()
    app = Starlette(routes=[Route("/{path:path}", site.answer)])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        site.url = f"http://localhost:{listener.getsockname()[1]}"
        try:
            yield site
        finally:
            server.should_exit = True
            thread.join(5)


def host_page(api: str, *, element: str = "<mot-cua-chat></mot-cua-chat>", script: str = "", head: str = "", more: str = "", lines: int = 12) -> str:
    """A portal's page around the widget: a link before it, text to scroll, a link and a field after it.

    script: attributes of the script tag; head, more: HTML before the script and after the footer's link.
    """
    text = "".join(f"<p>Tin số {n}: trang của cổng thông tin, không phải của trợ lý.</p>" for n in range(lines))
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cổng thông tin thử nghiệm</title>
{head}
<script src="{api}/widget.js" defer {script}></script>
</head>
<body>
<header><a href="#news">Trang chủ của cổng</a></header>
<main id="news"><h1>Tin của cổng</h1>{text}</main>
{element}
<footer><a href="#news">Chân trang của cổng</a></footer>
{more}
</body>
</html>"""


def strict_headers(api: str, *, by_nonce: bool = True) -> dict[str, str]:
    """The strictest policy a portal may send and still embed the widget."""
    source = f"'nonce-{NONCE}'" if by_nonce else api
    return {"Content-Security-Policy": (
        f"default-src 'none'; script-src {source}; style-src 'self'; img-src 'self'; connect-src {api}; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )}
