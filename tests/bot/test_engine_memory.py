"""The engine keeps nothing of a talk: the tracker store as Rasa itself makes it, in a process of its own, after a message."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORE = "bot.engine_memory.ForgetfulTrackerStore"
TALK = f"""
from bot.no_tensorflow import leave_out
leave_out()
from bot.quiet import quiet
quiet()
import asyncio, json
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.utils.endpoints import EndpointConfig

async def talk():
    store = TrackerStore.create(EndpointConfig(type={STORE!r}), Domain.empty())
    tracker = await store.get_or_create_tracker("A" * 22)
    tracker.update(UserUttered("kangaroo"))
    await store.save(tracker)
    again = await store.retrieve("A" * 22)
    full = await store.retrieve_full_tracker("A" * 22)
    return dict(
        said=str([event.as_dict() for event in [*tracker.events]]),
        kept=str([event.as_dict() for event in [*again.events, *full.events]]),
        names=list(await store.keys()),
    )

found = asyncio.run(talk())
endpoints = AvailableEndpoints.read_endpoints({str(ROOT / "endpoints.yml")!r})
found["bare"] = [endpoints.tracker_store, endpoints.event_broker]
print(json.dumps(found))
"""


def test_after_a_message_nobody_is_known_and_nothing_is_written(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", TALK], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert "kangaroo" in found["said"] and "kangaroo" not in found["kept"] and found["names"] == []
    assert found["bare"] == [None, None], "endpoints.yml gives bare `rasa run` no store that lasts"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_it_is_the_store_that_the_served_engine_uses() -> None:
    assert f'tracker_store=EndpointConfig(type="{STORE}")' in (ROOT / "bot" / "engine.py").read_text("utf-8")
