"""GET /du-lieu-mo/luot-hoi.json and .csv for everybody, where the office has switched it on (MOT_CUA_OPEN_DATA=1)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.staff.figures.open_data import complete, csv_of_cells, describe, json_of, read_cells
from bot.staff.figures.period import Period, read_period

PATH = "/du-lieu-mo/luot-hoi"
FRESH = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}


def open_data_answer(engine: Engine, query: Period, now: float, kind: str, licence: str = "") -> Response:
    """kind: "json" or "csv"."""
    period = complete(query, now)
    with engine.connect() as connection:
        cells = read_cells(connection, period)
    if kind == "json":
        return JSONResponse(json_of(cells, describe(period, now, licence=licence)))
    name = f"luot-hoi-{period.first}_{period.last}.csv" if period else "luot-hoi.csv"
    return Response(csv_of_cells(cells), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})


class OpenDataPages:
    """Only complete days are told, so an answer may be kept for an hour."""

    def __init__(self, engine: Engine, clock: Callable[[], float], licence: str = "") -> None:
        self._engine, self._clock, self._licence = engine, clock, licence

    def routes(self) -> list[Route]:
        """To be mounted only where the office wants it."""
        return [Route(f"{PATH}.{kind}", self._answer_as(kind), methods=["GET"]) for kind in ("json", "csv")]

    def _answer_as(self, kind: str):  # noqa: ANN202 - Starlette's own type
        async def answer(request: Request) -> Response:
            now = self._clock()
            period, errors = read_period(request.query_params, now)
            if errors:
                return JSONResponse({"error": next(iter(errors.values()))}, 400, FRESH)
            told = await run_in_threadpool(open_data_answer, self._engine, period, now, kind, self._licence)
            told.headers.update(FRESH)
            return told

        return answer
