"""Files over HTTP: for ever where the address carries their version, asked for again where it does not."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, Response, abort, request

from .assets import VERSION_DIGITS, Assets, packed

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
PAGES_KEPT = 32


def register(app: Flask, assets: Assets) -> None:
    """Add the routes of the files; `url_for("static", filename=…)` is an address with the version in it.

    The version is one folder around all files, so what a module or a style sheet names by a relative path stays inside.
    """
    @app.url_defaults
    def with_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", assets.version)

    @app.get(f"/static/v<string(length={VERSION_DIGITS}):version>/<path:filename>", endpoint="static")
    def versioned(version: str, filename: str) -> Response:
        if version != assets.version:
            assets.refresh()  # a page from before a change, or from another server with newer files
        return answer(filename, FOR_EVER if version == assets.version else ASK_AGAIN)

    @app.get("/static/<path:filename>")
    def unversioned(filename: str) -> Response:
        assets.refresh()
        return answer(filename, ASK_AGAIN)

    def answer(filename: str, caching: str) -> Response:
        asset = assets.get(filename)
        if asset is None:
            abort(404)
        response = Response(asset.body, content_type=asset.kind, headers={"Cache-Control": caching})
        response.set_etag(asset.tag)
        return for_reader(response, asset.packed)


def folder(version: str) -> str:
    """Return the address of the folder that holds all files of a version."""
    return f"/static/v{version}"


def page(text: str) -> Response:
    """Return a page of HTML: packed for who takes that, and asked for again each time."""
    response = Response(text, content_type="text/html; charset=utf-8", headers={"Cache-Control": ASK_AGAIN})
    response.add_etag()
    return for_reader(response, _packed_page(text))


@lru_cache(maxsize=PAGES_KEPT)
def _packed_page(text: str) -> bytes | None:
    """Pack a page once, not for every reader of a class."""
    return packed(text.encode())


def for_reader(response: Response, smaller: bytes | None) -> Response:
    """Answer with the packed bytes where the reader takes gzip, and with 304 where it has them already.

    Each form has a tag of its own: a cache must not take one for the other.
    """
    if smaller is not None:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") > 0:
            tag, _ = response.get_etag()
            response.set_data(smaller)
            response.headers["Content-Encoding"] = "gzip"
            response.set_etag(f"{tag}-gzip")
    response.make_conditional(request.environ)
    return response
