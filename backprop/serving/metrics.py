"""What Prometheus may ask for: how many, how long, how often refused. No learner is told from another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ..spec import Strict

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OTHER = "other"  # what a client makes up gets no label of its own
OWN_FIELDS = ("payload", "event", "message", "rate", "server", "code", "key")
SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)

Handler = Callable[..., Any]


class Live(Collector):
    """Read at the moment of asking what others count."""

    def __init__(self, connected: Callable[[], int], sent: Callable[[], int], unsent: Callable[[], int]) -> None:
        """Keep where to look."""
        self._connected, self._sent, self._unsent = connected, sent, unsent

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers."""
        yield GaugeMetricFamily("backprop_learners_connected", "Connections that are open now.",
                                value=self._connected())
        yield GaugeMetricFamily("backprop_unsent_bytes", "Bytes that are being sent and not taken.",
                                value=self._unsent())
        yield CounterMetricFamily("backprop_sent_bytes", "Bytes sent over WebSockets.", value=self._sent())


class Metrics:
    """Count answers by event, refusals by field, connections turned away; in a registry of its own."""

    def __init__(self, events: Iterable[str]) -> None:
        """Begin at nothing; `events` are the names that get a label."""
        self._events = frozenset(events)
        self._fields = frozenset(known_fields())
        self._registry = CollectorRegistry(auto_describe=True)
        self._answers = Counter("backprop_answers", "Requests answered, refusals among them.", ["event"],
                                registry=self._registry)
        self._seconds = Histogram("backprop_answer_seconds", "From a request to its answer, which may be there.",
                                  ["event"], buckets=SECONDS, registry=self._registry)
        self._refused = Counter("backprop_refused", "Requests refused.", ["field"], registry=self._registry)
        self._turned_away = Counter("backprop_connections_refused", "Connections beyond the bound.",
                                    registry=self._registry)

    def watch(self, connected: Callable[[], int], sent: Callable[[], int], unsent: Callable[[], int]) -> None:
        """Show the numbers that these give."""
        self._registry.register(Live(connected, sent, unsent))

    def turned_away(self) -> None:
        """Count a connection that found no place."""
        self._turned_away.inc()

    def counted(self, handler: Handler) -> Handler:
        """Return the handler of requests, each answer counted; None is none."""
        def counting(name: str, *payload: object) -> Any:
            begun = time.perf_counter()
            answer = handler(name, *payload)
            if answer is None:
                return None
            event = name if name in self._events else OTHER
            self._answers.labels(event).inc()
            self._seconds.labels(event).observe(time.perf_counter() - begun)
            if isinstance(answer, dict) and answer.get("ok") is False:
                field = str(answer["error"]["field"]).split(".", 1)[0]
                self._refused.labels(field if field in self._fields else OTHER).inc()
            return answer

        return counting

    def text(self) -> bytes:
        """Return all of it as Prometheus reads it."""
        return generate_latest(self._registry)


def known_fields() -> Iterator[str]:
    """Yield the names that the fields of requests have, and those that are no field of any."""
    yield from OWN_FIELDS
    waiting: list[type[Any]] = [Strict]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        for name, field in model.model_fields.items():
            yield field.alias or name
