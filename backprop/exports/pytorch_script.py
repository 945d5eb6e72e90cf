"""A pass as a PyTorch program: the same forward pass, and autograd for the rest."""

from __future__ import annotations

from ..losses import LOSSES
from ..runs import OnePass
from ..spec import Spec
from . import pass_parts, pytorch_parts
from .forward_parts import forward
from .pytorch_parts import ACTIVATE, TERMS


def pytorch_script(spec: Spec, one: OnePass) -> str:
    """Return a program that holds this pass's numbers and prints them as "id = value", in float64.

    It prints what autograd has of the tape: z, a, loss, dL/da and dL/dz of every node, gradients, new weights.
    """
    name = f"backprop_pass_{one.number + 1}_pytorch.py"
    body = [pass_parts.given(one, "torch.tensor", ", requires_grad=True"),
            *pass_parts.printing("{}.item()"), *forward(one, ACTIVATE), _loss(one), _backward(one),
             *([] if one.hold else [_update(one)])]
    imports = pytorch_parts.imports("".join(body))
    return pass_parts.joined([pass_parts.opening(one, "by PyTorch's autograd", name), imports, *body])


def _loss(one: OnePass) -> str:
    last = pass_parts.depth(one)
    several = f'show_nodes({last}, "loss", terms)\n' if one.network.layers[-1] > 1 else ""
    return (f"# Loss: what each output adds to it.\nterms = {TERMS[one.loss].format(z=f'z{last}', a=f'a{last}')}\n"
            f'loss = terms.sum()\n{several}print(f"loss = {{loss.item()!r}}")\n')


def _backward(one: OnePass) -> str:
    last = pass_parts.depth(one)
    fused = LOSSES[one.loss].fused_with is not None
    inside = [name for layer in range(1, last + 1) for name in (f"z{layer}", f"a{layer}")
              if not (fused and name == f"a{last}")]  # a fused loss is computed from z: nothing flows back through a
    minus = pass_parts.sign(one).symbol("")
    told = ["# Printed is minus what autograd finds: the error term."] if minus else []
    lines = ["# Backward: autograd works out every slope. Of the numbers in between it keeps those it is told to keep.",
             *told, f"for inside in [{', '.join(inside)}]:", "    inside.retain_grad()", "loss.backward()"]
    for layer in range(last, 0, -1):
        if f"a{layer}" in inside:
            lines.append(f'show_nodes({layer}, "grad_a", {minus}a{layer}.grad)')
        lines.append(f'show_nodes({layer}, "delta", {minus}z{layer}.grad)')
        lines.append(f'show_edges({layer}, "grad", {_pair(one, minus + "{kind}{layer}.grad", layer)})')
    return "\n".join(lines) + "\n"


def _update(one: OnePass) -> str:
    last = pass_parts.depth(one)
    kinds = ("W", "b") if one.network.biases is not None else ("W",)
    lines = ["# Update: every weight moves against its gradient.", "with torch.no_grad():"]
    for layer in range(last, 0, -1):
        lines += [f"    new_{kind}{layer} = {kind}{layer} - learning_rate * {kind}{layer}.grad" for kind in kinds]
    lines += [f'show_edges({layer}, "new", {_pair(one, "new_{kind}{layer}", layer)})' for layer in range(last, 0, -1)]
    return "\n".join(lines) + "\n"


def _pair(one: OnePass, pattern: str, layer: int) -> str:
    kinds = ("W", "b") if one.network.biases is not None else ("W",)
    return ", ".join(pattern.format(kind=kind, layer=layer) for kind in kinds)
