"""What both scripts of a pass have in common: what is given, and how numbers are printed."""

from __future__ import annotations

from ..names import node_names
from ..runs import OnePass
from ..signs import SIGNS, Sign
from . import literals, words

NODES_PRINTED = '''\
def show_nodes(layer, what, values):
    """Print a number for each node of a layer: h1.z, h2.z."""
    for node, value in zip(NODES[layer], values):
        print(f"{node}.{what} = {VALUE!r}")
'''
EDGES_PRINTED = '''\
def show_edges(layer, what, matrix, vector=None):
    """Print a number for each weight into a layer, grad:x1>h1, and for each bias, grad:b>h1."""
    for j, to in enumerate(NODES[layer]):
        for i, source in enumerate(NODES[layer - 1]):
            print(f"{what}:{source}>{to} = {MATRIX!r}")
        if vector is not None:
            print(f"{what}:b>{to} = {VECTOR!r}")
'''


HELD = "The update is held back: it ends with the gradients, and no weight changes.\n"
TURNED = "The backward pass has the page's present signs: the error term, which is minus the gradient.\n"


def sign(one: OnePass) -> Sign:
    """Return the sign that the pass is written with."""
    return SIGNS[one.sign]


def printing(plain: str) -> list[str]:
    """Return the functions that print. plain: what makes a Python float of a number: "float({})" or "{}.item()"."""
    places = {"VALUE": "value", "MATRIX": "matrix[i, j]", "VECTOR": "vector[j]"}
    texts = [NODES_PRINTED, EDGES_PRINTED]
    for place, value in places.items():
        texts = [text.replace(place, plain.format(value)) for text in texts]
    return texts


def opening(one: OnePass, how: str, program: str) -> str:
    """Return the script's own description. how: "by hand, with NumPy"."""
    network = one.network
    return (f'"""Pass {one.number + 1} of a {words.shape(network.layers)} network, {how}.\n\n'
            f"{words.opened(words.functions(network.activations))}; the loss is the {words.loss_label(one.loss)}.\n"
            "Every number is printed under the name that it has on the page: h1.z, h1.a, loss, grad:x1>h1"
            f"{'' if one.hold else ', new:x1>h1'}.\n"
            f"{TURNED if sign(one).turned else ''}{HELD if one.hold else ''}"
            f'Run it: python {program}\n"""\n')


def given(one: OnePass, array: str, more: str = "") -> str:
    """Return the lines that hold what the pass starts from. array: "np.array"; more: as `literals.call`."""
    lines = ["# What the pass starts from. W1[i, j] is the weight from input i to node j of the next layer.",
             literals.call("x", array, one.x), literals.call("t", array, one.y),
             f"learning_rate = {literals.number(one.learning_rate)}"]
    for layer, weights in enumerate(one.network.weights, start=1):
        lines.append(literals.call(f"W{layer}", array, weights, more=more))
        if one.network.biases is not None:
            lines.append(literals.call(f"b{layer}", array, one.network.biases[layer - 1], more=more))
    names = ["[" + ", ".join(f'"{node}"' for node in layer) + "]" for layer in node_names(one.network.layers)]
    lines.append("NODES = [" + ",\n         ".join(names) + "]")
    return "\n".join(lines) + "\n"


def joined(parts: list[str]) -> str:
    """Return the script: two blank lines around its functions, one elsewhere."""
    text = ""
    for before, part in zip(["", *parts], parts, strict=False):
        apart = "\n\n" if before and "def " in (before[:4], part[:4]) else "\n" if before else ""
        text += apart + part
    return text


def depth(one: OnePass) -> int:
    """Return the number of layers of weights."""
    return len(one.network.activations)
