"""Write numbers and names as TeX, exactly: what a formula says, its numbers must evaluate to.

Pure text in, text out; KaTeX reads everything written here without extensions.
"""

from __future__ import annotations

import math
import re
from functools import cache

_NODE = re.compile(r"([a-z])(\d+)(?:_(\d+))?")


def number(value: float) -> str:
    r"""Write `value` exactly, as its shortest decimal text, safe beside any operator.

    0.21 -> `0.21`, -0.21 -> `(-0.21)`, 1e-7 -> `(1 \times 10^{-7})`, 1.0 -> `1`. Read back as a float, the text
    gives `value` again bit for bit (0.0 for -0.0). Infinity is `\infty`, a NaN is words.
    """
    if math.isnan(value):
        return r"\text{not a number}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"(-\infty)"
    if value == 0.0:
        return "0"
    mantissa, _, exponent = repr(float(value)).partition("e")
    mantissa = mantissa.removesuffix(".0")
    if exponent:
        return rf"({mantissa} \times 10^{{{int(exponent)}}})"
    return f"({mantissa})" if value < 0 else mantissa


@cache
def node(name: str) -> str:
    """Write a node's name: x1 -> `x_1`, h12 -> `h_{12}`, h1_2 (hidden layer 1, second node) -> `h^{1}_{2}`."""
    matched = _NODE.fullmatch(name)
    if matched is None:
        raise ValueError(f"name is {name!r}; it takes a node's name such as x1, h2, h1_2 or o1")
    letter, first, second = matched.groups()
    if second is not None:
        return f"{letter}^{{{first}}}_{{{second}}}"
    return f"{letter}_{first}" if len(first) == 1 else f"{letter}_{{{first}}}"


def pre_activation(name: str) -> str:
    """Write z of a node."""
    return f"z_{{{node(name)}}}"


def activation(name: str) -> str:
    """Write a of a node; an input is its own activation, so x1 stays `x_1`."""
    return node(name) if name.startswith("x") else f"a_{{{node(name)}}}"


def target(index: int, outputs: int) -> str:
    """Write the target of output `index` (from 1) of `outputs`: `t` where there is only one."""
    return "t" if outputs == 1 else f"t_{{{index}}}" if index > 9 else f"t_{index}"


def weight(source: str, to: str, mark: str = "") -> str:
    r"""Write the weight from `source` to `to`, or the bias where the source is `b`; `mark` may be a prime."""
    if source == "b":
        return f"b{mark}_{{{node(to)}}}"
    return rf"w{mark}_{{{node(source)} \to {node(to)}}}"


def change(source: str, to: str) -> str:
    """Write the change of the weight from `source` to `to` (or of the bias)."""
    return rf"\Delta {weight(source, to)}"


def slope_of(above: str, below: str) -> str:
    """Write the derivative of `above` with respect to `below`."""
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


def beside(symbol: str) -> str:
    r"""Write a symbol so that it is safe beside any operator: one that begins with a minus gets brackets."""
    return rf"\left({symbol}\right)" if symbol.startswith("-") else symbol


def share(source: str, to: str) -> str:
    """Write the share that `to` hands back to `source` along their edge: its delta times the weight."""
    return rf"\delta_{{{node(to)}}} {weight(source, to)}"
