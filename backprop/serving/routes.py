"""The pages over HTTP: the page itself, its files, and a sign of life."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, render_template
from flask.json.provider import DefaultJSONProvider
from jinja2 import TemplateNotFound

from ..presets import PRESETS
from .answers import Answers

TEXT = "text/plain; charset=utf-8"


class StrictProvider(DefaultJSONProvider):
    """Encode as the wire does: no NaN, no guessing, fields in their order."""

    sort_keys = False

    def dumps(self, obj: Any, **options: Any) -> str:
        """Return strict JSON; ValueError for NaN and infinities, TypeError for what is not plain JSON."""
        return json.dumps(obj, allow_nan=False, separators=(",", ":"))


def boot(answers: Answers) -> dict[str, Any]:
    """Return what the page is served with: the catalog, and pass 0 of the first preset."""
    first = answers.one_pass({"spec": PRESETS[0].spec.as_dict(), "pass": 0})
    return {"catalog": json.loads(answers.catalog({}).text), "first": json.loads(first.text)}


def register(app: Flask, answers: Answers) -> None:
    """Add the routes."""
    served_with = boot(answers)

    @app.get("/")
    def index() -> Response:
        try:
            page = app.make_response(render_template("index.html", boot=served_with))
        except TemplateNotFound as missing:
            return Response(f"The template {missing.name} is not there.", status=503, mimetype="text/plain")
        page.headers["Cache-Control"] = "no-cache"
        return page

    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", headers={"Cache-Control": "no-store"}, content_type=TEXT)

    @app.errorhandler(404)
    def not_found(error: Any) -> Response:
        return Response("There is nothing here.\n", status=404, content_type=TEXT)
