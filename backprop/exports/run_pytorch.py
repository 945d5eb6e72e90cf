"""A training run as a PyTorch program: autograd, and PyTorch's own optimisers."""

from __future__ import annotations

from ..refusals import refuse
from ..run_spec import LaneSpec, RunSpec
from . import literals, pass_parts, pytorch_parts, run_parts
from .forward_parts import sum_into
from .pytorch_parts import ACTIVATE, TERMS

TRAIN = '''\
def train(lane, parameters, optimizer):
    """Train one lane, and print what becomes of it."""
    for epoch in range(EPOCHS + 1):
        loss, answers = loss_and_answers(parameters, X, T)
        if not torch.isfinite(loss) or not all(torch.isfinite(w).all() for w in parameters):
            print(f"lane {lane} diverges at epoch {epoch}")
            return
        if epoch % EVERY == 0 or epoch == EPOCHS:
            print(f"lane {lane}, epoch {epoch}: loss = {loss.item()!r}")
        if epoch == EPOCHS:
            break
STEP
    for row, answer in enumerate(answers, start=1):
        for node, value in zip(OUTPUTS, answer):
            print(f"lane {lane}, row {row}: {node} = {value.item()!r}")
'''
WHOLE = '''\
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()'''
BATCHED = '''\
        for rows in batches(epoch):
            optimizer.zero_grad()
            loss_and_answers(parameters, X[rows], T[rows])[0].backward()
            optimizer.step()'''


def run_pytorch_script(spec: RunSpec, epochs: int) -> str:
    """Return a program that trains every lane for `epochs` epochs and prints losses and final outputs.

    Where an epoch takes several steps, it asks NumPy too: for the order of the samples, which is NumPy's.
    Refused where PyTorch does not take a lane's numbers: Adam's beta1 and beta2 are below 1 there.
    """
    name = f"backprop_run_{epochs}_pytorch.py"
    batched = run_parts.batched(spec)
    body = [run_parts.data(spec, "torch.tensor", epochs),
            run_parts.starts(spec, "torch.tensor", ", requires_grad=True"),
            loss_and_answers(spec), *([run_parts.ORDER] if batched else []),
            TRAIN.replace("STEP", BATCHED if batched else WHOLE),
            "".join(_call(lane, number) for number, lane in enumerate(spec.lanes))]
    imports = ("import numpy as np\n" if batched else "") + pytorch_parts.imports("".join(body))
    opening = run_parts.opening(spec, "autograd and PyTorch's optimisers", epochs, name)
    return pass_parts.joined([opening, imports, *body])


def loss_and_answers(spec: RunSpec) -> str:
    """Return the function that sends samples forward."""
    last = len(spec.activations)
    lines = ["def loss_and_answers(parameters, x, t):",
             '    """Return the loss of some samples, and what is answered to each."""',
             f"    {run_parts.unpacked(spec)} = parameters"]
    for layer, kind in enumerate(spec.activations, start=1):
        lines += [f"    z{layer} = {sum_into(layer, spec.biases)}",
                  f"    a{layer} = {ACTIVATE[kind].format(z=f'z{layer}')}"]
    terms = TERMS[spec.loss].format(z=f"z{last}", a=f"a{last}")
    return "\n".join([*lines, f"    return torch.sum({terms}){run_parts.share(spec)}, a{last}"]) + "\n"


def _call(lane: LaneSpec, number: int) -> str:
    start = f"STARTS[{number}]"
    return f"train({number + 1}, {start}, {_optimizer(lane, start, number)})\n"


def _optimizer(lane: LaneSpec, start: str, number: int) -> str:
    """Write PyTorch's optimiser of our name."""
    rate = literals.number(lane.learning_rate)
    numbers = {name: literals.number(value) for name, value in run_parts.hyper(lane).items()}
    match lane.optimizer:
        case "momentum" | "nesterov":
            # momentum 0 is plain descent; PyTorch takes no Nesterov without momentum
            nesterov = ", nesterov=True" if lane.optimizer == "nesterov" and lane.hyper["momentum"] > 0.0 else ""
            return f"torch.optim.SGD({start}, lr={rate}, momentum={numbers['momentum']}{nesterov})"
        case "rmsprop":
            return f"torch.optim.RMSprop({start}, lr={rate}, alpha={numbers['alpha']}, eps={numbers['epsilon']})"
        case "adam":
            for name in ("beta1", "beta2"):
                if lane.hyper[name] >= 1.0:
                    raise refuse("lanes.hyper", lane.hyper[name], "less than 1",
                                 f"PyTorch's Adam takes of {name} in lane {number + 1}")
            betas = f"({numbers['beta1']}, {numbers['beta2']})"
            return f"torch.optim.Adam({start}, lr={rate}, betas={betas}, eps={numbers['epsilon']})"
    return f"torch.optim.SGD({start}, lr={rate})"
