"""The pages over HTTP: the page itself and its files."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, render_template
from flask.json.provider import DefaultJSONProvider
from jinja2 import TemplateNotFound

from ..presets import PRESETS
from . import class_routes, figure_routes, lesson, page_files, static_routes
from .answers import Answers
from .assets import Assets

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


def register(app: Flask, answers: Answers, assets: Assets) -> None:
    """Add the routes."""
    served_with = boot(answers)
    told = lesson.register(app, served_with["first"])
    static_routes.register(app, assets)
    figure_routes.register(app, served_with)
    class_routes.register(app, {"boot": served_with, **told})

    @app.context_processor
    def scripts() -> dict[str, Any]:
        assets.look()
        joined = assets.get(page_files.SCRIPT) is not None
        return {"files": static_routes.folder(assets.version), "style": page_files.STYLE,
                "script": page_files.SCRIPT if joined else page_files.ENTRY,
                "modules": [] if joined else assets.modules(page_files.ENTRY)}

    @app.get("/")
    def index() -> Response:
        try:
            return static_routes.page(render_template(
                "index.html", boot=served_with, theme=figure_routes.theme_named(), **told))
        except TemplateNotFound as missing:
            return Response(f"The template {missing.name} is not there.", status=503, mimetype="text/plain")

    @app.errorhandler(404)
    def not_found(error: Any) -> Response:
        return Response("There is nothing here.\n", status=404, content_type=TEXT)
