"""A process of its own that sends what is in an outbox, for tests that kill it. argv: database, address of the fake, lease, wait."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from bot.channels.zalo_http import ZaloHttp
from bot.channels.zalo_oauth import ZaloOAuth
from bot.channels.zalo_sender import ZaloSender
from bot.channels.zalo_tokens import Tokens
from bot.gateway.database import open_database
from bot.gateway.outbox_verdict import OutboxLimits
from bot.gateway.outbox_worker import OutboxWorker
from bot.gateway.seal import Seal

SEAL = Seal(b"0123456789abcdef0123456789abcdef", "tokens")


async def main(url: str, zalo: str, lease: float, echo_wait: float) -> None:
    engine, http = open_database(Path(), url), ZaloHttp()
    sender = ZaloSender(http, Tokens(engine, SEAL, ZaloOAuth(http, zalo, "", "")), zalo)
    limits = OutboxLimits(poll=0.02, lease=lease, echo_wait=echo_wait, first_pause=0.05)
    await OutboxWorker(engine, {"zalo": sender}, limits=limits).run()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests themselves were started in the background
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])))
