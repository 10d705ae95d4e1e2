"""What is counted of the messengers' events, in Prometheus' terms. No label holds a user or a text."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge


class InboxMetrics:
    """registry: the gateway's own (Metrics.registry); a set of instruments may be registered there once."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry = registry or CollectorRegistry()
        self.events = Counter(
            "mot_cua_inbox_events", "Webhook calls, by channel and what came of them", ["channel", "result"], registry=registry
        )
        self.handled = Counter(
            "mot_cua_inbox_handled", "Events answered or not, by channel and what came of it", ["channel", "result"], registry=registry
        )
        self.rows = Gauge("mot_cua_inbox_rows", "Rows of the inbox that are not done", ["channel", "state"], registry=registry)
        self.oldest = Gauge("mot_cua_inbox_oldest_seconds", "Age of the event that waits longest", registry=registry)
