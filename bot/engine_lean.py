"""What one message needs of Rasa, and no more: habits of the engine that serve cases which cannot occur here.

Rasa stays whole (`rasa shell`, `rasa test` do not come by here); each step below says what it leaves out and why that is safe.
What they save is in docs/decisions/0008; tests/bot/test_rules.py holds what they rest on.
"""

from __future__ import annotations

from typing import Any

import rasa.core.actions.action as rasa_action
import rasa.server as rasa_server
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException


def lean() -> None:
    """Call before the agent is loaded."""
    trust_own_actions()
    one_action_a_message()
    one_prediction_an_intent()
    no_slots_to_fill()
    trust_own_intents()
    run_graphs_plainly()
    know_events_by_name()
    no_copies_for_the_log()
    no_foreign_pages()


def trust_own_actions() -> None:
    """Rasa checks every action's answer against a JSON schema, built anew each time: 35 ms a message, 1 ms with the validator
    kept. It guards against foreign action servers; ours runs in this process, and its shape is all that can go wrong."""

    def _validate(self: Any, result: Any) -> bool:
        if not all(isinstance(result.get(part), list) for part in ("events", "responses")):
            raise RasaException(f"an action gave {sorted(result)}; expected lists of events and responses")
        return True

    rasa_action.RemoteAction._validate_action_result = _validate


def one_action_a_message() -> None:
    """Every rule of data/rules is one action (tests/bot/test_rules.py holds it). Rasa asks its policies again after it, only
    to hear that it should listen; the tracker is not kept, so nobody reads that answer."""
    MessageProcessor.should_predict_another_action = staticmethod(lambda action_name: False)


def one_prediction_an_intent() -> None:
    """Every tracker is a fresh one, no slot influences a rule, and every rule is decided by the intent alone: what the policies say
    of an intent is asked once a model."""
    ask = MessageProcessor._predict_next_with_tracker

    def predict(self: Any, tracker: DialogueStateTracker) -> PolicyPrediction:
        if tracker.followup_action or not tracker.latest_message:
            return ask(self, tracker)
        known = self.__dict__.setdefault("_predictions", {})
        intent = tracker.latest_message.intent_name
        if intent not in known:
            known[intent] = ask(self, tracker)
        return known[intent]

    MessageProcessor._predict_next_with_tracker = predict


def no_slots_to_fill() -> None:
    """All slots are set by the action; Rasa looks through them and the domain's forms at every message."""

    async def keep(self: Any, output_channel: Any, tracker: DialogueStateTracker) -> DialogueStateTracker:
        return tracker

    MessageProcessor.run_action_extract_slots = keep


def trust_own_intents() -> None:
    """Rasa builds an empty domain at every message, to see whether ours is one, before it looks for intents that the domain lacks.
    Training has refused those already."""
    MessageProcessor._check_for_unseen_features = lambda self, parse_data: None


def know_events_by_name() -> None:
    """Rasa looks through all kinds of events, and whether each is abstract, for every event of an action: seven a message."""
    find, known = Event.resolve_by_type, {}

    def resolve(type_name: str, default: Any = None) -> Any:
        if default is not None:
            return find(type_name, default)
        if type_name not in known:
            known[type_name] = find(type_name)
        return known[type_name]

    Event.resolve_by_type = staticmethod(resolve)


def no_copies_for_the_log() -> None:
    """Rasa copies all events of an action, answers included, for a line of its debug log, which is off and would hold what a citizen
    wrote. Whether the action rejected itself has been looked at before (MessageProcessor._run_action)."""

    def log(self: Any, tracker: DialogueStateTracker, action: Any, events: list[Event] | None, prediction: PolicyPrediction) -> None:
        tracker.update_with_events(prediction.events, self.domain)
        tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events or [], self.domain)

    MessageProcessor._log_action_on_tracker = log


def no_foreign_pages() -> None:
    """Rasa lets Sanic weigh at every answer whether a page of another site may read it (CORS). Only the gateway asks, on loopback; a
    page of another site is refused by the browser when nothing is said."""
    rasa_server.configure_cors = lambda app, cors_origins=None: None


def run_graphs_plainly() -> None:
    """The graph of components is a chain of ten: dask's scheduler costs more than some of its nodes."""

    def run(self: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        wanted = targets or self._graph_schema.target_names
        done: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}

        def result(name: str) -> tuple[str, Any]:
            if name not in done:
                node = self._graph_schema.nodes[name]
                done[name] = self._instantiated_nodes[name](*(result(need) for need in node.needs.values()))
            return done[name]

        return dict(result(name) for name in wanted)

    DaskGraphRunner.run = run
