"""A tracker store that keeps nothing: the state of a talk travels with each message (metadata.state).

So an engine can die or be swapped without a talk losing its thread, replicas need no shared store, nothing a citizen wrote
stays in this process, and a long talk is as fast as a short one (Rasa writes the whole tracker anew at every message).
"""

from __future__ import annotations

from typing import Any, Iterable, Optional, Text

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker


class ForgetfulTrackerStore(TrackerStore):
    """Every message begins a fresh tracker."""

    def __init__(self, host: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps nothing."""

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """A talk that has just begun, so that Rasa need not run the actions which begin one."""
        begun = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)]
        return DialogueStateTracker.from_events(sender_id, begun, self.domain.slots)

    async def keys(self) -> Iterable[Text]:
        """Names nobody."""
        return []
