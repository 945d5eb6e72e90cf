"""`/figure/<name>`: one figure alone, for a projector, or inside somebody's course notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, render_template, request

from .static_routes import page

PATH = "/figure/"
THEMES = ("light", "dark")
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Figure:
    """Hold what a page says of a figure that stands alone on it."""

    name: str
    title: str
    lead: str


FIGURES = (
    Figure("passes", "One pass, number by number",
           "A small network computes each weight’s share of the blame. Any number can be asked where it came from."),
    Figure("hill", "Downhill, one step at a time",
           "The gradient is the slope under the ball; the learning rate says how far to trust it."),
    Figure("race", "How big a step?",
           "Copies of one network, the same starting weights, the same data. Only the learning rate differs."),
    Figure("batch", "All at once, or one at a time",
           "Four gradients, added up for one move; or a move for each, as it comes."),
    Figure("xor", "XOR, solved",
           "Four hidden neurons bend the border that one neuron can only draw straight."),
    Figure("twins", "Start them alike and they stay alike",
           "Two hidden neurons with the same weights get the same blame, for ever. Nudge one."),
    Figure("depth", "What goes wrong in deep networks",
           "On its way back, the blame is multiplied at every layer."),
)
_BY_NAME = {figure.name: figure for figure in FIGURES}


def register(app: Flask, served_with: dict[str, Any]) -> None:
    """Add the route. The page reads the state (`s`, docs/links.md); `theme` and `big` hold from the first paint."""
    @app.get(f"{PATH}<name>")
    def alone(name: str) -> Response:
        figure = _BY_NAME.get(name)
        if figure is None:
            names = ", ".join(_BY_NAME)
            return Response(f"There is no figure of that name. There are: {names}.\n", status=404, content_type=TEXT)
        return page(render_template("figure.html", boot=served_with, figure=figure, big="big" in request.args,
                                    theme=theme_named()))


def theme_named() -> str:
    """Return the theme that the address names, "auto" where it names none."""
    theme = request.args.get("theme", "")
    return theme if theme in THEMES else "auto"
