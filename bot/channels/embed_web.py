"""GET /nhung over HTTP: how to embed the assistant, for the staff of portals."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.embed_page import PATH, Pinned, embed_page
from bot.gateway.settings import Settings


class EmbedPages:
    """pinned: the script's exact state and its hash; None = the page leaves that part out."""

    def __init__(self, settings: Settings, pinned: Pinned | None = None) -> None:
        self._settings, self._pinned = settings, pinned

    def routes(self) -> list[BaseRoute]:
        """To be mounted before the static files."""
        return [Route(PATH, self.page, methods=["GET"])]

    async def page(self, request: Request) -> Response:
        """Not cached: after an update the hash is another one."""
        told = self._settings.public_url
        page = embed_page(
            told or f"{request.url.scheme}://{request.url.netloc}",
            told=bool(told),
            pinned=self._pinned,
            keep_days=self._settings.keep_days,
            origins=self._settings.origins,
        )
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})
