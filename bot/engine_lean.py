"""What one message needs of Rasa, and no more: three habits of the engine that serve cases which cannot occur here.

Rasa stays whole (`rasa shell`, `rasa test` do not come by here); each step below says what it leaves out and why that is safe.
Together they took a message from 26 to 20 ms on one core (docs/decisions/0008).
"""

from __future__ import annotations

from typing import Any

import rasa.core.actions.action as rasa_action
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.exceptions import RasaException


def lean() -> None:
    """Call before the agent is loaded."""
    trust_own_actions()
    one_action_a_message()
    run_graphs_plainly()


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
