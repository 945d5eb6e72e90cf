"""A pass as a NumPy program: forward, loss, backward by hand, update. It needs nothing else of ours."""

from __future__ import annotations

from ..losses import LOSSES
from ..runs import OnePass
from ..spec import Spec
from . import numpy_parts, pass_parts
from .forward_parts import forward, sent
from .numpy_parts import ACTIVATE, LOSS_SLOPE, SLOPE, TERMS


def numpy_script(spec: Spec, one: OnePass) -> str:
    """Return a program that holds this pass's numbers and prints all of its tape, as "id = value" with every digit."""
    name = f"backprop_pass_{one.number + 1}_numpy.py"
    parts = [pass_parts.opening(one, "worked out by hand with NumPy", name), "import numpy as np\n",
             pass_parts.given(one, "np.array"), *numpy_parts.helpers(one.network.activations, one.loss),
             *pass_parts.printing("float({})"), *forward(one, ACTIVATE), _loss(one), *_backward(one),
             *([] if one.hold else _update(one))]
    return pass_parts.joined(parts)


def _loss(one: OnePass) -> str:
    last = pass_parts.depth(one)
    several = f'show_nodes({last}, "loss", terms)\n' if one.network.layers[-1] > 1 else ""
    return (f"# Loss: what each output adds to it.\nterms = {TERMS[one.loss].format(z=f'z{last}', a=f'a{last}')}\n"
            f'{several}print(f"loss = {{float(terms.sum())!r}}")\n')


def _backward(one: OnePass) -> list[str]:
    biased = one.network.biases is not None
    last = pass_parts.depth(one)
    grad, said = _grad(one), "# Backward. delta is dL/dz: how much the loss changes with the sum into a node.\n"
    if pass_parts.sign(one).turned:
        said = "# Backward. delta is the error term, -dL/dz: how much the loss falls as the sum into a node grows.\n"
    parts = [said + _last_delta(one, last)]
    for layer in range(last, 0, -1):
        said = "  # what was sent along, times the delta of who got it" if layer == last else ""
        bias, also = (f"{grad}_b{layer} = delta{layer}\n", f", {grad}_b{layer}") if biased else ("", "")
        parts.append(f"{grad}_W{layer} = np.outer({sent(layer)}, delta{layer}){said}\n{bias}"
                     f'show_edges({layer}, "grad", {grad}_W{layer}{also})\n')
        if layer > 1:
            parts.append(_handed_back(one, layer, said=layer == last))
    return parts


def _last_delta(one: OnePass, last: int) -> str:
    sign = pass_parts.sign(one)
    gap = " - ".join(sign.gap(f"a{last}", "t"))
    if LOSSES[one.loss].fused_with:
        product = f"{sign.symbol('dL/da')} times da/dz"
        return (f"# With this loss and this activation, {product} is simply:\ndelta{last} = {gap}\n"
                f'show_nodes({last}, "delta", delta{last})\n')
    return f"{_grad(one)}_a{last} = {LOSS_SLOPE[one.loss].format(gap=gap)}\n{_slope_and_delta(one, last)}"


def _grad(one: OnePass) -> str:
    """Name what stands for a derivative of the loss."""
    return "minus_grad" if pass_parts.sign(one).turned else "grad"


def _slope_and_delta(one: OnePass, layer: int) -> str:
    slope = SLOPE[one.network.activations[layer - 1]].format(z=f"z{layer}", a=f"a{layer}")
    grad = f"{_grad(one)}_a{layer}"
    shown = [("grad_a", grad), ("slope", f"slope{layer}"), ("delta", f"delta{layer}")]
    return (f"slope{layer} = {slope}\ndelta{layer} = {grad} * slope{layer}\n"
            + "".join(f'show_nodes({layer}, "{what}", {name})\n' for what, name in shown))


def _handed_back(one: OnePass, layer: int, said: bool) -> str:
    """Return the lines that hand blame from a layer to the one before it, along the weights as they were."""
    why = "  # blame[i, j]: what node j hands back to node i" if said else ""
    return (f"blame{layer} = W{layer} * delta{layer}{why}\nshow_edges({layer}, \"blame\", blame{layer})\n"
            f"{_grad(one)}_a{layer - 1} = blame{layer}.sum(axis=1)\n{_slope_and_delta(one, layer - 1)}")


def _update(one: OnePass) -> list[str]:
    biased, minus = one.network.biases is not None, "" if pass_parts.sign(one).turned else "-"
    parts = []
    for layer in range(pass_parts.depth(one), 0, -1):
        kinds = ("W", "b") if biased else ("W",)
        lines = [f"change_{kind}{layer} = {minus}learning_rate * {_grad(one)}_{kind}{layer}\n"
                 f"new_{kind}{layer} = {kind}{layer} + change_{kind}{layer}\n" for kind in kinds]
        shown = [f'show_edges({layer}, "{what}", {", ".join(f"{what}_{kind}{layer}" for kind in kinds)})\n'
                 for what in ("change", "new")]
        parts.append("".join(lines + shown))
    parts[0] = f"# Update: every weight moves against its gradient, all from the same gradients.\n{parts[0]}"
    return parts
