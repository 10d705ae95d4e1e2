"""What is counted, in Prometheus' terms. No label ever holds anything a citizen wrote."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds: masking takes parts of a millisecond, an engine tens of them, the time-out is 8 s."""


class Metrics:
    """One set of instruments a gateway, with an own registry so that two gateways may live in one process (tests)."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.messages = Counter(
            "mot_cua_messages",
            "Answers given, by channel and status",
            ["channel", "status"],
            registry=registry,
        )
        self.steps = Histogram(
            "mot_cua_step_seconds",
            "Time of a message by step: mask, engine, fallback, total",
            ["step"],
            registry=registry,
            buckets=BUCKETS,
        )
        self.restarts = Counter("mot_cua_engine_restarts", "Engines started anew, by reason", ["reason"], registry=registry)
        self.fallbacks = Counter(
            "mot_cua_fallback_answers",
            "Answers found without an engine, by reason",
            ["reason"],
            registry=registry,
        )
        self.refused = Counter(
            "mot_cua_refused_requests",
            "Requests refused, by channel and HTTP status",
            ["channel", "code"],
            registry=registry,
        )
        self.rate_limited = Counter("mot_cua_rate_limited", "Requests over the rate limit", ["channel"], registry=registry)
        self.turns_lost = Counter("mot_cua_turns_lost", "Answered questions that could not be recorded", registry=registry)
        self.turns_waiting = Gauge("mot_cua_turns_waiting", "Answered questions that wait to be recorded", registry=registry)
        self.in_flight = Gauge("mot_cua_in_flight", "Messages being answered now", registry=registry)
        self.engines_ready = Gauge("mot_cua_engines_ready", "Engines that can take a message now", registry=registry)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Observe how long the block took, also when it raises."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.steps.labels(step).observe(time.perf_counter() - began)

    def text(self) -> bytes:
        """The exposition format of Prometheus, UTF-8."""
        return generate_latest(self.registry)
