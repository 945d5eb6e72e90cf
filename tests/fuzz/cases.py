"""All cases of an attack: so many, from a seed, on a real server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from tests.fuzz import packets
from tests.fuzz.events import payload_models
from tests.fuzz.payloads import as_text, payloads
from tests.fuzz.target import Target

ROUTES = ["/", "/healthz", "/figure/race", "/static/css/tokens.css", "/static/v000000000000/js/main.js", "/nothing",
          "/socket.io", "/class/ABCDEF", "/teach/ABCDEF", "/class/ABCDEF/qr.svg", "/metrics"]
SHARES = {"request": 0.8, "packet": 0.08, "frames": 0.04, "http": 0.08}


def attack(target: Target, cases: int, seed: int) -> None:
    """Send so many cases; AssertionError, with the smallest case that shows it, at the first broken promise."""
    models = payload_models()
    known = [st.tuples(st.just(event), payloads(model)) for event, owned in models.items() for model in owned]
    asked = st.one_of(*known, st.tuples(st.text(max_size=20), st.just({})))

    def request(case: tuple[str, Any]) -> None:
        event, payload = case
        target.request(event, as_text(payload), event if event in models else "unknown event")

    _run(request, asked, int(cases * SHARES["request"]), seed)
    _run(target.packet, packets.packets, int(cases * SHARES["packet"]), seed)
    _run(target.frames, packets.frames, int(cases * SHARES["frames"]), seed)
    _run(target.http, packets.requests(ROUTES), int(cases * SHARES["http"]), seed)


def _run(send: Callable[[Any], None], strategy: st.SearchStrategy[Any], cases: int, seed: int) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(max_examples=max(1, cases), deadline=None, database=None, print_blob=False,
                         phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))
    @hypothesis.given(strategy)
    def each(case: Any) -> None:
        send(case)

    each()
