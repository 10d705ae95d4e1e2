"""Is the process up (/healthz), can it answer in full (/readyz, part by part), what has it done (/metrics)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway.engine import EnginePool
from bot.gateway.metrics import Metrics


def current_release(var: Path) -> str | None:
    """The id of the release that serves, None when there is none. Looks only at the pointer: /readyz is asked often."""
    folder = var / "releases" / "current"
    return folder.resolve().name if (folder / "manifest.json").is_file() else None


class Health:
    """release: () → id of the current release or None. beside: parts that are shown and do not decide, name → () → its status."""

    def __init__(
        self,
        pool: EnginePool,
        metrics: Metrics,
        release: Callable[[], str | None],
        beside: Mapping[str, Callable[[], dict[str, Any]]] | None = None,
    ) -> None:
        self._pool, self._metrics, self._release, self._beside = pool, metrics, release, beside or {}

    def routes(self) -> list[Route]:
        """To be mounted at the root."""
        return [Route("/healthz", self.healthz), Route("/readyz", self.readyz), Route("/metrics", self.metrics)]

    async def healthz(self, request: Request) -> Response:
        """200 as long as the event loop turns."""
        return JSONResponse({"status": "ok"})

    async def readyz(self, request: Request) -> Response:
        """200 when release and an engine (with its model) are ready, else 503; the body says which part is not."""
        parts = self.parts()
        ready = all(part["ready"] for part in parts.values())
        shown = parts | {name: status() for name, status in self._beside.items()}
        return JSONResponse({"ready": ready, "parts": shown}, 200 if ready else 503)

    def parts(self) -> dict[str, dict[str, Any]]:
        """The engine answered a first message before it counts as ready, so its model is proven with it."""
        release, engine = self._release(), self._pool.status()
        return {
            "release": {"ready": release is not None, "id": release},
            "model": {"ready": engine["model"] is not None, "name": engine["model"]},
            "engine": {"ready": engine["ready"] > 0, "engines_ready": engine["ready"], "engines_wanted": engine["wanted"]},
        }

    async def metrics(self, request: Request) -> Response:
        """Prometheus' text format."""
        self._metrics.engines_ready.set(self._pool.ready)
        return Response(self._metrics.text(), media_type=CONTENT_TYPE_LATEST)
