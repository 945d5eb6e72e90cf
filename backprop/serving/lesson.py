"""What the lesson's text is filled with: numbers of the first pass, the textbook's table, the words."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from ..guessing import times_as_many
from ..textbook import textbook_rows
from ..words import WORDS
from .stuck import stuck_table

DIGITS = 4
INPUT = re.compile(r"x\d+")


def register(app: Flask, first: dict[str, Any]) -> dict[str, Any]:
    """Teach the templates to write numbers, and return what they say. first: pass 0 as the event `pass` gives it."""
    app.jinja_env.filters["digits"] = digits
    app.jinja_env.filters["signed"] = signed
    app.jinja_env.filters["rounded"] = rounded
    values = {entry["id"]: entry["value"] for entry in (*first["givens"], *first["entries"])}
    return {"textbook": textbook_rows(), "words": [word.as_dict() for word in WORDS], "chain": _chain(values),
            "stuck": stuck_table(),
            "guessing": times_as_many(), "nodes": _nodes(values), "weights": _weights(values)}


def digits(value: float, least: int = DIGITS) -> str:
    """Write a number with at least four decimals and a true minus sign."""
    return signed(f"{value:.{max(least, DIGITS)}f}")


def rounded(value: float, decimals: int) -> str:
    """Write a number with so many decimals and a true minus sign."""
    return signed(f"{value:.{decimals}f}")


def plus(value: float) -> str:
    """Write a number that counts one way or the other: with a plus where it is positive."""
    return f"{'+' if value > 0 else ''}{digits(value)}"


def beside(value: float) -> str:
    """Write a factor that stands behind another: with brackets where it is negative."""
    return f"({digits(value)})" if value < 0 else digits(value)


def signed(text: str) -> str:
    """Write a number's text with a true minus sign."""
    return text.replace("-", "−")


def _chain(values: dict[str, float]) -> dict[str, Any]:
    """Return the chain of because, from the loss to the weight into the output that bears most of the blame.

    factors: what its gradient is a product of, each with its name and the line of the chain that it ends.
    """
    grads = {key.removeprefix("grad:"): value for key, value in values.items()
             if key.startswith("grad:") and key.endswith(">o1") and not key.startswith("grad:b>")}
    edge = max(grads, key=lambda each: abs(grads[each]))
    hidden = edge.partition(">")[0]
    said = {"loss": values["loss"], "said": values["o1.a"], "wanted": values["t1"], "sum": values["o1.z"],
            "sent": values[f"{hidden}.a"], "weight": values[f"w:{edge}"]}
    factors = [("said", "blame", values["o1.grad_a"]), ("sum", "slope", values["o1.slope"])] \
        if "o1.grad_a" in values else [("said", "delta", values["o1.delta"])]
    factors.append(("sent", "sent", values[f"{hidden}.a"]))
    return {"hidden": hidden, **{name: digits(value) for name, value in said.items()}, "grad": plus(grads[edge]),
            "factors": [{"line": line, "name": name, "times": "× " if place else "", "value":
                         digits(value) if place else plus(value), "beside": beside(value) if place else digits(value)}
                        for place, (line, name, value) in enumerate(factors)]}


def _nodes(values: dict[str, float]) -> list[dict[str, str]]:
    """Return the rows of a pass's table of nodes: inputs, neurons, the loss."""
    given = [{"name": name, "value": digits(value), "delta": "not needed"}
             for name, value in values.items() if INPUT.fullmatch(name)]
    neurons = [{"name": name.removesuffix(".a"), "value": digits(value),
                "delta": digits(values[f"{name.removesuffix('.a')}.delta"])}
               for name, value in values.items() if name.endswith(".a")]
    return [*given, *neurons, {"name": "loss", "value": digits(values["loss"]), "delta": "starts here"}]


def _weights(values: dict[str, float]) -> list[dict[str, str]]:
    """Return the rows of a pass's table of weights."""
    return [{"name": name.removeprefix("w:").replace(">", " → "), "value": digits(value),
             **{column: digits(values[f"{entry}:{name.removeprefix('w:')}"]) for column, entry in
                (("gradient", "grad"), ("change", "change"), ("new", "new"))}}
            for name, value in values.items() if name.startswith("w:")]
