"""What operators and their machines ask: alive, ready, how much."""

from __future__ import annotations

from flask import Flask, Response

from . import metrics as measured
from .state import State

NOT_STORED = {"Cache-Control": "no-store"}
TEXT = "text/plain; charset=utf-8"


def register(app: Flask, state: State, metrics: measured.Metrics | None) -> None:
    """Add /healthz and /readyz, and /metrics where there are some to serve."""
    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", headers=NOT_STORED, content_type=TEXT)

    @app.get("/readyz")
    def readyz() -> Response:
        reason = state.not_ready()
        return Response(f"{reason or 'ready'}\n", status=503 if reason else 200, headers=NOT_STORED, content_type=TEXT)

    if metrics is not None:
        @app.get("/metrics")
        def numbers() -> Response:
            return Response(metrics.text(), headers=NOT_STORED, content_type=measured.CONTENT_TYPE)
