"""What bot/engine_lean.py puts in place of Rasa's own does the same. In a process of its own: it changes Rasa for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECK = """
from bot.no_tensorflow import leave_out
leave_out()
from rasa.shared.core.events import BotUttered, Event, SlotSet
names = ["bot", "slot", "user", "action", "session_started", "pause"]
before = {name: Event.resolve_by_type(name) for name in names}
from bot.engine_lean import lean
lean()
for _ in range(2):
    assert {name: Event.resolve_by_type(name) for name in names} == before
for wrong in ("no such event", "slots"):
    for _ in range(2):
        try:
            Event.resolve_by_type(wrong)
        except ValueError as error:
            assert wrong in str(error)
        else:
            raise AssertionError(wrong)
    assert Event.resolve_by_type(wrong, SlotSet) is SlotSet  # a default is of this one call
assert Event.from_parameters({"event": "bot", "text": "a"}) == BotUttered("a")

from rasa.core.processor import MessageProcessor
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.core.actions.action import ActionListen

class Processor:
    domain = Domain.empty()

tracker = DialogueStateTracker.from_events("a", [])
answers = [BotUttered("answer"), SlotSet("none", 1)]
MessageProcessor._log_action_on_tracker(Processor(), tracker, ActionListen(), answers, PolicyPrediction([1.0], "rules"))
assert [event.type_name for event in tracker.events] == ["action", "bot", "slot"] and tracker.events[1] is answers[0]
MessageProcessor._log_action_on_tracker(Processor(), tracker, ActionListen(), None, PolicyPrediction([1.0], "rules"))
assert len(tracker.events) == 4
print("same")
"""


def test_events_and_the_tracker_are_as_before(root: Path) -> None:
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", CHECK], cwd=root, capture_output=True, text=True, timeout=120)
    assert ran.stdout.strip().endswith("same"), ran.stderr[-2000:]
