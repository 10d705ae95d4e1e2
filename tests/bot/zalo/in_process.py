"""A process of its own that takes events and is killed: `in_process.py URL hold|answer`; says "taken" once it holds one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.channels.outgoing import Outgoing
from bot.gateway.database import open_database
from bot.gateway.inbox_queue import Outcome, Taken
from bot.gateway.inbox_worker import InboxLimits, InboxWorker


class Desk:
    """Holds events for ever, or answers them."""

    def __init__(self, holds: bool) -> None:
        self._holds = holds

    async def answer(self, taken: Taken) -> Outcome:
        print("taken", flush=True)
        if self._holds:
            await asyncio.Event().wait()
        return Outcome((Outgoing(f"trả lời {taken.text}"),))

    def apology(self, taken: Taken) -> Outcome:
        return Outcome()


if __name__ == "__main__":
    engine = open_database(Path(), sys.argv[1])
    worker = InboxWorker(
        engine, Desk(sys.argv[2] == "hold"), ("zalo",), limits=InboxLimits(lease=600, poll=0.01), on_answer=lambda: print("answered", flush=True)
    )
    asyncio.run(worker.run())
