"""`/class/<code>` for learners, `/teach/<code>` for their teacher, and the first as a QR code to point a phone at."""

from __future__ import annotations

import io
import re
from typing import Any

import segno
from flask import Flask, Response, abort, render_template, request

from ..classes.codes import as_code, is_code
from .assets import packed
from .class_payloads import LONGEST_CODE
from .figure_routes import theme_named
from .static_routes import for_reader

NOT_KEPT = "no-store"  # whose browser this is, or whose cache, nobody knows
TYPED = re.compile(rf"[A-Za-z0-9]{{1,{LONGEST_CODE}}}")
LONGEST_ADDRESS = 300  # what a phone still reads from the back row has some forty
SCALE = 8  # pixels of a module of the QR code
QUIET = 4  # modules around it that stay light, as readers need them


def register(app: Flask, said: dict[str, Any]) -> None:
    """Add the routes. said: what the lesson is filled with. A code that no class has gets the page: joining tells."""
    @app.get("/class/<code>")
    def learners(code: str) -> Response:
        return _lesson(class_code=_typed(code))

    @app.get("/teach/<code>")
    def teacher(code: str) -> Response:
        return _lesson(teach_code=_typed(code))

    @app.get("/class/<code>/qr.svg")
    def picture(code: str) -> Response:
        address = f"{request.url_root}class/{as_code(code)}"
        if not is_code(as_code(code)) or len(address) > LONGEST_ADDRESS:
            abort(404)
        return Response(qr_svg(address), content_type="image/svg+xml",
                        headers={"Cache-Control": NOT_KEPT})

    def _lesson(**codes: str) -> Response:
        text = render_template("index.html", theme=theme_named(), **said, **codes)
        response = Response(text, content_type="text/html; charset=utf-8", headers={"Cache-Control": NOT_KEPT})
        response.add_etag()
        return for_reader(response, packed(text.encode()))  # packed each time: a code is remembered nowhere


def qr_svg(address: str) -> bytes:
    """Return the QR code of an address as a picture, dark on light whatever the page's theme is."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", scale=SCALE, border=QUIET, dark="#000",
                                                     light="#fff", xmldecl=False)
    return written.getvalue()


def _typed(code: str) -> str:
    if not TYPED.fullmatch(code):
        abort(404)
    return as_code(code)
