"""The private process: Rasa with its actions inside it, one channel on loopback, no HTTP API.

    python -m bot.engine --port 5005 --model var/models/current.tar.gz

Without a port it loads everything, and forks an engine for each port that it is told (bot/engine_zygote.py).

Why not `rasa run` and `rasa run actions`: the action server costs 120 MB, 3-5 ms a message and an open port on 0.0.0.0;
Rasa checks the JSON schema of every action's answer against its metaschema again and again, 33 ms a message.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import threading
from pathlib import Path
from typing import Any, Text

from bot.no_tensorflow import leave_out
from bot.quiet import quiet

leave_out()
quiet()

from aiohttp import ClientResponseError  # noqa: E402 - after quiet(), which must come first
from rasa.core import run as rasa_run  # noqa: E402
from rasa.core.agent import Agent, load_agent  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from rasa.utils.common import configure_logging_and_warnings  # noqa: E402
from rasa.utils.endpoints import EndpointConfig  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402
from rasa_sdk.executor import ActionExecutor  # noqa: E402
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException  # noqa: E402

from actions.resources import resources  # noqa: E402
from bot import engine_zygote  # noqa: E402
from bot.engine_lean import lean  # noqa: E402
from bot.nlu.tokenizer import words  # noqa: E402
from index.shelf import Shelf  # noqa: E402

logger = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server, and runs the action here."""

    def __init__(self) -> None:
        super().__init__("in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(
        self,
        method: Text = "post",
        subpath: Text | None = None,
        content_type: Text | None = None,
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Raises ClientResponseError 400 when the action rejects, 404 when there is no such action, as the server would."""
        try:
            result = await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            raise ClientResponseError(_no_request(), (), status=400, message=str(rejection)) from rejection
        except ActionNotFoundException as missing:
            raise ClientResponseError(_no_request(), (), status=404, message=str(missing)) from missing
        return result.model_dump() if hasattr(result, "model_dump") else result


def _no_request() -> Any:
    from aiohttp import RequestInfo
    from multidict import CIMultiDict, CIMultiDictProxy
    from yarl import URL

    return RequestInfo(URL("in-process://actions"), "POST", CIMultiDictProxy(CIMultiDict()), URL("in-process://actions"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, help="serve it; without one, engines are forked as standard input says")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--release-dir", type=Path, default=Path("var/releases"), help="the folder whose `current` is served")
    args = parser.parse_args()
    os.environ["MOT_CUA_VAR"] = str(args.release_dir.resolve().parent)  # read by actions.resources, here and in the actions
    configure_structlog(logging.WARNING)
    configure_logging_and_warnings(log_level=logging.WARNING, warn_only_once=True, filter_repeated_logs=True)
    lean()
    endpoints = AvailableEndpoints(
        action=InProcessActions(), tracker_store=EndpointConfig(type="bot.engine_memory.ForgetfulTrackerStore")
    )
    agent = load(args.model, endpoints)

    def serve_copy(port: int) -> None:
        resources().refresh()
        serve(agent, args.model, endpoints, port)

    if args.port is None:
        engine_zygote.run(serve_copy)
    else:
        serve(agent, args.model, endpoints, args.port)


def load(model: Path, endpoints: AvailableEndpoints) -> Agent:
    """The model and, beside it, what else a message needs. No thread is left when it returns: a copy would lack it."""
    warm = threading.Thread(target=_warm, name="warm")  # the release opens while Rasa loads its model
    warm.start()
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(load_agent(model_path=str(model), endpoints=endpoints, loop=loop))
    finally:
        loop.close()
        warm.join()


def serve(agent: Agent, model: Path, endpoints: AvailableEndpoints, port: int) -> None:
    """Until it is told to stop. The agent is there already; Rasa would load one when its server starts."""

    async def give(_model: Any, _endpoints: Any, _storage: Any, app: Any, _loop: Any) -> Agent:
        app.ctx.agent = agent
        return agent

    rasa_run.load_agent_on_start = give
    rasa_run.serve_application(
        str(model),
        interface="127.0.0.1",
        port=port,
        credentials=str(Path(__file__).with_name("credentials.yml")),
        endpoints=endpoints,
        enable_api=False,
    )


def _warm() -> None:
    try:
        words("khai sinh")  # loads the word segmenter
        procedures = resources().library().search.procedures
        if isinstance(procedures, Shelf):
            procedures.warm()  # every copy has them
    except Exception as error:  # said again, to the citizen too, by the action that needs it
        logger.error("release not ready: %s", error)


if __name__ == "__main__":
    main()
