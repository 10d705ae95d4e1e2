"""The engine's only door: the gateway's message in, the answers out as plain data. Loopback only; it trusts the gateway."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Awaitable, Callable, Dict, List, Text

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.answer import Answer, AnswerStatus
from actions.resources import resources, served_texts
from index.release import ReleaseError

logger = logging.getLogger(__name__)
THREADS = 16
"""For embedding and answering. Threads wait for the run that embeds several questions together; with asyncio's own six, answers
that were ready to be made queued behind them (eight users: 5 % fewer messages a second)."""


class AnswerCollector(OutputChannel):
    """Keeps what the bot says as Answer dictionaries, one a message."""

    def __init__(self) -> None:
        self.answers: List[Dict[Text, Any]] = []

    @classmethod
    def name(cls) -> Text:
        return "gateway"

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """An action's answer travels whole in `custom`; a response of domain.yml is a text with its status in `custom`, and the
        action's `why` beside it; the release may word it otherwise."""
        custom = message.get("custom") or {}
        said = served_texts().get(message.get("utter_action") or "") or message.get("text") or ""
        answer = {"text": said, "status": AnswerStatus.SMALLTALK_CHAT.value, "why": message.get("why"), **custom}
        self.answers.append(Answer.from_dict(answer).to_dict())


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/webhook {"sender", "message", "metadata"} -> [Answer, …]; [] when something failed here."""

    @classmethod
    def name(cls) -> Text:
        return "gateway"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("gateway_webhook", __name__)

        @blueprint.listener("before_server_start")
        async def open_threads(app: Any, loop: asyncio.AbstractEventLoop) -> None:
            loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="answers"))

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            body = request.json
            text = body["message"]
            prefetch(text)
            collector = AnswerCollector()
            try:
                await on_new_message(
                    UserMessage(text, collector, body["sender"], input_channel=self.name(), metadata=body.get("metadata"))
                )
            except Exception:
                # Without the text: Rasa's own channel logs it together with the locals.
                logger.exception("a message failed")
            return json(collector.answers)

        return blueprint


def prefetch(text: Text) -> None:
    """Starts embedding the question while Rasa still reads it: the encoder lets go of the interpreter, so both run at once."""
    try:
        library = resources().library()
    except ReleaseError:
        return  # the action will say so
    asyncio.get_running_loop().run_in_executor(None, library.search.warm, text)
