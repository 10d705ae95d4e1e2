"""What is counted of sending and of tokens, in Prometheus' terms. No label holds a user or a text."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge


class OutboxMetrics:
    """registry: the gateway's own (Metrics.registry); a set of instruments may be registered there once."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry = registry or CollectorRegistry()
        self.sends = Counter(
            "mot_cua_sends", "Messages handed to a messenger, by channel and what came of it", ["channel", "result"], registry=registry
        )
        self.rows = Gauge("mot_cua_outbox_rows", "Rows of the outbox, by channel and state", ["channel", "state"], registry=registry)
        self.token_age = Gauge("mot_cua_token_age_seconds", "Age of the access token", ["provider"], registry=registry)
        self.token_failures = Counter(
            "mot_cua_token_refresh_failures", "Refreshes of a token that failed, by reason", ["provider", "reason"], registry=registry
        )
